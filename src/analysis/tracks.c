#include "analysis/tracks.h"

#include <stdlib.h>

/* what becomes due, the smallest first: a binary heap */
struct due {
	uint64_t key;
	size_t track;
};

struct heap {
	struct due *items;
	size_t n, cap;
};

struct track {
	const struct process *innermost;	/* of those that have not ended */
};

struct layout {
	struct tracks *t;
	struct track *tracks;
	size_t cap;
	const struct process **outer;	/* by id: within which it lies, or NULL */
	const struct moment **exec;	/* by id: the exec from which on all its
					 * children began so far, or NULL */
	struct heap busy;	/* tracks, by the end of what is outermost */
	struct heap idle;	/* tracks, by their number */
};

static void
heap_add(struct heap *h, uint64_t key, size_t track)
{
	size_t i = h->n, up;

	h->items = grow(h->items, h->n, &h->cap, sizeof *h->items);
	h->n++;
	for (; i > 0; i = up) {
		up = (i - 1) / 2;
		if (h->items[up].key <= key)
			break;
		h->items[i] = h->items[up];
	}
	h->items[i] = (struct due){ key, track };
}

static size_t
heap_take(struct heap *h)
{
	size_t track = h->items[0].track, i = 0, down;
	struct due last = h->items[--h->n];

	for (; 2 * i + 1 < h->n; i = down) {
		down = 2 * i + 1;
		if (down + 1 < h->n &&
		    h->items[down + 1].key < h->items[down].key)
			down++;
		if (last.key <= h->items[down].key)
			break;
		h->items[i] = h->items[down];
	}
	if (h->n)
		h->items[i] = last;
	return track;
}

/* What ends by then lies no longer on the track. */
static void
leave(struct layout *l, struct track *track, uint64_t ts)
{
	while (track->innermost && track->innermost->end <= ts)
		track->innermost = l->outer[track->innermost->id];
}

/* when the parent executes the next program, from the start of its child on; or
 * when it ends */
static uint64_t
limit(struct layout *l, const struct process *parent, uint64_t ts)
{
	const struct moment **exec = &l->exec[parent->id], *next;

	if (parent->nexecs < 2)
		return parent->end;
	for (;; *exec = next) {
		next = *exec ? forest_exec((*exec)->next) :
		    forest_exec(parent->events);
		if (!next)
			return parent->end;
		if (next->ev.ts > ts)
			return next->ev.ts;
	}
}

static bool
fits_parent(struct layout *l, const struct process *p)
{
	const struct process *parent = p->parent;
	struct track *track;

	if (!parent)
		return false;
	track = &l->tracks[l->t->of[parent->id]];
	leave(l, track, p->start);
	if (track->innermost != parent)
		return false;
	l->t->seen[p->id] = true;
	return p->end <= limit(l, parent, p->start);
}

static size_t
free_track(struct layout *l, uint64_t ts)
{
	size_t track;

	while (l->busy.n && l->busy.items[0].key <= ts) {
		track = heap_take(&l->busy);
		heap_add(&l->idle, track, track);
	}
	if (l->idle.n)
		return heap_take(&l->idle);
	l->tracks = grow(l->tracks, l->t->n, &l->cap, sizeof *l->tracks);
	return l->t->n++;
}

static void
place(struct layout *l, const struct process *p)
{
	size_t track;

	if (fits_parent(l, p)) {
		track = l->t->of[p->parent->id];
		l->outer[p->id] = p->parent;
	} else {
		track = free_track(l, p->start);
		heap_add(&l->busy, p->end, track);
	}
	l->t->of[p->id] = track;
	l->tracks[track].innermost = p;
}

void
tracks_find(struct tracks *t, const struct forest *f)
{
	struct layout l = { .t = t };
	size_t i;

	t->of = xcalloc(f->n, sizeof *t->of);
	t->seen = xcalloc(f->n, sizeof *t->seen);
	l.outer = xcalloc(f->n, sizeof *l.outer);
	l.exec = xcalloc(f->n, sizeof *l.exec);
	for (i = 0; i < f->n; i++)
		place(&l, f->processes[i]);
	free(l.outer);
	free(l.exec);
	free(l.tracks);
	free(l.busy.items);
	free(l.idle.items);
}

void
tracks_free(struct tracks *t)
{
	free(t->of);
	free(t->seen);
	*t = (struct tracks){ 0 };
}
