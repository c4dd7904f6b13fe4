/* costs - what the processes of each program took
 *
 * A process counts for the program that it ran at last; one that executed
 * nothing, for that of its parent. */
#ifndef COSTS_H
#define COSTS_H

#include "analysis/programs.h"
#include "analysis/shares.h"
#include "tree/forest.h"
#include "tree/spans.h"

struct costs_row {
	size_t program;		/* its number in programs */
	size_t runs, nfailed;	/* processes; those that failed */
	uint64_t own, cpu;	/* ns: without a live child; CPU time */
	uint64_t total, max;	/* ns from start to end: of all runs, children
				 * included; of the longest one */
	uint64_t critical;	/* ns of the critical path that are theirs */
};

struct costs {
	struct costs_row *rows;	/* the largest own time first */
	size_t n;
};

/* Of a forest that is finished. O(n log n) */
void costs_find(struct costs *, const struct forest *, const struct programs *,
    const struct shares *, const struct span *);

void costs_free(struct costs *);

#endif
