#include "analysis/costs.h"

#include <stdlib.h>

#include "tree/process.h"

static int
by_own(const void *a, const void *b)
{
	const struct costs_row *x = a, *y = b;

	if (x->own != y->own)
		return x->own < y->own ? 1 : -1;
	if (x->total != y->total)
		return x->total < y->total ? 1 : -1;
	return x->program < y->program ? -1 : x->program > y->program;
}

void
costs_find(struct costs *c, const struct forest *f,
    const struct programs *programs, const struct shares *shares,
    const struct span *spans)
{
	const struct process *p;
	struct costs_row *row;
	uint64_t time;
	size_t i;

	c->n = programs->names.n;
	c->rows = xcalloc(c->n, sizeof *c->rows);
	for (i = 0; i < f->n; i++) {
		p = f->processes[i];
		row = &c->rows[programs->of[i]];
		time = p->end - p->start;
		row->program = programs->of[i];
		row->runs++;
		row->nfailed += process_failed(p);
		row->own += spans[i].own;
		row->cpu += spans[i].cpu;
		row->total += time;
		if (time > row->max)
			row->max = time;
		row->critical += shares->own[i];
	}
	qsort(c->rows, c->n, sizeof *c->rows, by_own);
}

void
costs_free(struct costs *c)
{
	free(c->rows);
	*c = (struct costs){ 0 };
}
