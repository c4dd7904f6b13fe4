#include "html/datarows.h"

#include <stdlib.h>

static void
number_rows(struct html_datarows *r, const struct forest *f)
{
	const struct process *p = NULL;
	size_t n = 0, nexecs = 0;

	r->list = xcalloc(f->n, sizeof *r->list);
	r->of = xcalloc(f->n, sizeof *r->of);
	r->first_exec = xcalloc(f->n, sizeof *r->first_exec);
	while ((p = forest_next(f, NULL, p))) {
		r->list[n] = p;
		r->of[p->id] = n++;
		r->first_exec[p->id] = nexecs;
		nexecs += p->nexecs;
	}
}

/* Children were forked in order, so one pass over each parent's execs. */
static void
number_inherited(struct html_datarows *r, const struct forest *f)
{
	const struct moment **at = xcalloc(f->n, sizeof *at);
	size_t *n = xcalloc(f->n, sizeof *n), i, up;
	const struct process *p;

	r->inherited = xcalloc(f->n, sizeof *r->inherited);
	for (i = 0; i < f->n; i++) {
		p = f->processes[i];
		r->inherited[i] = -1;
		if (!p->inherited)
			continue;
		up = p->parent->id;
		if (p->inherited == p->parent->inherited) {
			r->inherited[i] = r->inherited[up];
			continue;
		}
		if (!at[up])
			at[up] = forest_exec(p->parent->events);
		for (; at[up] != p->inherited; n[up]++)
			at[up] = forest_exec(at[up]->next);
		r->inherited[i] = (int64_t)(r->first_exec[up] + n[up]);
	}
	free(at);
	free(n);
}

void
html_datarows_find(struct html_datarows *r, const struct forest *f)
{
	number_rows(r, f);
	number_inherited(r, f);
}

void
html_datarows_free(struct html_datarows *r)
{
	free(r->list);
	free(r->of);
	free(r->first_exec);
	free(r->inherited);
	*r = (struct html_datarows){ 0 };
}
