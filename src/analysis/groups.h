/* groups - what the processes of each program took in two recordings */
#ifndef GROUPS_H
#define GROUPS_H

#include <stdint.h>

#include "analysis/pairing.h"
#include "base/stringtable.h"
#include "tree/forest.h"
#include "tree/spans.h"

struct groups_side {
	size_t runs, nfailed;
	uint64_t own, cpu;	/* ns: without a live child; CPU time */
};

struct groups_row {
	size_t name;		/* its number in names */
	struct groups_side old, new;
};

struct groups {
	struct strings names;	/* programs; a process counts for its last one */
	struct groups_row *rows;	/* the largest change of own time first */
	size_t n;
};

/* Of two forests that are finished, and their spans. A process counts for the
 * program of its counterpart in the new one, if it has one. The
 * time counts if begin and end are known of both. O(n log n) */
void groups_find(struct groups *, const struct pairing *,
    const struct forest *old, const struct span *old_spans,
    const struct forest *new, const struct span *new_spans);

/* Own time or CPU time before and after: how much it changed. */
uint64_t groups_change(uint64_t before, uint64_t after);

void groups_free(struct groups *);

#endif
