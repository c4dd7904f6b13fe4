/* toolate - the file that a failed process did not find, because it was made later
 *
 * The classic fault of a build whose commands run at the same time: a dependency
 * is missing in its rules. */
#ifndef TOOLATE_H
#define TOOLATE_H

#include "analysis/failure.h"
#include "analysis/files.h"

struct toolate {
	const struct process *p;	/* who did not find it; NULL: nobody */
	uint64_t missed;		/* when, ns */
	const struct files_use *made;	/* who made it then, and its path */
};

/* Of those that made the root fail, the last of the chain first, and of all others
 * that failed and were not tolerated. Of what a process did not find, the last one
 * that was made later counts. O(n log n) */
void toolate_find(struct toolate *, const struct files *,
    const struct failure *);

#endif
