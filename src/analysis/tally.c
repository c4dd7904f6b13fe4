#include "analysis/tally.h"

#include <stdlib.h>

#include "base/slice.h"

/* Until tally_finish(), names.p may move: name.p is NULL, and total the offset
 * of the name; max is the duration. */

void
tally_add(struct tally *t, const char *name, size_t len, uint64_t duration,
    bool failed)
{
	t->rows = grow(t->rows, t->n, &t->cap, sizeof *t->rows);
	t->rows[t->n++] = (struct tally_row){
		.name = { NULL, len }, .n = 1, .nfailed = failed,
		.total = t->names.len, .max = duration,
	};
	buf_add(&t->names, name, len);
}

static int
by_name(const void *a, const void *b)
{
	const struct tally_row *x = a, *y = b;

	return slice_compare(x->name, y->name);
}

static int
by_total(const void *a, const void *b)
{
	const struct tally_row *x = a, *y = b;

	if (x->total != y->total)
		return x->total < y->total ? 1 : -1;
	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return by_name(a, b);
}

static void
add_up(struct tally *t)
{
	struct tally_row *row, *sum = NULL;
	size_t i, n = 0;

	for (i = 0; i < t->n; i++) {
		row = &t->rows[i];
		if (!sum || slice_compare(sum->name, row->name)) {
			sum = &t->rows[n++];
			*sum = *row;
			continue;
		}
		sum->n++;
		sum->nfailed += row->nfailed;
		sum->total += row->total;
		if (row->max > sum->max)
			sum->max = row->max;
	}
	t->n = n;
}

void
tally_finish(struct tally *t)
{
	size_t i;

	if (!t->n)
		return;
	buf_addc(&t->names, '\0');	/* so that there are any */
	for (i = 0; i < t->n; i++) {
		t->rows[i].name.p = t->names.p + t->rows[i].total;
		t->rows[i].total = t->rows[i].max;
	}
	qsort(t->rows, t->n, sizeof *t->rows, by_name);
	add_up(t);
	qsort(t->rows, t->n, sizeof *t->rows, by_total);
}

void
tally_free(struct tally *t)
{
	free(t->rows);
	free(t->names.p);
	*t = (struct tally){ 0 };
}
