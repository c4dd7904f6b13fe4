#include "analysis/needs.h"

#include <stdlib.h>

static int
compare_ids(const struct need *x, const struct need *y)
{
	if (x->by != y->by)
		return x->by < y->by ? -1 : 1;
	return x->of < y->of ? -1 : x->of > y->of;
}

static int
compare(const void *a, const void *b)
{
	const struct need *x = a, *y = b;
	int c = compare_ids(x, y);

	return c ? c : x->read < y->read ? -1 : x->read > y->read;
}

/* From two processes up to those ancestors of theirs that are children of one
 * process: false, if one descends from the other, or they are of two trees. */
static bool
find_siblings(const struct process **a, const struct process **b)
{
	while ((*a)->depth > (*b)->depth)
		*a = (*a)->parent;
	while ((*b)->depth > (*a)->depth)
		*b = (*b)->parent;
	if (*a == *b)
		return false;
	while ((*a)->parent != (*b)->parent) {
		*a = (*a)->parent;
		*b = (*b)->parent;
	}
	return (*a)->parent != NULL;
}

static void
drop_repeated(struct needs *n)
{
	size_t i, kept = 0;

	for (i = 0; i < n->n; i++)
		if (!kept || compare_ids(&n->list[i], &n->list[kept - 1]))
			n->list[kept++] = n->list[i];
	n->n = kept;
}

void
needs_find(struct needs *n, const struct files *x)
{
	const struct process **writers = xcalloc(x->n + 1, sizeof *writers);
	const struct process *by, *of;
	const struct files_use *u;
	size_t i, cap = 0;

	*n = (struct needs){ 0 };
	for (i = 0; i < x->nuses; i++) {
		u = &x->uses[i];
		by = u->p;
		of = writers[u->file];
		if (u->writes) {
			writers[u->file] = u->p;
		} else if (of && find_siblings(&by, &of)) {
			n->list = grow(n->list, n->n, &cap, sizeof *n->list);
			n->list[n->n++] = (struct need){ by->id, of->id, u };
		}
	}
	free(writers);
	if (n->n)
		qsort(n->list, n->n, sizeof *n->list, compare);
	drop_repeated(n);
}

const struct need *
needs_get(const struct needs *n, size_t by, size_t of)
{
	const struct need key = { .by = by, .of = of };
	size_t low = 0, high = n->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (compare_ids(&n->list[mid], &key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < n->n && !compare_ids(&n->list[low], &key) ?
	    &n->list[low] : NULL;
}

void
needs_free(struct needs *n)
{
	free(n->list);
	*n = (struct needs){ 0 };
}
