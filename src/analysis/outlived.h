/* outlived - which processes ended after the root, or still run */
#ifndef OUTLIVED_H
#define OUTLIVED_H

#include "tree/forest.h"

struct outlived_row {
	const struct process *p;	/* its parent has started it */
	uint64_t by;		/* ns; at least, if it still runs */
};

struct outlived {
	struct outlived_row *rows;	/* those that still run first, then the
					 * longest first */
	size_t n;
};

/* Of the descendants of the root of a forest that is finished; those whose end
 * is lost are left out. O(n log n) */
void outlived_find(struct outlived *, const struct forest *);

void outlived_free(struct outlived *);

#endif
