/* ends - the processes of a forest in the order in which they end */
#ifndef ENDS_H
#define ENDS_H

#include <stddef.h>
#include <stdint.h>

#include "tree/forest.h"

struct end {
	uint64_t ts;
	const struct process *p;
};

/* Of top and what descends from it (NULL: all), in a forest that is finished;
 * of those that end at the same time, descendants are before their ancestors.
 * So many are *n; free() them. O(n log n) */
struct end *ends_find(const struct forest *, const struct process *top,
    size_t *n);

#endif
