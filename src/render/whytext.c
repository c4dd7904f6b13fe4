#include "render/whytext.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/deadlock.h"
#include "analysis/waitgraph.h"
#include "base/text.h"
#include "render/label.h"
#include "render/waittext.h"
#include "tree/process.h"

enum {
	COMMAND_SHOWN = 60,
	SHOWN = 20,		/* ends of a pipe, and ancestors */
	WAITS = 5,		/* of a process, for other things than pipes */
};

struct report {
	struct waitgraph look;
	bool *told;		/* who has started it; by id of the process */
	struct buf *text;
};

/* "sleep 600 (pid 977" */
static void
add_name(struct buf *b, const struct process *p, const struct moment *at)
{
	struct buf command = { 0 };

	label_command(&command, p, at);
	text_cut(b, command.p, command.len, COMMAND_SHOWN);
	buf_printf(b, " (pid %" PRId32, p->pid);
	free(command.p);
}

static bool
has_ended(const struct report *r, const struct process *p)
{
	return p->has_exit && p->end <= r->look.ts;
}

/* Who started p: its ancestors, the nearest first, with the command that each
 * ran when it forked. */
static void
add_origin(struct report *r, const struct process *p)
{
	const char *word = "started by ";
	struct buf *b = r->text;
	size_t n = 0;

	r->told[p->id] = true;
	for (; p->parent; p = p->parent, word = "from ") {
		if (!p->inherited)
			continue;
		if (n++ == SHOWN) {
			buf_adds(b, "\n      and so on");
			return;
		}
		buf_adds(b, "\n      ");
		buf_adds(b, word);
		add_name(b, p->parent, p->inherited);
		buf_addc(b, ')');
		if (has_ended(r, p->parent))
			buf_adds(b, ", which has ended");
	}
}

/* ", fd 1 and 3)": the descriptors by which one holds a pipe, which are the
 * first of those up to end */
static void
add_holder(struct report *r, const struct waitgraph_wait *w,
    const struct waitgraph_end *at, const struct waitgraph_end **ends,
    const struct waitgraph_end **end)
{
	const struct process *p = (*ends)->p;
	const char *before = ", fd ";
	struct buf *b = r->text;

	buf_adds(b, "\n    ");
	add_name(b, p, NULL);
	for (; ends < end && (*ends)->p == p; ends++) {
		if (!waitgraph_is_awaited(w, at, *ends))
			continue;
		buf_printf(b, "%s%" PRIu64, before, (*ends)->fd);
		before = " and ";
	}
	buf_addc(b, ')');
	if (p == w->p)
		buf_adds(b, ", itself: it will never see the end");
	else if (!r->told[p->id])
		add_origin(r, p);
}

/* Those that hold the other end of a pipe and wait themselves, or do not: adds as
 * many as a person reads, or (shown 0) none; how many there are. */
static size_t
add_holders(struct report *r, const struct waitgraph_wait *w,
    const struct waitgraph_end *at, bool waiting, size_t shown)
{
	const struct waitgraph *l = &r->look;
	const struct process *last = NULL;
	size_t n, first = waitgraph_ends(l, at, &n), i, held = 0;

	/* the ends of a process stand together */
	for (i = first; i < first + n; i++) {
		if (l->by_pipe[i]->p == last ||
		    !waitgraph_is_awaited(w, at, l->by_pipe[i]))
			continue;
		last = l->by_pipe[i]->p;
		if ((last != w->p && waitgraph_is_waiting(l, last)) != waiting)
			continue;
		if (held++ < shown)
			add_holder(r, w, at, l->by_pipe + i,
			    l->by_pipe + first + n);
	}
	if (shown && held > shown)
		buf_printf(r->text, "\n    and %zu more", held - shown);
	return held;
}

/* Those that are not of the tree: whether there are any */
static bool
add_outsiders(struct report *r, const struct waitgraph_wait *w)
{
	const struct moment *m = NULL;
	size_t n = 0;

	for (; (m = waitgraph_outsider(&r->look, w, m)) && n < SHOWN; n++) {
		if (!n)
			buf_printf(r->text, "outside this tree still open for "
			    "%s in:", w->what == WAITGRAPH_READ ? "writing" :
			    "reading");
		buf_adds(r->text, "\n    ");
		waittext_add_outsider(r->text, &m->ev);
	}
	return n;
}

/* A process that holds a pipe and waits for others is not the reason, if another
 * one holds it and does not wait. */
static void
add_all_holders(struct report *r, const struct waitgraph_wait *w,
    const struct waitgraph_end *at)
{
	size_t idle = add_holders(r, w, at, false, 0);
	size_t waiting = add_holders(r, w, at, true, 0);

	if (!idle && !waiting) {
		if (add_outsiders(r, w))
			return;
		buf_adds(r->text, r->look.hidden ?
		    "who has its other end could not be seen" :
		    "nobody in this tree has its other end");
		return;
	}
	buf_printf(r->text, "still open for %s in:",
	    w->what == WAITGRAPH_READ ? "writing" : "reading");
	add_holders(r, w, at, idle == 0, SHOWN);
	if (idle && waiting)
		buf_printf(r->text, "\n    and %zu that %s: see there", waiting,
		    waiting == 1 ? "waits itself" : "wait themselves");
	if (waitgraph_outsider(&r->look, w, NULL)) {
		buf_adds(r->text, "\n    and ");
		add_outsiders(r, w);
	}
}

/* one pipe and who waits at it in the same way: n waits */
static void
add_pipe(struct report *r, const struct waitgraph_wait *const *waits, size_t n)
{
	const struct waitgraph_wait *w = waits[0];
	const struct waitgraph_end *at = waitgraph_pipe(&r->look, w);
	struct buf *b = r->text;

	buf_adds(b, "\n  ");
	add_name(b, w->p, NULL);
	if (n > 1)
		buf_printf(b, ") and %zu more %s pipe %" PRIu64 "; ", n - 1,
		    w->what == WAITGRAPH_READ ? "read" : "write to the full",
		    at->ino);
	else
		buf_printf(b, ") %s pipe %" PRIu64 " (fd %" PRIu64 "); ",
		    w->what == WAITGRAPH_READ ? "reads" : "writes to the full",
		    at->ino, at->fd);
	add_all_holders(r, w, at);
	buf_addc(b, '\n');
}

/* a wait for a pipe, by the place of the pipe */
struct waiter {
	size_t pipe;
	const struct waitgraph_wait *wait;
};

static int
by_pipe(const void *a, const void *b)
{
	const struct waiter *x = a, *y = b;

	if (x->pipe != y->pipe)
		return x->pipe < y->pipe ? -1 : 1;
	if (x->wait->what != y->wait->what)
		return x->wait->what < y->wait->what ? -1 : 1;
	return x->wait < y->wait ? -1 : x->wait > y->wait;	/* of one array */
}

static int
by_first(const void *a, const void *b)
{
	const struct waitgraph_wait *const *const *x = a, *const *const *y = b;

	return **x < **y ? -1 : **x > **y;
}

/* The pipes, in the order of the first that waits for each. */
static void
add_pipes(struct report *r)
{
	const struct waitgraph *l = &r->look;
	struct waiter *all = xcalloc(l->nwaits + 1, sizeof *all);
	const struct waitgraph_wait **waits = xcalloc(l->nwaits + 1, sizeof *waits),
	    *const **groups = xcalloc(l->nwaits + 1, sizeof *groups);
	const struct waitgraph_end *at;
	size_t n = 0, ngroups = 0, i, k, unused;

	for (i = 0; i < l->nwaits; i++)
		if ((at = waitgraph_pipe(l, &l->waits[i])))
			all[n++] = (struct waiter){
			    waitgraph_ends(l, at, &unused), &l->waits[i] };
	if (n)
		qsort(all, n, sizeof *all, by_pipe);
	for (i = 0; i < n; i++) {
		waits[i] = all[i].wait;
		if (i == 0 || all[i].pipe != all[i - 1].pipe ||
		    all[i].wait->what != all[i - 1].wait->what)
			groups[ngroups++] = &waits[i];
	}
	if (ngroups)
		qsort(groups, ngroups, sizeof *groups, by_first);
	for (i = 0; i < ngroups; i++) {
		at = waitgraph_pipe(l, *groups[i]);
		for (k = 1; groups[i] + k < waits + n && (*groups[i])->what ==
		    groups[i][k]->what && waitgraph_is_same_pipe(at,
		    waitgraph_pipe(l, groups[i][k])); k++)
			;
		add_pipe(r, groups[i], k);
	}
	free(all);
	free(waits);
	free(groups);
}

static void
add_circle(struct buf *b, const struct waitgraph *l, const size_t *places,
    size_t n)
{
	const struct process *p, *q;
	const struct waitgraph_wait *w;
	size_t i;

	buf_adds(b, "\nA deadlock, each waits for the next:\n");
	for (i = 0; i < n; i++) {
		p = l->alive[places[i]];
		q = l->alive[places[i + 1 < n ? i + 1 : 0]];
		w = waitgraph_why(l, p, q);
		buf_adds(b, "  ");
		add_name(b, p, NULL);
		if (w->what == WAITGRAPH_CHILD)
			buf_adds(b, ") waits for the end of its child ");
		else
			buf_printf(b, ") %s pipe %" PRIu64 ", held by ",
			    w->what == WAITGRAPH_READ ? "reads" : "writes to",
			    waitgraph_pipe(l, w)->ino);
		add_name(b, q, NULL);
		buf_adds(b, ")\n");
	}
}

static void
add_circles(struct buf *b, const struct waitgraph *l)
{
	struct deadlock_circles circles = { 0 };
	size_t i;

	deadlock_find(l, &circles);
	for (i = 0; i < circles.n; i += circles.list[i] + 1)
		add_circle(b, l, circles.list + i + 1, circles.list[i]);
	free(circles.list);
}

/* What it waits for, if that is no pipe; threads that all wait for the same once,
 * and not more than a person reads. */
static void
add_waits(struct report *r, const struct process *p)
{
	struct buf one = { 0 }, before = { 0 };
	size_t n, i, shown = 0;
	const struct waitgraph_wait *waits = waitgraph_waits(&r->look, p, &n);

	for (i = 0; i < n && shown < WAITS; i++) {
		if (waitgraph_pipe(&r->look, &waits[i]))
			continue;
		one.len = 0;
		waittext_add(&one, &r->look, &waits[i]);
		if (one.len == before.len && !memcmp(one.p, before.p, one.len))
			continue;
		buf_adds(r->text, ", ");
		buf_add(r->text, one.p, one.len);
		before.len = 0;
		buf_add(&before, one.p, one.len);
		shown++;
	}
	if (i < n)
		buf_adds(r->text, ", and more");
	free(one.p);
	free(before.p);
}

static void
add_alive(struct report *r, const struct forest *f)
{
	const struct waitgraph *l = &r->look;
	struct buf *b = r->text;
	const struct process *p;
	size_t i;

	if (has_ended(r, f->root)) {
		add_name(b, f->root, NULL);
		buf_adds(b, ") has ended. ");
	}
	buf_adds(b, "After ");
	text_duration(b, l->ts > f->start ? l->ts - f->start : 0);
	buf_printf(b, " %zu %s alive:\n", l->nalive,
	    l->nalive == 1 ? "process was" : "processes were");
	for (i = 0; i < l->nalive; i++) {
		p = l->alive[i];
		buf_adds(b, "  ");
		add_name(b, p, NULL);
		buf_addc(b, ')');
		if (waitgraph_is_hidden(l, p))
			buf_adds(b, ", of which nothing could be seen");
		add_waits(r, p);
		if (has_ended(r, f->root))
			waittext_add_held(b, l, p, f->root);
		if (p->parent && !waitgraph_is_alive(l, p->parent) && !r->told[p->id])
			add_origin(r, p);
		buf_addc(b, '\n');
	}
}

/* It lived when the signal came, without a child, died of one, and was not there
 * when somebody looked: what was waited for, if the signal is that of ^C. The
 * time of a look is that of the newest event known then, which can be a second
 * ago: it may stand before the signal though the look came after it. */
static bool
was_ended(const struct waitgraph *l, const struct process *p)
{
	const struct process *c;

	if (p->start > l->signalled || p->end < l->signalled || !p->signal ||
	    waitgraph_is_alive(l, p))
		return false;
	for (c = p->children; c; c = c->sibling)
		if (c->start <= l->signalled && c->end >= l->signalled)
			return false;
	return true;
}

static void
add_ended(struct report *r, const struct forest *f)
{
	const char *before = "Until a signal came, these ran:\n  ";
	size_t i, n = 0;

	for (i = 0; i < f->n && n < SHOWN; i++) {
		if (!was_ended(&r->look, f->processes[i]))
			continue;
		n++;
		buf_adds(r->text, before);
		add_name(r->text, f->processes[i], NULL);
		buf_adds(r->text, "), ");
		process_ending(f->processes[i], r->text);
		add_origin(r, f->processes[i]);
		buf_addc(r->text, '\n');
		before = "  ";
	}
}

bool
whytext_report(const struct forest *f, struct buf *b)
{
	struct report r = { 0 };
	struct buf pipes = { 0 };

	if (!waitgraph_take(&r.look, f))
		return false;
	r.told = xcalloc(f->n, sizeof *r.told);
	/* first, because what is told with a pipe is not told twice */
	r.text = &pipes;
	add_pipes(&r);
	r.text = b;
	add_ended(&r, f);
	add_alive(&r, f);
	if (pipes.len)
		buf_add(b, pipes.p, pipes.len);
	add_circles(b, &r.look);
	free(pipes.p);
	free(r.told);
	waitgraph_free(&r.look);
	return true;
}
