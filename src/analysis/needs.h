/* needs - which children of a process read what others of them have made
 *
 * A child stands for all that descends from it: of make, the shell that runs a
 * compiler is needed by the one that runs the linker. */
#ifndef NEEDS_H
#define NEEDS_H

#include "analysis/files.h"

struct need {
	size_t by, of;		/* ids of two children of one process */
	const struct files_use *read;	/* by, or one below it, reads what of, or one
				 * below it, was the last to write; the first such
				 * use */
};

struct needs {
	struct need *list;	/* in the order of by, and then of */
	size_t n;
};

/* The files must live as long. For each file that is read the depth of the tree, and
 * O(n log n) */
void needs_find(struct needs *, const struct files *);

/* That the one needs the other, or NULL. O(log n) */
const struct need *needs_get(const struct needs *, size_t by, size_t of);

void needs_free(struct needs *);

#endif
