/* bars - which processes of a forest get a bar, and which are folded
 *
 * What may have a bar is a process, from its start on, and each later exec of
 * a process that has one. The longest are kept. No I/O. */
#ifndef BARS_H
#define BARS_H

#include "forest.h"

/* the processes without a bar whose nearest one above with a bar is this */
struct folded {
	size_t n, failed;
	uint64_t duration;	/* ns, of those whose parent is not folded, added */
};

struct bars {
	const struct forest *f;
	struct bar_item *items;	/* longest first */
	size_t nitems;
	size_t nkept;		/* so many of items have bars, ... */
	size_t nprocesses;	/* ... so many processes */
	struct folded *folded;	/* by process id */

	/* private */
	size_t *rank;		/* place in items */
	size_t *first;		/* into rank, by process id */
	size_t *nbars;		/* by process id */
};

/* Sorts what there is in the forest, nothing is kept yet. O(n log n) */
void bars_init(struct bars *, const struct forest *);

/* how many last at least so long; the root of the forest does in any case */
size_t bars_count(const struct bars *, uint64_t duration);

/* Keeps the n longest, at least 1: the root. O(n) */
void bars_keep(struct bars *, size_t n);

bool bars_has(const struct bars *, const struct process *);
/* whether its nth exec after the first one has a bar of its own, n >= 1 */
bool bars_has_exec(const struct bars *, const struct process *, size_t n);
/* whether any of them has. O(1) */
bool bars_has_several(const struct bars *, const struct process *);

/* ns: how long the longest one lasts that was not kept; 0 if all are */
uint64_t bars_longest_folded(const struct bars *);

void bars_free(struct bars *);

#endif
