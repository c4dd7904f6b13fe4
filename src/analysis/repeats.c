#include "analysis/repeats.h"

#include <stdlib.h>

#include "tree/process.h"

static int
by_share(const void *a, const void *b)
{
	const struct repeats_row *x = a, *y = b;

	if (x->inside != y->inside)
		return x->inside < y->inside ? 1 : -1;
	if (x->total != y->total)
		return x->total < y->total ? 1 : -1;
	return x->command < y->command ? -1 : x->command > y->command;
}

static void
add(struct repeats_row *row, const struct process *p, bool outermost,
    const struct shares *shares)
{
	if (!row->runs++)
		row->first = p;
	row->nfailed += process_failed(p);
	if (!outermost)
		return;
	row->total += p->end - p->start;
	row->inside += shares->inside[p->id];
}

/* Walks the forest with a list of those within which it is. */
static void
add_all(struct repeats *r, const struct forest *f, const struct commands *c,
    const struct shares *shares)
{
	const struct process **within = xreallocarray(NULL, f->n, sizeof *within);
	size_t *nwithin = xcalloc(c->n + 1, sizeof *nwithin);
	const struct process *p = NULL;
	size_t depth = 0, command;

	while ((p = forest_next(f, NULL, p))) {
		while (depth > p->depth)
			nwithin[c->of[within[--depth]->id]]--;
		command = c->of[p->id];
		if (command < c->n)
			add(&r->rows[command], p, !nwithin[command], shares);
		nwithin[command]++;
		within[depth++] = p;
	}
	free(within);
	free(nwithin);
}

void
repeats_find(struct repeats *r, const struct forest *f,
    const struct commands *c, const struct shares *shares)
{
	size_t i;

	*r = (struct repeats){ .rows = xcalloc(c->n, sizeof *r->rows) };
	add_all(r, f, c, shares);
	for (i = 0; i < c->n; i++) {
		r->rows[i].command = i;
		if (r->rows[i].runs > 1)
			r->rows[r->n++] = r->rows[i];
	}
	qsort(r->rows, r->n, sizeof *r->rows, by_share);
}

void
repeats_free(struct repeats *r)
{
	free(r->rows);
	*r = (struct repeats){ 0 };
}
