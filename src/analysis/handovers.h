/* handovers - which process began with files of another one that had ended
 *
 * As a linker does with the objects of compilers: whoever reads a file that the other
 * one has written last, and began after that one had ended. What both did at the same
 * time is none. */
#ifndef HANDOVERS_H
#define HANDOVERS_H

#include "analysis/files.h"

struct handover {
	const struct process *from, *to;
};

struct handovers {
	struct handover *list;	/* by the id of to; of two processes one */
	size_t n;
};

/* Of a forest of so many processes. O(n), n the uses of files */
void handovers_find(struct handovers *, const struct files *, size_t nprocesses);

void handovers_free(struct handovers *);

#endif
