#include "render/whytext.h"

#include <inttypes.h>
#include <stdlib.h>

#include "analysis/waitgraph.h"
#include "base/text.h"
#include "render/label.h"

enum { COMMAND_SHOWN = 60 };

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

	r->told[p->id] = true;
	for (; p->parent; p = p->parent, word = "from ") {
		if (!p->inherited)
			continue;
		buf_adds(b, "\n      ");
		buf_adds(b, word);
		add_name(b, p->parent, p->inherited);
		buf_addc(b, ')');
		if (p->parent->has_exit && p->parent->end <= r->look.ts)
			buf_adds(b, ", which has ended");
	}
}

/* one pipe and who waits at it, if the wait is for a pipe */
static void
add_pipe(struct report *r, const struct waitgraph_wait *w)
{
	const struct waitgraph *l = &r->look;
	const struct waitgraph_end *at = waitgraph_pipe(l, w), *other;
	struct buf *b = r->text;
	bool any = false;
	size_t i;

	if (!at)
		return;
	buf_adds(b, "\n  ");
	add_name(b, w->p, NULL);
	buf_printf(b, ") %s pipe %" PRIu64 " (fd %" PRIu64 "); ",
	    w->what == WAITGRAPH_READ ? "reads" : "writes to the full", at->ino, at->fd);
	for (i = 0; i < l->nends; i++) {
		other = &l->ends[i];
		if (!waitgraph_is_awaited(w, at, other))
			continue;
		if (!any)
			buf_printf(b, "still open for %s in:",
			    w->what == WAITGRAPH_READ ? "writing" : "reading");
		any = true;
		buf_adds(b, "\n    ");
		add_name(b, other->p, NULL);
		buf_printf(b, ", fd %" PRIu64 ")", other->fd);
		if (other->p == w->p)
			buf_adds(b, ", itself: it will never see the end");
		else
			add_origin(r, other->p);
	}
	if (!any)
		buf_adds(b, l->hidden ? "who has its other end could not be seen" :
		    "nobody in this tree has its other end");
	buf_addc(b, '\n');
}

static void
add_circle(struct buf *b, const struct waitgraph *l, size_t from,
    const size_t *previous)
{
	size_t *way = xreallocarray(NULL, l->nalive, sizeof *way), n = 0, i = from;
	const struct process *p, *q;
	const struct waitgraph_wait *w;

	buf_adds(b, "\nA deadlock, each waits for the next:\n");
	/* previous[] leads backwards */
	do
		way[n++] = i = previous[i];
	while (i != from);
	while (n) {
		p = l->alive[way[--n]];
		q = l->alive[n ? way[n - 1] : from];
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
	free(way);
}

/* Circles, each told once. */
static void
add_circles(struct buf *b, const struct waitgraph *l)
{
	size_t *previous = xreallocarray(NULL, l->nalive, sizeof *previous);
	bool *told = xcalloc(l->nalive, sizeof *told);
	size_t i, k;

	for (i = 0; i < l->nalive; i++) {
		if (told[i] || !waitgraph_circle(l, i, previous))
			continue;
		add_circle(b, l, i, previous);
		k = i;
		do
			told[k] = true;
		while ((k = previous[k]) != i);
	}
	free(told);
	free(previous);
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
	size_t i;

	if (!waitgraph_take(&r.look, f))
		return false;
	r.told = xcalloc(f->n, sizeof *r.told);
	/* first, because what is told with a pipe is not told twice */
	r.text = &pipes;
	for (i = 0; i < r.look.nwaits; i++)
		add_pipe(&r, &r.look.waits[i]);
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
