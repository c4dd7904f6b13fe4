/* stattext - the answers of a recording as text that a person reads */
#ifndef STATTEXT_H
#define STATTEXT_H

#include "analysis/answers.h"
#include "cli/term.h"

struct stattext_options {
	size_t top;		/* rows of a table; 0: all */
	bool has_top;		/* else a few, as fits a screen */
	bool all_tables;	/* those by process, too */
	const struct term *term;
	size_t columns;		/* lines are at most so wide; 0: not cut */
};

/* Appends what stands out, the totals and the tables. */
void stattext_add(struct buf *, const struct answers *,
    const struct stattext_options *);

/* Appends two lines of totals and what stands out, as far as it fits 12 lines
 * in all. */
void stattext_add_short(struct buf *, const struct answers *,
    const struct stattext_options *);

#endif
