/* samepaths - which command paths two recordings have in common */
#ifndef SAMEPATHS_H
#define SAMEPATHS_H

#include <stddef.h>

#include "analysis/answers.h"

#define SAMEPATHS_NONE ((size_t)-1)

/* For each node of the merged tree of old the one of new that has the same path,
 * or SAMEPATHS_NONE: an array by index, to be freed. The roots are the same,
 * whatever their programs are. O(n) */
size_t *samepaths_find(const struct answers *old, const struct answers *new);

#endif
