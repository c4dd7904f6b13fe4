#include "analysis/baselines.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"

/* the comparison with another one, by process id */
struct other {
	struct compare c;
	const struct compare_item **items[COMPARE_KINDS];	/* of new */
	struct pairing same;	/* which process of last is which of other */
};

static void
index_items(struct other *o, const struct forest *new)
{
	const struct compare_list *list;
	size_t kind, i;

	for (kind = 0; kind < COMPARE_KINDS; kind++) {
		list = &o->c.lists[kind];
		o->items[kind] = xcalloc(new->n, sizeof *o->items[kind]);
		for (i = 0; i < list->n; i++)
			if (list->items[i].new)
				o->items[kind][list->items[i].new->id] =
				    &list->items[i];
	}
}

/* It was there, and is not any more. */
static bool
is_gone(const struct other *o, const struct process *old)
{
	const struct process *p = o->same.of_old[old->id];

	return p && !o->c.match.of_old[p->id];
}

/* The item is one of the comparison with the other, too; the smaller time. */
static bool
narrow(const struct other *o, enum compare_kind kind, struct compare_item *item)
{
	const struct compare_item *its;

	if (kind == COMPARE_GONE)
		return is_gone(o, item->old);
	/* what is below a new process is not mentioned, but may be new */
	if (kind == COMPARE_NEW && !o->c.match.of_new[item->new->id])
		return true;
	its = o->items[kind][item->new->id];
	if (its && its->time < item->time)
		item->time = its->time;
	return its != NULL;
}

static void
narrow_list(const struct other *o, enum compare_kind kind,
    struct compare_list *list)
{
	size_t i, n = 0;

	for (i = 0; i < list->n; i++)
		if (narrow(o, kind, &list->items[i]))
			list->items[n++] = list->items[i];
	list->n = n;
}

/* the row of a program among those that changed, or NULL */
static const struct groups_row *
find_row(const struct compare *c, struct slice name)
{
	size_t i;
	struct slice other;

	for (i = 0; i < c->ngroups; i++) {
		other = c->groups.names.list[c->groups.rows[i].name];
		if (other.len == name.len && !memcmp(other.p, name.p, name.len))
			return &c->groups.rows[i];
	}
	return NULL;
}

static void
narrow_groups(const struct other *o, struct compare *c)
{
	struct groups_row *rows = c->groups.rows;
	const struct groups_row *its;
	size_t i, n = 0;

	for (i = 0; i < c->ngroups; i++) {
		its = find_row(&o->c, c->groups.names.list[rows[i].name]);
		if (its && (its->old.own < its->new.own) ==
		    (rows[i].old.own < rows[i].new.own))
			rows[n++] = rows[i];
	}
	c->ngroups = n;
}

void
baselines_narrow(struct compare *c, const struct forest *last,
    const struct forest *other, const struct forest *new)
{
	struct other o = { .c = {
		.min_change = c->min_change, .min_percent = c->min_percent,
		.min_duration = c->min_duration, .all = true,
	} };
	size_t kind;

	compare_find(&o.c, other, new);
	pairing_find(&o.same, last, other);
	index_items(&o, new);
	for (kind = 0; kind < COMPARE_KINDS; kind++)
		narrow_list(&o, (enum compare_kind)kind, &c->lists[kind]);
	narrow_groups(&o, c);
	for (kind = 0; kind < COMPARE_KINDS; kind++)
		free(o.items[kind]);
	pairing_free(&o.same);
	compare_free(&o.c);
}
