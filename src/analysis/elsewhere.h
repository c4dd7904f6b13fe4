/* elsewhere - clients of services whose work is in no process tree
 *
 * While docker build or ssh HOST make runs, the work is done by a daemon or on
 * another machine: the recording has only the client that waits for it. */
#ifndef ELSEWHERE_H
#define ELSEWHERE_H

#include "analysis/programs.h"
#include "analysis/shares.h"
#include "tree/forest.h"
#include "tree/spans.h"

struct elsewhere_row {
	const struct process *p;	/* the client that waited longest */
	const char *service;	/* what does the work, in words */
	size_t n;		/* clients of that program */
	uint64_t time;		/* ns of their own time without a CPU */
	uint64_t critical;	/* ns of the critical path that are theirs */
};

struct elsewhere {
	struct elsewhere_row *rows;	/* by program, the largest time first */
	size_t n;
};

/* Of the root's tree in a forest that is finished; clients that outlive the
 * root are left out. O(n) */
void elsewhere_find(struct elsewhere *, const struct forest *,
    const struct programs *, const struct shares *, const struct span *);

/* What does the work of the program, or NULL. */
const char *elsewhere_service(struct slice program);

void elsewhere_free(struct elsewhere *);

#endif
