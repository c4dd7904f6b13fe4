#include "analysis/groups.h"

#include <stdlib.h>

#include "tree/process.h"

uint64_t
groups_change(uint64_t before, uint64_t after)
{
	return after > before ? after - before : before - after;
}

static int
by_change(const void *a, const void *b)
{
	const struct groups_row *x = a, *y = b;
	uint64_t one = groups_change(x->old.own, x->new.own);
	uint64_t other = groups_change(y->old.own, y->new.own);

	if (one != other)
		return one < other ? 1 : -1;
	return x->name < y->name ? -1 : x->name > y->name;
}

static bool
is_timed(const struct process *p)
{
	return p->has_fork && p->has_exit;
}

static void
add(struct groups_side *side, const struct process *p,
    const struct process *other, const struct span *span)
{
	side->runs++;
	side->nfailed += process_failed(p);
	if (!is_timed(p) || (other && !is_timed(other)))
		return;
	side->own += span->own;
	side->cpu += span->cpu;
}

static void
add_all(struct groups *g, size_t *cap, const struct forest *f,
    const struct span *spans, const struct process *const *others, bool old)
{
	const struct process *other;
	struct buf name = { 0 };
	size_t i, number;

	for (i = 0; i < f->n; i++) {
		other = others[i];
		name.len = 0;
		process_program(old && other ? other : f->processes[i], NULL,
		    &name);
		number = strings_add(&g->names, name.p, name.len);
		if (number == g->n) {
			g->rows = grow(g->rows, g->n, cap, sizeof *g->rows);
			g->rows[g->n++] = (struct groups_row){ .name = number };
		}
		add(old ? &g->rows[number].old : &g->rows[number].new,
		    f->processes[i], other, &spans[i]);
	}
	free(name.p);
}

void
groups_find(struct groups *g, const struct pairing *pairing,
    const struct forest *old, const struct span *old_spans,
    const struct forest *new, const struct span *new_spans)
{
	size_t cap = 0;

	*g = (struct groups){ 0 };
	add_all(g, &cap, old, old_spans, pairing->of_old, true);
	add_all(g, &cap, new, new_spans, pairing->of_new, false);
	if (g->n)
		qsort(g->rows, g->n, sizeof *g->rows, by_change);
}

void
groups_free(struct groups *g)
{
	strings_free(&g->names);
	free(g->rows);
	*g = (struct groups){ 0 };
}
