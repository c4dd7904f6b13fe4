/* stattext - a summary as text that a person reads */
#ifndef STATTEXT_H
#define STATTEXT_H

#include "analysis/summary.h"
#include "cli/term.h"

/* Appends it: tables of so many rows (0: all), commands cut so that lines are
 * at most columns wide (0: not cut). */
void stattext_add(struct buf *, const struct summary *, size_t top,
    const struct term *, size_t columns);

#endif
