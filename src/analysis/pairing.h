/* pairing - which process of one recording is which of another of the same job
 *
 * From the roots down: the children of two processes that are the same are
 * matched with each other, each at most once, in this order:
 *   1. those that execute exactly the same command at last; first those that
 *	also ended in the same way and below which the same was executed;
 *   2. the same but for names that change from run to run: in directories of
 *	temporary files, and hashes (shape.h);
 *   3. the same program, with an argument that no other child has which is
 *	left on its side, as the one compiler that is given a.c;
 *   4. the same but for such names and all numbers;
 *   5. the same program.
 * Among several that are alike the first one is matched with the first one.
 * Children that only were forked, and execute nothing, are matched with such:
 * first those below which the same commands were executed, then the same
 * programs, then those whose first child ran the same programs.
 * A process that is not matched has no counterpart, and neither has any that
 * descends from it. No I/O, no recursion. */
#ifndef PAIRING_H
#define PAIRING_H

#include "tree/forest.h"

struct pairing {
	/* the counterparts by process id, or NULL */
	const struct process **of_old, **of_new;
	size_t n;		/* pairs */
};

/* The roots that the forests name are the same process, whatever their
 * commands are. O(n log n) */
void pairing_find(struct pairing *, const struct forest *old,
    const struct forest *new);

void pairing_free(struct pairing *);

#endif
