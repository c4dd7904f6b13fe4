/* treetext - a forest as lines of text, one for each process */
#ifndef TREETEXT_H
#define TREETEXT_H

#include <stdio.h>

#include "analysis/outline.h"
#include "cli/term.h"
#include "tree/forest.h"

struct treetext {
	const struct term *term;
	const struct outline *outline;	/* what is shown */
	bool all;		/* groups and sessions too, and a line for each exec of
				 * a process that has several, for those that
				 * failed, setpgid and setsid */
	size_t columns;		/* lines are cut to so many; 0: not cut */
};

/* Writes a finished forest; stops when writing fails, see ferror(). Before the
 * processes of each of several recordings there is a line with its host; one that was
 * joined to another (tree/hosts.h) has its host behind the command of its root. */
void treetext_write(const struct treetext *, const struct forest *, FILE *);

#endif
