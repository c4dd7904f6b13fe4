/* shares - how much of the critical path is whose
 *
 * Only the part of the path up to the end of the root counts, so that all
 * shares together are the wall time of the root. */
#ifndef SHARES_H
#define SHARES_H

#include "analysis/critical.h"
#include "analysis/programs.h"
#include "tree/forest.h"

struct shares_row {
	const struct process *p;	/* the first process that it is about; of
					 * by_parent, the parent: NULL for roots */
	size_t n;		/* processes that have pieces of the path */
	uint64_t time;		/* ns: those pieces together */
};

struct shares_list {
	struct shares_row *rows;	/* the largest first */
	size_t n;
};

struct shares {
	uint64_t *own;		/* ns of the path, by process id, ... */
	uint64_t *inside;	/* ... and with those of all descendants */
	uint64_t total;		/* ns of all of the path */
	struct shares_list by_program;	/* p's program; a fork that executes
					 * nothing counts for its parent's */
	struct shares_list by_parent;	/* whose children, p, they are */
};

/* Of a finished forest and its critical path. O(n log n) */
void shares_find(struct shares *, const struct forest *,
    const struct critical *, const struct programs *);

/* The rows of any grouping: of[] gives each process's group, below ngroups.
 * rows is the caller's to free(). O(n log n) */
void shares_group(struct shares_list *, const struct shares *,
    const struct forest *, const size_t *of, size_t ngroups);

void shares_free(struct shares *);

#endif
