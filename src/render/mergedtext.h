/* mergedtext - the merged tree of a recording, as lines of text */
#ifndef MERGEDTEXT_H
#define MERGEDTEXT_H

#include <stdio.h>

#include "analysis/answers.h"
#include "cli/term.h"

struct mergedtext {
	const struct term *term;
	size_t columns;		/* lines are cut to so many; 0: not cut */
	bool failed;		/* only command paths with failures */
	bool has_min;		/* else what has 1 % of the time */
	uint64_t min_duration;	/* ns, of all processes of a path together */
	size_t max_depth;
};

/* Writes a line for each command path that is wanted or above one that is, how
 * many there are, and why the root failed, if it did. */
void mergedtext_write(const struct mergedtext *, const struct answers *, FILE *);

#endif
