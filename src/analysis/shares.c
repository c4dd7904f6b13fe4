#include "analysis/shares.h"

#include <stdlib.h>

static int
by_time(const void *a, const void *b)
{
	const struct shares_row *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? 1 : -1;
	if (!x->p || !y->p)
		return x->p ? 1 : y->p ? -1 : 0;
	return x->p->id < y->p->id ? -1 : x->p->id > y->p->id;
}

/* Only groups with a piece of the path remain. */
static void
finish(struct shares_list *l, size_t ngroups)
{
	size_t i;

	l->n = 0;
	for (i = 0; i < ngroups; i++)
		if (l->rows[i].n)
			l->rows[l->n++] = l->rows[i];
	qsort(l->rows, l->n, sizeof *l->rows, by_time);
}

static void
add(struct shares_row *row, const struct process *about, uint64_t time)
{
	if (!row->n++)
		row->p = about;
	row->time += time;
}

void
shares_group(struct shares_list *l, const struct shares *s,
    const struct forest *f, const size_t *of, size_t ngroups)
{
	size_t i;

	l->rows = xcalloc(ngroups, sizeof *l->rows);
	for (i = 0; i < f->n; i++)
		if (s->own[i])
			add(&l->rows[of[i]], f->processes[i], s->own[i]);
	finish(l, ngroups);
}

static void
group_by_parent(struct shares *s, const struct forest *f)
{
	struct shares_list *l = &s->by_parent;
	const struct process *parent;
	size_t i;

	l->rows = xcalloc(f->n + 1, sizeof *l->rows);
	for (i = 0; i < f->n; i++) {
		parent = f->processes[i]->parent;
		if (s->own[i])
			add(&l->rows[parent ? parent->id : f->n], parent,
			    s->own[i]);
	}
	finish(l, f->n + 1);
}

static void
add_up(struct shares *s, const struct forest *f, const struct critical *c)
{
	const struct critical_segment *segment;
	const struct process *parent;
	size_t i;

	for (i = 0; i < c->nroot; i++) {
		segment = &c->segments[i];
		s->own[segment->p->id] += segment->to - segment->from;
		s->total += segment->to - segment->from;
	}
	/* children have the larger ids */
	for (i = f->n; i-- > 0; ) {
		s->inside[i] += s->own[i];
		parent = f->processes[i]->parent;
		if (parent)
			s->inside[parent->id] += s->inside[i];
	}
}

void
shares_find(struct shares *s, const struct forest *f,
    const struct critical *c, const struct programs *programs)
{
	*s = (struct shares){
		.own = xcalloc(f->n, sizeof *s->own),
		.inside = xcalloc(f->n, sizeof *s->inside),
	};
	add_up(s, f, c);
	shares_group(&s->by_program, s, f, programs->of, programs->names.n);
	group_by_parent(s, f);
}

void
shares_free(struct shares *s)
{
	free(s->own);
	free(s->inside);
	free(s->by_program.rows);
	free(s->by_parent.rows);
	*s = (struct shares){ 0 };
}
