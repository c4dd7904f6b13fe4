#include "analysis/outlived.h"

#include <stdlib.h>

static int
by_time(const void *a, const void *b)
{
	const struct outlived_row *x = a, *y = b;

	if (x->p->has_exit != y->p->has_exit)
		return x->p->has_exit ? 1 : -1;
	if (x->by != y->by)
		return x->by < y->by ? 1 : -1;
	return x->p->id < y->p->id ? -1 : x->p->id > y->p->id;
}

void
outlived_find(struct outlived *o, const struct forest *f)
{
	const struct process *p = f->root;
	size_t cap = 0;

	*o = (struct outlived){ 0 };
	if (!p || !p->has_exit)
		return;
	/* when the time was up, all were ended, one after the other */
	if (f->root->run->timeout && f->root->end >= f->root->run->timeout->ev.ts)
		return;
	while ((p = forest_next(f, f->root, p))) {
		if (p->lost_end || (p->has_exit && p->end <= f->root->end))
			continue;
		o->rows = grow(o->rows, o->n, &cap, sizeof *o->rows);
		o->rows[o->n++] = (struct outlived_row){
			p, p->end - f->root->end };
	}
	if (o->n)
		qsort(o->rows, o->n, sizeof *o->rows, by_time);
}

void
outlived_free(struct outlived *o)
{
	free(o->rows);
	*o = (struct outlived){ 0 };
}
