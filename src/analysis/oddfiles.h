/* oddfiles - files that were made twice, or for nobody else */
#ifndef ODDFILES_H
#define ODDFILES_H

#include "analysis/files.h"

enum oddfiles_kind {
	ODDFILES_TWICE,	/* files_file.again has made it anew, too */
	ODDFILES_OWN,	/* it was read by nobody but who wrote it */
	ODDFILES_UNUSED,	/* it was read by nobody */
	ODDFILES_KINDS,
};

struct oddfiles_row {
	enum oddfiles_kind kind;
	const struct files_file *file;	/* whose path is known */
};

struct oddfiles {
	struct oddfiles_row *rows;	/* by kind, and in the order in which they
					 * were made */
	size_t n;
	size_t nkind[ODDFILES_KINDS];	/* how many there are of each */
};

/* O(n) */
void oddfiles_find(struct oddfiles *, const struct files *);

/* "twice", "own", "unused" */
const char *oddfiles_kind_name(enum oddfiles_kind);

void oddfiles_free(struct oddfiles *);

#endif
