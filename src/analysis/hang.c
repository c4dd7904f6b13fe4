#include "analysis/hang.h"

#include <stdlib.h>

#include "analysis/deadlock.h"

/* The holder of the pipe of that wait: one who waits for nobody if there is one. */
static const struct process *
find_holder(const struct waitgraph *l, const struct waitgraph_wait *w,
    const struct waitgraph_end *at)
{
	const struct process *p, *found = NULL;
	size_t n, i, first = waitgraph_ends(l, at, &n);

	for (i = first; i < first + n; i++) {
		p = l->by_pipe[i]->p;
		if (!waitgraph_is_awaited(w, at, l->by_pipe[i]))
			continue;
		if (!waitgraph_is_waiting(l, p))
			return p;
		if (!found)
			found = p;
	}
	return found;
}

/* Each pipe once: that of the first that waits for it. */
static void
find_pipe(struct hang *h)
{
	const struct waitgraph *l = &h->look;
	bool *seen = xcalloc(2 * l->nends + 1, sizeof *seen), idle = false;
	const struct waitgraph_wait *w;
	const struct waitgraph_end *at;
	const struct process *holder;
	size_t place, unused;

	for (w = l->waits; !idle && w < l->waits + l->nwaits; w++) {
		if (!(at = waitgraph_pipe(l, w)))
			continue;
		place = 2 * waitgraph_ends(l, at, &unused) +
		    (w->what == WAITGRAPH_WRITE);
		if (seen[place])
			continue;
		seen[place] = true;
		holder = find_holder(l, w, at);
		idle = holder && !waitgraph_is_waiting(l, holder);
		if (h->waiter && !idle)
			continue;
		h->waiter = w->p;
		h->wait = w;
		h->holder = holder;
	}
	free(seen);
}

static void
find_circle(struct hang *h)
{
	const struct waitgraph *l = &h->look;
	struct deadlock_circles circles = { 0 };

	deadlock_find(l, &circles);
	if (circles.n) {
		h->waiter = l->alive[circles.list[1]];
		h->holder = l->alive[circles.list[2]];
		h->wait = waitgraph_why(l, h->waiter, h->holder);
		h->circle = true;
	}
	free(circles.list);
}

static bool
lives_at(const struct process *p, uint64_t ts)
{
	return p->start <= ts && p->end >= ts;
}

static bool
is_leaf(const struct process *p, uint64_t ts)
{
	const struct process *c;

	for (c = p->children; c; c = c->sibling)
		if (lives_at(c, ts))
			return false;
	return true;
}

/* Counts those without a live child: the first of them has lived longest. */
static const struct process *
find_leaves(struct hang *h, const struct forest *f, uint64_t ts)
{
	const struct process *first = NULL, *p;
	size_t i;

	for (i = 0; i < f->n; i++) {
		p = f->processes[i];
		if (p->run != f->root->run || !lives_at(p, ts) || !is_leaf(p, ts))
			continue;
		h->nleaves++;
		if (!first)
			first = p;
	}
	return first;
}

void
hang_find(struct hang *h, const struct forest *f)
{
	const struct moment *timeout = f->root->run->timeout;
	const struct process *leaf;
	size_t n;

	*h = (struct hang){ 0 };
	if (!timeout || !lives_at(f->root, timeout->ev.ts))
		return;
	h->timed_out = true;
	if (!event_get_number(&timeout->ev, "after", &h->after))
		h->after = timeout->ev.ts - f->root->start;
	leaf = find_leaves(h, f, timeout->ev.ts);
	if (waitgraph_take(&h->look, f)) {
		find_circle(h);
		if (!h->circle)
			find_pipe(h);
	}
	if (h->waiter)
		return;
	h->waiter = leaf;
	h->wait = waitgraph_waits(&h->look, leaf, &n);
	if (!n)
		h->wait = NULL;
}

void
hang_free(struct hang *h)
{
	waitgraph_free(&h->look);
	*h = (struct hang){ 0 };
}
