#include "tree/ends.h"

#include <stdlib.h>

/* ancestors have the smaller ids */
static int
by_end(const void *a, const void *b)
{
	const struct end *x = a, *y = b;

	if (x->ts != y->ts)
		return x->ts < y->ts ? -1 : 1;
	return x->p->id > y->p->id ? -1 : x->p->id < y->p->id;
}

struct end *
ends_find(const struct forest *f, const struct process *top, size_t *n)
{
	struct end *ends = xreallocarray(NULL, f->n, sizeof *ends);
	const struct process *p = NULL;

	*n = 0;
	while ((p = forest_next(f, top, p)))
		ends[(*n)++] = (struct end){ p->end, p };
	qsort(ends, *n, sizeof *ends, by_end);
	return ends;
}
