/* roworder - processes in the order of some columns */
#ifndef ROWORDER_H
#define ROWORDER_H

#include <stdbool.h>
#include <stddef.h>

#include "render/columns.h"

struct roworder_key {
	const struct columns_column *column;
	bool descending;
};

/* Sorts by the first key, equals by the next one, and so on: numbers as such,
 * text by its bytes. Of equals, what is first stays first. What is not known
 * comes last, in either direction. O(n log n) */
void roworder_sort(struct columns *, const struct roworder_key *, size_t nkeys,
    const struct process **, size_t n);

#endif
