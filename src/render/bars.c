#include "render/bars.h"

#include <stdlib.h>

#include "tree/process.h"

struct bar_item {
	uint64_t duration;
	size_t id;		/* of the process */
	size_t nexec;		/* 0: the process itself */
};

/* Longest first; no exec lasts longer than its process, nor comes before it,
 * so that none is kept without it. */
static int
compare(const void *a, const void *b)
{
	const struct bar_item *x = a, *y = b;

	if (x->duration != y->duration)
		return x->duration < y->duration ? 1 : -1;
	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->nexec < y->nexec ? -1 : x->nexec > y->nexec;
}

static uint64_t
exec_duration(const struct process *p, const struct moment *exec)
{
	const struct moment *next = forest_exec(exec->next);

	return (next ? next->ev.ts : p->end) - exec->ev.ts;
}

/* takes note of what may have a bar if it lasts long enough */
static void
add_item(struct bars *b, size_t *cap, uint64_t duration, struct bar_item item)
{
	if (item.duration < duration)
		return;
	b->items = grow(b->items, b->nitems, cap, sizeof *b->items);
	b->items[b->nitems++] = item;
}

static void
find_items(struct bars *b, const struct forest *f, uint64_t duration)
{
	const struct moment *exec;
	const struct process *p;
	struct bar_item item;
	size_t i, cap = 0;

	for (i = 0; i < f->n; i++) {
		p = f->processes[i];
		item = (struct bar_item){ p->end - p->start, i, 0 };
		if (p == f->root)
			item.duration = UINT64_MAX;
		add_item(b, &cap, duration, item);
		exec = p->nexecs > 1 ? forest_exec(p->events) : NULL;
		while (exec && (exec = forest_exec(exec->next))) {
			item.duration = exec_duration(p, exec);
			item.nexec++;
			add_item(b, &cap, duration, item);
		}
	}
}

/* Puts the first k of n items in order, without looking twice at most of the
 * others. */
static void
sort_first(struct bar_item *items, size_t n, size_t k)
{
	struct bar_item pivot, swap;
	size_t i, j, turns;

	/* quicksort, only the part in front; it may choose badly */
	for (turns = 64; n > k && turns > 0; turns--) {
		pivot = items[n / 2];
		for (i = 0, j = n - 1; ; i++, j--) {
			while (compare(&items[i], &pivot) < 0)
				i++;
			while (compare(&pivot, &items[j]) < 0)
				j--;
			if (i >= j)
				break;
			swap = items[i];
			items[i] = items[j];
			items[j] = swap;
		}
		if (i < k)
			break;
		n = i;
	}
	qsort(items, n, sizeof *items, compare);
}

static void
fold(struct folded *to, const struct folded *from, const struct process *p,
    bool is_child)
{
	to->n += from->n + 1;
	to->failed += from->failed + process_failed(p);
	if (is_child)
		to->duration += p->end - p->start;
}

/* Makes processes of those that may have bars, in depth-first order; all
 * others are folded for ever. */
static void
find_processes(struct bars *b, const struct forest *f)
{
	static const struct folded nobody;
	const struct process *p, *top = NULL;
	struct bars_process *above;
	size_t i, at;

	b->nearest = xcalloc(f->n, sizeof *b->nearest);
	b->processes = xcalloc(b->nitems + 1, sizeof *b->processes);
	for (i = 0; i < b->nitems; i++)
		b->nearest[b->items[i].id] = 1;
	for (p = forest_next(f, NULL, NULL); p; p = forest_next(f, NULL, p)) {
		if (!p->parent)
			top = p;
		at = p->parent ? b->nearest[p->parent->id] : 0;
		above = &b->processes[at];
		if (b->nearest[p->id]) {
			b->nearest[p->id] = ++b->n;
			b->processes[b->n] = (struct bars_process){
				.p = p, .top = top, .above = at };
		} else {
			b->nearest[p->id] = at;
			fold(&above->always, &nobody, p, p->parent == above->p);
		}
	}
}

void
bars_init(struct bars *b, const struct forest *f, uint64_t duration, size_t most)
{
	*b = (struct bars){ 0 };
	find_items(b, f, duration);
	b->nlong = b->nitems;
	/* and one more, for bars_longest_folded() */
	sort_first(b->items, b->nitems, most < b->nitems ? most + 1 : b->nitems);
	if (b->nitems > most)
		b->nitems = most;
	find_processes(b, f);
}

/* Those without a bar go to the ones above, and with these further up. */
void
bars_keep(struct bars *b, size_t n)
{
	struct bars_process *own, *above;
	size_t i;

	for (i = 0; i <= b->n; i++) {
		b->processes[i].nbars = 0;
		b->processes[i].folded = b->processes[i].always;
	}
	b->nprocesses = 0;
	for (i = 0; i < n; i++) {
		own = &b->processes[b->nearest[b->items[i].id]];
		b->nprocesses += own->nbars++ == 0;
	}
	for (i = b->n; i > 0; i--) {
		own = &b->processes[i];
		above = &b->processes[own->above];
		if (own->nbars == 0)
			fold(&above->folded, &own->folded, own->p,
			    own->p->parent == above->p);
	}
	b->nkept = n;
}

bool
bars_has_exec(const struct bars *b, const struct process *p,
    const struct moment *exec, size_t n)
{
	struct bar_item item = { exec_duration(p, exec), p->id, n };

	return compare(&item, &b->items[b->nkept - 1]) <= 0;
}

bool
bars_has_several(const struct bars *b, const struct process *p)
{
	const struct bars_process *nearest = &b->processes[b->nearest[p->id]];

	return nearest->p == p && nearest->nbars > 1;
}

uint64_t
bars_longest_folded(const struct bars *b)
{
	return b->nkept < b->nlong ? b->items[b->nkept].duration : 0;
}

void
bars_free(struct bars *b)
{
	free(b->items);
	free(b->processes);
	free(b->nearest);
}
