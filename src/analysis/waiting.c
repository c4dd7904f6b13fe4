#include "analysis/waiting.h"

#include <stdlib.h>

static int
by_idle(const void *a, const void *b)
{
	const struct waiting_row *x = a, *y = b;

	if (x->idle != y->idle)
		return x->idle < y->idle ? 1 : -1;
	return x->p->id < y->p->id ? -1 : x->p->id > y->p->id;
}

/* what is left of a time */
static uint64_t
without(uint64_t time, uint64_t used)
{
	return time > used ? time - used : 0;
}

static void
add(struct waiting *w, const struct process *p, const struct shares *shares,
    const struct span *span)
{
	struct waiting_row *row = &w->rows[w->n];
	uint64_t cpu = span->cpu;

	if (!span->has_cpu)
		return;
	w->has_cpu = true;
	*row = (struct waiting_row){ .p = p };
	if (event_get_number(&p->last_event->ev, "rundelay", &row->delay))
		w->has_delay = true;
	w->delay += row->delay;
	row->idle = without(without(span->own, cpu), row->delay);
	row->on_path = without(without(shares->own[p->id], cpu), row->delay);
	w->on_path += row->on_path;
	w->delay_on_path += without(shares->own[p->id], cpu) - row->on_path;
	w->n += row->idle > 0;
}

void
waiting_find(struct waiting *w, const struct forest *f,
    const struct shares *shares, const struct span *spans)
{
	const struct process *p = NULL;

	*w = (struct waiting){ .rows = xcalloc(f->n, sizeof *w->rows) };
	while (f->root && (p = forest_next(f, f->root, p)))
		if (p->end <= f->root->end)
			add(w, p, shares, &spans[p->id]);
	qsort(w->rows, w->n, sizeof *w->rows, by_idle);
}

void
waiting_free(struct waiting *w)
{
	free(w->rows);
	*w = (struct waiting){ 0 };
}
