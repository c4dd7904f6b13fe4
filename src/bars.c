#include "bars.h"

#include <stdlib.h>
#include <string.h>

struct bar_item {
	uint64_t duration;
	size_t number;		/* before the sort: those of a process in a row */
};

static int
longest_first(const void *a, const void *b)
{
	const struct bar_item *x = a, *y = b;

	if (x->duration != y->duration)
		return x->duration < y->duration ? 1 : -1;
	return x->number < y->number ? -1 : x->number > y->number;
}

static const struct moment *
next_exec(const struct moment *m)
{
	while (m && m->ev.kind != EVENT_EXEC)
		m = m->next;
	return m;
}

static void
add_item(struct bars *b, uint64_t duration)
{
	b->items[b->nitems] = (struct bar_item){ duration, b->nitems };
	b->nitems++;
}

/* No exec lasts longer than its process, nor comes before it in the sort, so
 * that none is kept without it. */
static void
add_process(struct bars *b, const struct process *p)
{
	const struct moment *exec = next_exec(p->events), *next;

	b->first[p->id] = b->nitems;
	add_item(b, p == b->f->root ? UINT64_MAX : p->end - p->start);
	if (p->nexecs < 2)
		return;
	for (exec = next_exec(exec->next); exec; exec = next) {
		next = next_exec(exec->next);
		add_item(b, (next ? next->ev.ts : p->end) - exec->ev.ts);
	}
}

void
bars_init(struct bars *b, const struct forest *f)
{
	size_t n = 0, i;

	for (i = 0; i < f->n; i++)
		n += f->processes[i]->nexecs > 1 ? f->processes[i]->nexecs : 1;
	*b = (struct bars){
		.f = f,
		.items = xreallocarray(NULL, n, sizeof *b->items),
		.rank = xreallocarray(NULL, n, sizeof *b->rank),
		.first = xreallocarray(NULL, f->n + 1, sizeof *b->first),
		.nbars = xcalloc(f->n, sizeof *b->nbars),
		.folded = xcalloc(f->n, sizeof *b->folded),
	};
	for (i = 0; i < f->n; i++)
		add_process(b, f->processes[i]);
	b->first[f->n] = n;
	qsort(b->items, n, sizeof *b->items, longest_first);
	for (i = 0; i < n; i++)
		b->rank[b->items[i].number] = i;
}

size_t
bars_count(const struct bars *b, uint64_t duration)
{
	size_t low = 0, high = b->nitems, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (b->items[middle].duration < duration)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static void
count_bars(struct bars *b)
{
	size_t i, item;

	b->nprocesses = 0;
	for (i = 0; i < b->f->n; i++) {
		b->nbars[i] = 0;
		for (item = b->first[i]; item < b->first[i + 1]; item++)
			b->nbars[i] += b->rank[item] < b->nkept;
		b->nprocesses += b->nbars[i] > 0;
	}
}

/* Those without a bar go to their parents, and with these to theirs. A parent
 * always has the smaller id. */
void
bars_keep(struct bars *b, size_t n)
{
	const struct process *p;
	struct folded *own, *parent;
	size_t i;

	b->nkept = n;
	count_bars(b);
	memset(b->folded, 0, b->f->n * sizeof *b->folded);
	for (i = b->f->n; i-- > 0; ) {
		p = b->f->processes[i];
		if (!p->parent || bars_has(b, p))
			continue;
		own = &b->folded[i];
		parent = &b->folded[p->parent->id];
		parent->n += own->n + 1;
		parent->failed += own->failed + process_failed(p);
		parent->duration += p->end - p->start;
	}
}

bool
bars_has(const struct bars *b, const struct process *p)
{
	return b->nbars[p->id] > 0;
}

bool
bars_has_exec(const struct bars *b, const struct process *p, size_t n)
{
	return b->rank[b->first[p->id] + n] < b->nkept;
}

bool
bars_has_several(const struct bars *b, const struct process *p)
{
	return b->nbars[p->id] > 1;
}

uint64_t
bars_longest_folded(const struct bars *b)
{
	return b->nkept < b->nitems ? b->items[b->nkept].duration : 0;
}

void
bars_free(struct bars *b)
{
	free(b->items);
	free(b->rank);
	free(b->first);
	free(b->nbars);
	free(b->folded);
}
