/* htmltree - the processes as nested lists of HTML */
#ifndef HTMLTREE_H
#define HTMLTREE_H

#include "analysis/summary.h"

/* All of them, or 1,000 of those that are most wanted, each with all that are
 * above it: what failed or did not end, the critical path, the longest. */
void htmltree_add(struct buf *, const struct summary *);

#endif
