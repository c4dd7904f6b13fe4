/* deadlock - processes that wait for each other in a circle; no I/O */
#ifndef DEADLOCK_H
#define DEADLOCK_H

#include "analysis/waitgraph.h"

/* Places in waitgraph.alive, each of which waits for the next and the last one
 * for the first: circle after circle, each with its length in front. all zero
 * at first; free(list) when done */
struct deadlock_circles {
	size_t *list;
	size_t n, cap;
};

/* Finds one circle for each group of processes of which all wait for all
 * others, directly or not: the shortest one through its first member. For n
 * waits, descriptors and children O(n log n) */
void deadlock_find(const struct waitgraph *, struct deadlock_circles *);

#endif
