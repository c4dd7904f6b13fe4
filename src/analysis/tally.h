/* tally - durations, counted and added up by name */
#ifndef TALLY_H
#define TALLY_H

#include <stdbool.h>

#include "base/buf.h"

struct tally_row {
	struct slice name;
	size_t n, nfailed;
	uint64_t total, max;	/* ns */
};

/* all zero is an empty one */
struct tally {
	struct tally_row *rows;
	size_t n, cap;

	struct buf names;	/* private */
};

/* Copies the name, the name's bytes are what counts. */
void tally_add(struct tally *, const char *name, size_t len, uint64_t duration,
    bool failed);

/* After the last one: one row for each name, that of the largest total first,
 * then that of most, then in the order of names. O(n log n) */
void tally_finish(struct tally *);

void tally_free(struct tally *);

#endif
