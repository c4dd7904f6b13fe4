/* repeats - commands that ran more than once, and what that took */
#ifndef REPEATS_H
#define REPEATS_H

#include "analysis/commands.h"
#include "analysis/shares.h"
#include "tree/forest.h"

struct repeats_row {
	const struct process *first;	/* of its runs */
	size_t command;		/* its number in commands */
	size_t runs, nfailed;
	uint64_t total;		/* ns from start to end, of all runs but those
				 * within another run of the same command */
	uint64_t inside;	/* ns of the critical path within those, and all
				 * that descends from them */
};

struct repeats {
	/* at least two runs; the one with most of the critical path first,
	 * then the largest total */
	struct repeats_row *rows;
	size_t n;
};

/* Of a forest that is finished. O(n log n) */
void repeats_find(struct repeats *, const struct forest *,
    const struct commands *, const struct shares *);

void repeats_free(struct repeats *);

#endif
