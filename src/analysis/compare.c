#include "analysis/compare.h"

#include <stdlib.h>

static void
add(struct compare *c, enum compare_kind kind, const struct process *old,
    const struct process *new, uint64_t time)
{
	struct compare_list *list = &c->lists[kind];

	list->items = grow(list->items, list->n, &list->cap,
	    sizeof *list->items);
	list->items[list->n++] = (struct compare_item){ old, new, time };
}

static uint64_t
duration(const struct process *p)
{
	return p->end - p->start;
}

/* of it and what descends from it */
static uint64_t
subtree_time(const struct process *p, const struct span *spans)
{
	return spans[p->id].subtree_end - p->start;
}

/* Its begin and end are known. */
static bool
is_timed(const struct process *p)
{
	return p->has_fork && p->has_exit;
}

static bool
is_much(const struct compare *c, uint64_t before, uint64_t after)
{
	uint64_t much = before > after ? before - after : after - before;

	return much && much >= c->min_change && (before >= c->min_duration ||
	    after >= c->min_duration) &&
	    (double)much * 100 >= (double)before * (double)c->min_percent;
}

/* How much slower the new one is (negative: faster), if that is much; else 0,
 * as it is if that is not known. */
static int64_t
change(const struct compare *c, const struct process *old,
    const struct process *new)
{
	uint64_t before = duration(old), after = duration(new);
	uint64_t much = before > after ? before - after : after - before;

	if (!is_timed(old) || !is_timed(new) || !is_much(c, before, after))
		return 0;
	return before > after ? -(int64_t)much : (int64_t)much;
}

static bool
is_most(uint64_t part, uint64_t of)
{
	return part >= of - of / 4;
}

/* A child is the reason why it is so much slower or faster: it may have
 * waited for one that it outlived. */
static bool
is_explained(const struct compare *c, const struct process *old,
    const struct process *new, int64_t by)
{
	uint64_t much = (uint64_t)(by < 0 ? -by : by);
	const struct process *child, *other;
	int64_t part;

	for (child = old->children; child; child = child->sibling) {
		other = c->match.of_old[child->id];
		if (child->end > old->end || (other && other->end > new->end))
			continue;
		if (!other && by < 0 && is_most(duration(child), much))
			return true;
		part = other ? change(c, child, other) : 0;
		if ((part < 0) == (by < 0) && part &&
		    is_most((uint64_t)(part < 0 ? -part : part), much))
			return true;
	}
	for (child = new->children; child && by > 0; child = child->sibling)
		if (!c->match.of_new[child->id] && child->end <= new->end &&
		    is_most(duration(child), much))
			return true;
	return false;
}

/* whether they ended in another way, as far as that is known */
static bool
ends_differ(const struct process *old, const struct process *new)
{
	if (old->lost_end || new->lost_end)
		return false;
	return old->has_exit != new->has_exit || old->status != new->status ||
	    old->signal != new->signal;
}

static void
compare_pair(struct compare *c, const struct process *old,
    const struct process *new)
{
	int64_t by = change(c, old, new);

	if (ends_differ(old, new))
		add(c, COMPARE_ENDING, old, new, 0);
	if (!by)
		return;
	if (!c->all && is_explained(c, old, new, by))
		c->nexplained++;
	else if (by > 0)
		add(c, COMPARE_SLOWER, old, new, (uint64_t)by);
	else
		add(c, COMPARE_FASTER, old, new, (uint64_t)-by);
}

/* It is not there in the other one; a descendant of such a one is not
 * mentioned. */
static bool
is_alone(const struct process *p, const struct process **counterparts)
{
	return !counterparts[p->id] &&
	    (!p->parent || counterparts[p->parent->id]);
}

static size_t
place(const struct compare_item *item)
{
	return item->new ? item->new->id : item->old->id;
}

static int
by_time(const void *a, const void *b)
{
	const struct compare_item *x = a, *y = b;

	if (x->time != y->time)
		return x->time > y->time ? -1 : 1;
	return place(x) < place(y) ? -1 : place(x) > place(y);
}

static void
find_totals(struct compare *c, const struct forest *old,
    const struct forest *new)
{
	size_t i;
	bool has_old = false, has_new = false;

	for (i = 0; i < old->n; i++) {
		has_old |= c->old_spans[i].has_cpu;
		c->old_cpu += c->old_spans[i].cpu;
	}
	for (i = 0; i < new->n; i++) {
		has_new |= c->new_spans[i].has_cpu;
		c->new_cpu += c->new_spans[i].cpu;
	}
	c->has_cpu = has_old && has_new;
	concurrency_find(&c->old_load, old);
	concurrency_find(&c->new_load, new);
}

/* Those that changed much come first. */
static void
find_groups(struct compare *c, const struct forest *old,
    const struct forest *new)
{
	struct groups_row *rows, row;
	size_t i;

	groups_find(&c->groups, &c->match, old, c->old_spans, new,
	    c->new_spans);
	rows = c->groups.rows;
	c->ngroups = 0;
	for (i = 0; i < c->groups.n; i++) {
		if (!is_much(c, rows[i].old.own, rows[i].new.own))
			continue;
		row = rows[i];
		rows[i] = rows[c->ngroups];
		rows[c->ngroups++] = row;
	}
}

void
compare_find(struct compare *c, const struct forest *old,
    const struct forest *new)
{
	const struct process *p;
	uint64_t time;
	size_t i;

	pairing_find(&c->match, old, new);
	c->old_spans = spans_find(old);
	c->new_spans = spans_find(new);
	find_totals(c, old, new);
	find_groups(c, old, new);
	argchanges_find(&c->arguments, &c->match, old);
	for (i = 0; i < old->n; i++) {
		p = old->processes[i];
		time = subtree_time(p, c->old_spans);
		if (c->match.of_old[i])
			compare_pair(c, p, c->match.of_old[i]);
		else if (is_alone(p, c->match.of_old) && time >= c->min_duration)
			add(c, COMPARE_GONE, p, NULL, time);
	}
	for (i = 0; i < new->n; i++) {
		p = new->processes[i];
		time = subtree_time(p, c->new_spans);
		if (is_alone(p, c->match.of_new) && time >= c->min_duration)
			add(c, COMPARE_NEW, NULL, p, time);
	}
	for (i = 0; i < COMPARE_KINDS; i++)
		if (c->lists[i].n)
			qsort(c->lists[i].items, c->lists[i].n,
			    sizeof *c->lists[i].items, by_time);
}

bool
compare_differ(const struct compare *c)
{
	size_t i;

	for (i = 0; i < COMPARE_KINDS; i++)
		if (c->lists[i].n)
			return true;
	return c->ngroups > 0;
}

void
compare_free(struct compare *c)
{
	size_t i;

	for (i = 0; i < COMPARE_KINDS; i++)
		free(c->lists[i].items);
	groups_free(&c->groups);
	argchanges_free(&c->arguments);
	concurrency_free(&c->old_load);
	concurrency_free(&c->new_load);
	free(c->old_spans);
	free(c->new_spans);
	pairing_free(&c->match);
	*c = (struct compare){ 0 };
}
