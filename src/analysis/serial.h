/* serial - what ran one at a time, and whose children those were
 *
 * A moment is serial if, in the tree of the root, exactly one process without
 * a live child runs. It belongs to that process and to all its ancestors. Of
 * these the interesting one is where one might begin to run several at a time,
 * if they do not need each other, which no recording tells. So this says that they
 * did not overlap, never that they could have. Which one that is, the time says
 * that its children had beside the longest of them, which would remain: it is
 * little where a process works itself, or waits for one child that does all.
 *
 * A process that used more CPU time than it had without children has threads
 * that ran at the same time, and its moments are not serial. One that outlives
 * the root is a daemon that sleeps beside the work, and is not counted. */
#ifndef SERIAL_H
#define SERIAL_H

#include "tree/forest.h"
#include "tree/spans.h"

struct serial_row {
	const struct process *p;	/* the parent */
	size_t nchildren;
	uint64_t time;		/* ns of serial moments, its own and those of its
				 * descendants */
	uint64_t beside;	/* ns of its children's, without the child that has
				 * most */
};

struct serial {
	uint64_t total;		/* ns of all serial moments until the root's end */
	/* Processes that have at least two children, and a tenth of their time or
	 * more beside the child that has most: the most beside first. Rows may be
	 * within each other: a row's process can descend from another row's. */
	struct serial_row *rows;
	size_t n;
};

/* Of a forest that is finished. O(n log n) */
void serial_find(struct serial *, const struct forest *, const struct span *);

void serial_free(struct serial *);

#endif
