/* bars - which processes of a forest get a bar, and which are folded
 *
 * What may have a bar is a process, from its start on, and each later exec of
 * a process that has one. The longest are kept. No I/O. */
#ifndef BARS_H
#define BARS_H

#include "tree/forest.h"

/* the processes without a bar whose nearest one above with a bar is this */
struct folded {
	size_t n, failed;
	uint64_t duration;	/* ns, of those whose parent is not folded, added */
};

/* a process that may have bars */
struct bars_process {
	const struct process *p;
	const struct process *top;	/* above it, without a parent */
	size_t above;		/* index of the nearest one that may; 0: none */
	size_t nbars;		/* that it has */
	struct folded folded;

	struct folded always;	/* processes that may have none */
};

struct bars {
	struct bar_item *items;	/* what may have a bar, longest first */
	size_t nitems;
	size_t nlong;		/* so many last as long as they must */
	size_t nkept;		/* so many of items have bars, ... */
	size_t nprocesses;	/* ... so many processes */

	/* the processes that may have bars: from 1 on, in depth-first order */
	struct bars_process *processes;
	size_t n;

	size_t *nearest;	/* private: index of itself or above, by id */
};

/* What lasts at least so long (ns) may have a bar, but no more than the longest
 * ones, at most so many, at least 1: the root of the forest is always one of
 * them. Nothing is kept yet. O(n), but for the sort of those. */
void bars_init(struct bars *, const struct forest *, uint64_t duration,
    size_t most);

/* Keeps the longest n of items, 1 to nitems. O(nitems) */
void bars_keep(struct bars *, size_t n);

/* whether an exec, the nth after its first one, has a bar of its own, n >= 1 */
bool bars_has_exec(const struct bars *, const struct process *,
    const struct moment *exec, size_t n);

/* whether it has more bars than its first one. O(1) */
bool bars_has_several(const struct bars *, const struct process *);

/* ns: the longest of what lasts long enough and was not kept; 0 if all is */
uint64_t bars_longest_folded(const struct bars *);

void bars_free(struct bars *);

#endif
