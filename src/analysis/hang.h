/* hang - what a command did not end for, when its time was up
 *
 * The look says so that pt-capture takes before it ends the processes. No I/O. */
#ifndef HANG_H
#define HANG_H

#include "analysis/waitgraph.h"

struct hang {
	bool timed_out;		/* the root lived when the time was up */
	uint64_t after;		/* ns, after which that was */
	const struct process *waiter;	/* who hung; never NULL if timed_out */
	const struct process *holder;	/* who holds the pipe that it waits for;
					 * NULL: it waits for none, or that could
					 * not be seen */
	bool circle;		/* the holder waits for it, too, perhaps for
				 * others between them: a deadlock */
	const struct waitgraph_wait *wait;	/* of the waiter; NULL: unknown */
	size_t nleaves;		/* how many lived and had no live child */
	struct waitgraph look;	/* to which wait belongs */
};

/* Of a forest that is finished. A circle comes before a pipe whose holder waits
 * for nobody, this before any other pipe, and if nobody waits for a pipe it is
 * the process without a live child that lived longest. O(n log n) */
void hang_find(struct hang *, const struct forest *);

void hang_free(struct hang *);

#endif
