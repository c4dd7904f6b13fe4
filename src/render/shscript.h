/* shscript - a script for a POSIX shell that runs a process again */
#ifndef SHSCRIPT_H
#define SHSCRIPT_H

#include <stdbool.h>
#include <stdio.h>

#include "tree/forest.h"

struct shscript {
	const struct forest *f;		/* finished, with all events kept */
	bool chain;	/* tell the commands of its ancestors as well */
};

/* Writes what runs the last command of a process again, in a subshell, as far
 * as the recording has it: its directory, its environment where that differs
 * from the root's, its arguments, and descriptors 0 to 2 that were closed,
 * /dev/null, or files whose names are in the recording. Whatever cannot be had again, such as the other end of a pipe,
 * is told in comments. False if it executed nothing, or not all of its
 * arguments are known: then there are only comments. */
bool shscript_write(const struct shscript *, const struct process *, FILE *);

#endif
