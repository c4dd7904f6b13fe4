/* outline - a part of a forest, with the ancestors of all that is in it */
#ifndef OUTLINE_H
#define OUTLINE_H

#include <stdbool.h>

#include "tree/forest.h"

struct outline_options {
	bool failed;		/* only processes that failed */
	uint64_t min_duration;	/* ns; only those that lasted as long */
	size_t max_depth;	/* none deeper than this */
};

struct outline {
	/* by process id */
	bool *shown;		/* it is wanted, or a descendant of it is */
	bool *follows;		/* a later sibling is shown */
	bool *has_child;	/* a child is shown */
	size_t n;		/* so many are shown */
};

/* Of a forest that is finished. O(n) */
void outline_find(struct outline *, const struct forest *,
    const struct outline_options *);

void outline_free(struct outline *);

#endif
