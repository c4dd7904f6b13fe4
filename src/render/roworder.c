#include "render/roworder.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/stringtable.h"

/* by one key; qsort() hands nothing on, so each has all that is compared */
struct row {
	const struct process *p;
	size_t place;		/* where it was */
	bool known, descending;
	int64_t number;
	struct slice text;	/* of the table */
};

static int
compare(const void *x, const void *y)
{
	const struct row *a = x, *b = y;
	int r;

	if (a->known != b->known)
		return a->known ? -1 : 1;
	r = (a->number > b->number) - (a->number < b->number);
	if (!r)
		r = slice_compare(a->text, b->text);
	if (a->descending)
		r = -r;
	return r ? r : (a->place > b->place) - (a->place < b->place);
}

static void
set(struct row *row, struct columns *c, const struct roworder_key *key,
    struct strings *texts)
{
	struct columns_value v = columns_get(c, key->column, row->p);
	size_t i;

	row->known = v.known;
	row->descending = key->descending;
	row->number = v.number;
	row->text = (struct slice){ NULL, 0 };
	if (v.known && v.text.p) {
		i = strings_add(texts, v.text.p, v.text.len);
		row->text = texts->list[i];
	}
}

static void
sort_by(struct columns *c, const struct roworder_key *key, struct row *rows,
    size_t n)
{
	struct strings texts = { 0 };
	size_t i;

	for (i = 0; i < n; i++) {
		rows[i].place = i;
		set(&rows[i], c, key, &texts);
	}
	qsort(rows, n, sizeof *rows, compare);
	strings_free(&texts);
}

/* by the last key first: each later sort keeps the order of equals */
void
roworder_sort(struct columns *c, const struct roworder_key *keys, size_t nkeys,
    const struct process **processes, size_t n)
{
	struct row *rows = xcalloc(n, sizeof *rows);
	size_t i;

	for (i = 0; i < n; i++)
		rows[i].p = processes[i];
	while (nkeys)
		sort_by(c, &keys[--nkeys], rows, n);
	for (i = 0; i < n; i++)
		processes[i] = rows[i].p;
	free(rows);
}
