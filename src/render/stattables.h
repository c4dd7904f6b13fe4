/* stattables - the tables of stattext, one for each question
 *
 * One module because the tables stand below each other, and must look alike. */
#ifndef STATTABLES_H
#define STATTABLES_H

#include "render/stattext.h"

/* Appends those that have rows. */
void stattables_add(struct buf *, const struct answers *,
    const struct stattext_options *);

#endif
