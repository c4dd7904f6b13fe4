#include "tree/hosts.h"

#include <err.h>
#include <stdlib.h>

#include "base/slice.h"
#include "base/text.h"
#include "event/traceparent.h"

/* what an ssh leaves, by which a recording that it has led to can be known */
struct clue {
	struct slice key;	/* a connection, or a TRACEPARENT */
	struct process *ssh;
	uint64_t since;		/* ns: what it has led to began later */
};

struct clues {
	struct clue *list;
	size_t n, cap;
};

static void
add_clue(struct clues *c, struct slice key, struct process *p, uint64_t since)
{
	c->list = grow(c->list, c->n, &c->cap, sizeof *c->list);
	c->list[c->n++] = (struct clue){ .key = key, .ssh = p, .since = since };
}

/* whether a program is called ssh */
static bool
is_ssh(const struct event *exec)
{
	struct slice args, arg;

	return event_argv(exec, &args) && event_next_arg(&args, &arg) &&
	    slice_is(slice_basename(arg), "ssh");
}

/* TRACEPARENT=VALUE anywhere in the arguments of an ssh, which may be for a shell. */
static void
add_traceparent(struct clues *c, struct process *p, const struct event *exec)
{
	static const char name[] = "TRACEPARENT=";
	struct traceparent parsed;
	struct slice args, val;

	if (!is_ssh(exec) || !event_argv(exec, &args))
		return;
	for (; args.len; slice_skip(&args, 1)) {
		if (!slice_take(&args, name))
			continue;
		if (!slice_take(&args, "'"))
			slice_take(&args, "\"");
		val = args;
		if (val.len > TRACEPARENT_LENGTH)
			val.len = TRACEPARENT_LENGTH;
		if (traceparent_parse(&parsed, val))
			add_clue(c, val, p, exec->ts);
		return;
	}
}

static int
compare(const void *a, const void *b)
{
	const struct clue *x = a, *y = b;

	return slice_compare(x->key, y->key);
}

static void
find_clues(struct clues *c, const struct forest *f)
{
	struct process *p;
	struct slice key;
	struct moment *m;
	size_t i;

	for (i = 0; i < f->n; i++) {
		p = f->processes[i];
		for (m = p->events; m; m = m->next)
			if (m->ev.kind == EVENT_EXEC)
				add_traceparent(c, p, &m->ev);
			else if (m->ev.kind == EVENT_CONNECT &&
			    event_get(&m->ev, "connection", &key))
				add_clue(c, key, p, m->ev.ts);
	}
	if (c->n)
		qsort(c->list, c->n, sizeof *c->list, compare);
}

/* The clue that a recording has by this key of its trace line: NULL if there is none,
 * or more than one. */
static const struct clue *
find(const struct clues *c, const struct forest_run *run, const char *key)
{
	struct clue want = { 0 }, *found;

	if (!run->trace.line.len || !event_get(&run->trace, key, &want.key) || !c->n)
		return NULL;
	found = bsearch(&want, c->list, c->n, sizeof *c->list, compare);
	if (!found || (found > c->list && !compare(found - 1, found)) ||
	    (found + 1 < c->list + c->n && !compare(found, found + 1)))
		return NULL;
	return found;
}

static bool
same_traceparent(const struct forest_run *a, const struct forest_run *b)
{
	struct slice x, y;

	return event_get(&a->trace, "traceparent", &x) && b->trace.line.len &&
	    event_get(&b->trace, "traceparent", &y) && slice_equal(x, y);
}

static const struct clue *
find_ssh(const struct clues *c, const struct forest_run *run)
{
	const struct clue *found = find(c, run, "connection");

	if (!found) {
		found = find(c, run, "traceparent");
		if (found && same_traceparent(run, found->ssh->run))
			return NULL;
	}
	return found && found->ssh->run != run ? found : NULL;
}

/* Children are in the order of their start, which is that of their ids. */
static void
add_child(struct process *parent, struct process *p)
{
	struct process **at = &parent->children;

	if (parent->last_child && parent->last_child->id < p->id)
		at = &parent->last_child->sibling;
	while (*at && (*at)->id < p->id)
		at = &(*at)->sibling;
	p->sibling = *at;
	*at = p;
	if (!p->sibling)
		parent->last_child = p;
}

/* Roots that have a parent now are none any more. */
static void
move_roots(struct forest *f)
{
	struct process *p, *next = f->roots, **last = &f->roots;
	size_t i;

	f->last_root = NULL;
	while ((p = next)) {
		next = p->sibling;
		if (p->parent) {
			add_child(p->parent, p);
			continue;
		}
		*last = f->last_root = p;
		last = &p->sibling;
	}
	*last = NULL;
	while (f->root && f->root->parent)
		f->root = f->root->parent;
	for (i = 0; i < f->n; i++) {
		p = f->processes[i];
		p->depth = p->parent ? p->parent->depth + 1 : 0;
	}
}

static void
warn_clock(const struct forest_run *run, uint64_t early)
{
	struct buf text = { 0 };
	struct slice host;

	if (event_get(&run->trace, "host", &host))
		text_visible_value(&text, host.p, host.len);
	buf_adds(&text, " began ");
	text_duration(&text, early);
	buf_adds(&text, " before the ssh that led there was connected");
	buf_addc(&text, '\0');
	warnx("%s: the clocks of these hosts differ, so they are not joined", text.p);
	free(text.p);
}

/* A parent is the older one, so there are no cycles. */
static bool
join(const struct forest_run *run, const struct clue *clue)
{
	struct process *root = run->root;

	if (root->start < clue->since || root->id < clue->ssh->id) {
		warn_clock(run, clue->since - root->start);
		return false;
	}
	root->parent = clue->ssh;
	return true;
}

void
hosts_join(struct forest *f)
{
	const struct forest_run *run;
	const struct clue *clue;
	struct clues c = { 0 };
	bool joined = false;

	if (f->nruns < 2)
		return;
	find_clues(&c, f);
	for (run = f->runs; run; run = run->next) {
		clue = find_ssh(&c, run);
		if (clue && run->root_pid >= 0 && run->root && !run->root->parent)
			joined |= join(run, clue);
	}
	if (joined)
		move_roots(f);
	free(c.list);
}

const struct forest_run *
hosts_first(const struct forest_run *run)
{
	const struct process *root = run->root;

	while (root && root->parent)
		root = root->parent;
	return root ? root->run : run;
}
