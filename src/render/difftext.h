/* difftext - what is different in two recordings, as text that a person reads */
#ifndef DIFFTEXT_H
#define DIFFTEXT_H

#include "analysis/compare.h"
#include "cli/term.h"

/* Appends it: tables of so many rows (0: all), commands cut so that lines are
 * at most columns wide (0: not cut). */
void difftext_add(struct buf *, const struct compare *,
    const struct forest *old, const struct forest *new, size_t top,
    const struct term *, size_t columns);

#endif
