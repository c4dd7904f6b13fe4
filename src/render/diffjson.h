/* diffjson - what is different in two recordings, as JSON: see pt-diff(1) */
#ifndef DIFFJSON_H
#define DIFFJSON_H

#include <stdio.h>

#include "analysis/compare.h"

/* so many rows of each list; 0: all */
void diffjson_write(const struct compare *, const struct forest *old,
    const struct forest *new, size_t top, FILE *);

#endif
