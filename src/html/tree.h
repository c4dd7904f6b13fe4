/* tree - the processes as nested lists of HTML */
#ifndef HTML_TREE_H
#define HTML_TREE_H

#include "analysis/summary.h"

/* All of them, or 1,000 of those that are most wanted, each with all that are
 * above it: what failed or did not end, the critical path, the longest. */
void html_tree_add(struct buf *, const struct summary *);

#endif
