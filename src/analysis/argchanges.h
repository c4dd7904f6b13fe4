/* argchanges - the arguments of a process in one recording and in another
 *
 * Names that change from run to run (shape.h), and arguments that are a
 * number of four digits or more, as PIDs, ports and seeds, are no change; nor is
 * another order. No I/O. */
#ifndef ARGCHANGES_H
#define ARGCHANGES_H

#include "analysis/pairing.h"
#include "base/stringtable.h"

struct argchanges_row {
	size_t text;		/* in texts: "cc: -O3 -g in place of -O1" */
	size_t n;		/* pairs of processes */
	const struct process *old, *new;	/* the first of them */
};

struct argchanges {
	struct argchanges_row *rows;	/* the most frequent first */
	size_t n, cap;
	size_t npairs;
	struct strings texts;
};

/* Of the pairs both of which executed something. O(n log n) for n arguments */
void argchanges_find(struct argchanges *, const struct pairing *,
    const struct forest *old);

void argchanges_free(struct argchanges *);

#endif
