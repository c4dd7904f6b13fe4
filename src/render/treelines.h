/* treelines - the lines that lead to the items of a tree in text */
#ifndef TREELINES_H
#define TREELINES_H

#include "cli/term.h"

enum treelines_kind {
	TREELINES_BRANCH,	/* to an item behind which a sibling follows */
	TREELINES_LAST,		/* to the last one */
	TREELINES_PASS,		/* past it, to a sibling of one above */
	TREELINES_NONE,		/* nothing leads past it */
};

enum { TREELINES_COLUMNS = 3 };	/* of each */

/* Of Unicode's box drawings, or of ASCII. */
const char *treelines_text(const struct term *, enum treelines_kind);

#endif
