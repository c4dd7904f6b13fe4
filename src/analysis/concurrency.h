/* concurrency - how many processes there were at a time */
#ifndef CONCURRENCY_H
#define CONCURRENCY_H

#include "tree/forest.h"

/* from ts (ns) to that of the next step */
struct load_step {
	uint64_t ts;
	size_t live;	/* processes that had begun and not ended */
	size_t busy;	/* those of them without a live child: the others mostly
			 * wait, and what make -j2 runs at a time is 2 busy ones */
};

struct load {
	/* In order of time, no two at the same; the last one is at the last end
	 * of all. A process that ends when it begins is in none. */
	struct load_step *steps;
	size_t n, cap;
	size_t max_live, max_busy;
	double mean_live, mean_busy;	/* from the first step to the last, weighted
					 * by time; 0 if there was none */
};

/* Of all processes of a forest that is finished. O(n log n) */
void load_find(struct load *, const struct forest *);

void load_free(struct load *);

#endif
