#include "analysis/pairing.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/shape.h"
#include "base/slice.h"
#include "base/stringtable.h"
#include "tree/process.h"

enum { OLD, NEW };

/* a child that is not matched yet, and what it is matched by */
struct candidate {
	size_t key;
	size_t order;
	const struct process *p;
};

struct candidates {
	struct candidate *list;
	size_t n, cap;
};

struct matcher {
	struct pairing *m;
	const struct forest *forests[2];
	size_t *contents[2];	/* signatures, by process id */
	size_t *programs[2];	/* the same; NULL: nobody has asked for them */
	const struct process **pairs;	/* of the old forest; children to do */
	size_t npairs, pairs_cap;
	struct strings keys;	/* of these siblings */
	struct candidates side[2];
	struct buf text;
};

/* The arguments of what it executes at last, or the file if there are none;
 * escaped, as the same bytes always are in the same way. Of what it inherited
 * the begin: its parent is compared by all of it. */
static struct slice
command_of(const struct process *p)
{
	const struct moment *exec = p->exec ? p->exec : p->inherited;
	struct slice s = { 0 };

	if (exec && !event_argv(&exec->ev, &s))
		event_get(&exec->ev, "file", &s);
	if (!p->exec && s.len > PROCESS_INHERITED_MAX)
		s.len = PROCESS_INHERITED_MAX;
	return s;
}

/* The key is in text from here on. */
static void
begin_key(struct matcher *w, const struct process *p)
{
	w->text.len = 0;
	buf_addc(&w->text, p->exec ? 'x' : 'f');
}

/* Numbers for what each process and all below it execute, the same for the same
 * in both forests: their commands but for names that change, or only their
 * programs. */
static size_t *
find_signatures(struct strings *all, const struct forest *f, bool commands)
{
	size_t *found = xreallocarray(NULL, f->n, sizeof *found), i;
	const struct process *p, *c;
	struct buf key = { 0 };
	struct slice s;

	/* children have the larger ids */
	for (i = f->n; i-- > 0; ) {
		p = f->processes[i];
		key.len = 0;
		if (p->exec && commands) {
			s = command_of(p);
			shape_add(&key, s.p, s.len, false);
		} else if (p->exec) {
			process_program(p, NULL, &key);
		}
		buf_addc(&key, '\n');
		for (c = p->children; c; c = c->sibling)
			buf_add(&key, &found[c->id], sizeof *found);
		found[i] = strings_add(all, key.p, key.len);
	}
	free(key.p);
	return found;
}

static void
add_number(struct buf *b, size_t n)
{
	buf_addc(b, '\n');
	buf_add(b, &n, sizeof n);
}

static void
add_candidate(struct matcher *w, int side, const struct process *p)
{
	struct candidates *c = &w->side[side];

	c->list = grow(c->list, c->n, &c->cap, sizeof *c->list);
	c->list[c->n] = (struct candidate){
		strings_add(&w->keys, w->text.p, w->text.len), c->n, p };
	c->n++;
}

/* What a fork that executes nothing inherited is its parent's, which is matched
 * already: it is told apart by what it runs. */
static void
add_command(struct matcher *w, int side, const struct process *p)
{
	struct slice s = command_of(p);

	begin_key(w, p);
	if (p->exec)
		buf_add(&w->text, s.p, s.len);
	else
		add_number(&w->text, w->contents[side][p->id]);
}

static void
by_command(struct matcher *w, int side, const struct process *p)
{
	add_command(w, side, p);
	add_candidate(w, side, p);
}

/* Of many that run the same, as in a configure, one that is missing would
 * compare each with the next one. */
static void
by_command_and_end(struct matcher *w, int side, const struct process *p)
{
	add_command(w, side, p);
	add_number(&w->text, w->contents[side][p->id]);
	add_number(&w->text, (size_t)p->status);
	add_number(&w->text, p->signal);
	add_candidate(w, side, p);
}

/* What forks that are alike otherwise are told apart by; few have to be. */
static size_t
program_signature(struct matcher *w, int side, const struct process *p)
{
	struct strings signatures = { 0 };
	int i;

	for (i = OLD; i <= NEW && !w->programs[NEW]; i++)
		w->programs[i] = find_signatures(&signatures, w->forests[i], false);
	strings_free(&signatures);
	return w->programs[side][p->id];
}

static void
add_shape(struct matcher *w, int side, const struct process *p, bool numbers)
{
	struct slice s = command_of(p);

	begin_key(w, p);
	if (p->exec)
		shape_add(&w->text, s.p, s.len, numbers);
	else
		add_number(&w->text, program_signature(w, side,
		    numbers && p->children ? p->children : p));
	add_candidate(w, side, p);
}

static void
by_shape(struct matcher *w, int side, const struct process *p)
{
	add_shape(w, side, p, false);
}

/* numbers, too; of a fork, what its first child runs */
static void
by_rough_shape(struct matcher *w, int side, const struct process *p)
{
	add_shape(w, side, p, true);
}

static void
by_program(struct matcher *w, int side, const struct process *p)
{
	begin_key(w, p);
	process_program(p, NULL, &w->text);
	add_candidate(w, side, p);
}

/* several candidates for one process, one by each argument */
static void
by_argument(struct matcher *w, int side, const struct process *p)
{
	struct slice args = command_of(p), arg;
	size_t program;

	begin_key(w, p);
	process_program(p, NULL, &w->text);
	buf_addc(&w->text, '\t');
	program = w->text.len;
	if (!args.p || !event_next_arg(&args, &arg))
		return;
	while (event_next_arg(&args, &arg)) {
		w->text.len = program;
		buf_add(&w->text, arg.p, arg.len);
		add_candidate(w, side, p);
	}
}

static int
by_key(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static void
pair(struct matcher *w, const struct process *old, const struct process *new)
{
	if (w->m->of_old[old->id] || w->m->of_new[new->id])
		return;
	w->m->of_old[old->id] = new;
	w->m->of_new[new->id] = old;
	w->m->n++;
	w->pairs = grow(w->pairs, w->npairs, &w->pairs_cap, sizeof *w->pairs);
	w->pairs[w->npairs++] = old;
}

/* how many from i on have its key */
static size_t
run(const struct candidates *c, size_t i)
{
	size_t n = 1;

	while (i + n < c->n && c->list[i + n].key == c->list[i].key)
		n++;
	return n;
}

/* Pairs equal keys; only_one: those that one candidate has on each side. */
static void
pair_equal(struct matcher *w, bool only_one)
{
	struct candidates *old = &w->side[OLD], *new = &w->side[NEW];
	size_t i = 0, k = 0, nold, nnew, j;

	if (!old->n || !new->n)
		return;
	qsort(old->list, old->n, sizeof *old->list, by_key);
	qsort(new->list, new->n, sizeof *new->list, by_key);
	while (i < old->n && k < new->n) {
		nold = run(old, i);
		nnew = run(new, k);
		if (old->list[i].key < new->list[k].key) {
			i += nold;
			continue;
		}
		if (old->list[i].key > new->list[k].key) {
			k += nnew;
			continue;
		}
		if (!only_one || (nold == 1 && nnew == 1))
			for (j = 0; j < nold && j < nnew; j++)
				pair(w, old->list[i + j].p, new->list[k + j].p);
		i += nold;
		k += nnew;
	}
}

/* One way of matching the children that are left. False: none are. */
static bool
match_by(struct matcher *w, const struct process *old,
    const struct process *new,
    void (*candidates)(struct matcher *, int, const struct process *))
{
	const struct process *p;
	bool left[2] = { false, false };

	w->side[OLD].n = w->side[NEW].n = 0;
	for (p = old; p; p = p->sibling)
		if (!w->m->of_old[p->id]) {
			left[OLD] = true;
			candidates(w, OLD, p);
		}
	for (p = new; left[OLD] && p; p = p->sibling)
		if (!w->m->of_new[p->id]) {
			left[NEW] = true;
			candidates(w, NEW, p);
		}
	pair_equal(w, candidates == by_argument);
	return left[OLD] && left[NEW];
}

/* the siblings that begin with these; NULL: none */
static void
match_siblings(struct matcher *w, const struct process *old,
    const struct process *new)
{
	(void)(match_by(w, old, new, by_command_and_end) &&
	    match_by(w, old, new, by_command) &&
	    match_by(w, old, new, by_shape) &&
	    match_by(w, old, new, by_argument) &&
	    match_by(w, old, new, by_rough_shape) &&
	    match_by(w, old, new, by_program));
	strings_free(&w->keys);
}

void
pairing_find(struct pairing *m, const struct forest *old, const struct forest *new)
{
	struct matcher w = { .m = m, .forests = { old, new } };
	struct strings signatures = { 0 };
	const struct process *p;
	size_t i;

	w.contents[OLD] = find_signatures(&signatures, old, true);
	w.contents[NEW] = find_signatures(&signatures, new, true);
	strings_free(&signatures);
	m->of_old = xcalloc(old->n, sizeof *m->of_old);
	m->of_new = xcalloc(new->n, sizeof *m->of_new);
	if (old->root && new->root)
		pair(&w, old->root, new->root);
	match_siblings(&w, old->roots, new->roots);
	for (i = 0; i < w.npairs; i++) {
		p = w.pairs[i];
		match_siblings(&w, p->children, m->of_old[p->id]->children);
	}
	for (i = 0; i < 2; i++) {
		free(w.contents[i]);
		free(w.programs[i]);
	}
	free(w.pairs);
	free(w.side[OLD].list);
	free(w.side[NEW].list);
	free(w.text.p);
}

void
pairing_free(struct pairing *m)
{
	free(m->of_old);
	free(m->of_new);
	*m = (struct pairing){ 0 };
}
