/* concurrency - how many processes there were at a time */
#ifndef CONCURRENCY_H
#define CONCURRENCY_H

#include "tree/forest.h"

/* from ts (ns) to that of the next step */
struct concurrency_step {
	uint64_t ts;
	size_t live;	/* processes that had begun and not ended */
	size_t busy;	/* those of them without a live child: the others mostly
			 * wait, and what make -j2 runs at a time is 2 busy ones */
};

struct concurrency {
	/* In order of time, no two at the same; the last one is at the last end
	 * of all. A process that ends when it begins is in none. */
	struct concurrency_step *steps;
	size_t n, cap;
	size_t max_live, max_busy;
	double mean_live, mean_busy;	/* from the first step to the last, weighted
					 * by time; 0 if there was none */
};

/* Of all processes of a forest that is finished. O(n log n) */
void concurrency_find(struct concurrency *, const struct forest *);

void concurrency_free(struct concurrency *);

#endif
