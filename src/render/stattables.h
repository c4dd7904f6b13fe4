/* stattables - the tables of stattext, one for each question */
#ifndef STATTABLES_H
#define STATTABLES_H

#include "render/stattext.h"

/* Appends those that have rows. */
void stattables_add(struct buf *, const struct answers *,
    const struct stattext_options *);

#endif
