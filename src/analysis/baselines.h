/* baselines - what is different from all of several recordings of a job
 *
 * One comparison is with the last of them; the others take away what is
 * within the range of all: what was as slow or fast in one of them, ended so,
 * was there, or was not. */
#ifndef BASELINES_H
#define BASELINES_H

#include "analysis/compare.h"

/* Takes out of c, the comparison of last with new, what is not different from
 * other; with the same limits. The times of what remains are the smallest.
 * Forests are finished. O(n log n) */
void baselines_narrow(struct compare *c, const struct forest *last,
    const struct forest *other, const struct forest *new);

#endif
