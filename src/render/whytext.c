#include "render/whytext.h"

#include <inttypes.h>
#include <stdlib.h>

#include "analysis/deadlock.h"
#include "analysis/waitgraph.h"
#include "base/text.h"
#include "render/label.h"

enum {
	COMMAND_SHOWN = 60,
	SHOWN = 20,		/* ends of a pipe, and ancestors */
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
		if (p->parent->has_exit && p->parent->end <= r->look.ts)
			buf_adds(b, ", which has ended");
	}
}

/* The ends of a pipe that others hold, as many as a person reads. */
static void
add_holders(struct report *r, const struct waitgraph_wait *w,
    const struct waitgraph_end *at)
{
	const struct waitgraph *l = &r->look;
	const struct waitgraph_end *other;
	struct buf *b = r->text;
	size_t n, first = waitgraph_ends(l, at, &n), i, held = 0;

	for (i = first; i < first + n; i++) {
		other = l->by_pipe[i];
		if (!waitgraph_is_awaited(w, at, other) || ++held > SHOWN)
			continue;
		if (held == 1)
			buf_printf(b, "still open for %s in:",
			    w->what == WAITGRAPH_READ ? "writing" : "reading");
		buf_adds(b, "\n    ");
		add_name(b, other->p, NULL);
		buf_printf(b, ", fd %" PRIu64 ")", other->fd);
		if (other->p == w->p)
			buf_adds(b, ", itself: it will never see the end");
		else
			add_origin(r, other->p);
	}
	if (held > SHOWN)
		buf_printf(b, "\n    and %zu more", held - SHOWN);
	if (!held)
		buf_adds(b, l->hidden ? "who has its other end could not be seen" :
		    "nobody in this tree has its other end");
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
	add_holders(r, w, at);
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

static void
add_alive(struct report *r, uint64_t start)
{
	const struct waitgraph *l = &r->look;
	struct buf *b = r->text;
	const struct process *p;
	size_t i;

	buf_adds(b, "After ");
	text_duration(b, l->ts > start ? l->ts - start : 0);
	buf_printf(b, " %zu %s alive:\n", l->nalive,
	    l->nalive == 1 ? "process was" : "processes were");
	for (i = 0; i < l->nalive; i++) {
		p = l->alive[i];
		buf_adds(b, "  ");
		add_name(b, p, NULL);
		buf_addc(b, ')');
		if (waitgraph_is_hidden(l, p))
			buf_adds(b, ", of which nothing could be seen");
		if (p->parent && !waitgraph_is_alive(l, p->parent) && !r->told[p->id])
			add_origin(r, p);
		buf_addc(b, '\n');
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
	add_alive(&r, f->start);
	if (pipes.len)
		buf_add(b, pipes.p, pipes.len);
	add_circles(b, &r.look);
	free(pipes.p);
	free(r.told);
	waitgraph_free(&r.look);
	return true;
}
