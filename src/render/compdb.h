/* compdb - the compilations of a recording as a compilation database
 *
 * The format is Clang's "JSON Compilation Database": an array of objects with
 * "directory", "file", "arguments" and, where it is known, "output". */
#ifndef COMPDB_H
#define COMPDB_H

#include <stdio.h>

#include "base/slice.h"
#include "tree/forest.h"

struct compdb {
	const char *directory;	/* of commands whose own is not recorded,
				 * escaped as values are; or NULL: those are
				 * left out */
	bool existing;		/* only sources that are there now */

	/* what was left out, or could not be written as it was */
	size_t nwithout;	/* no directory */
	size_t ncut;		/* not all of their arguments are recorded */
	size_t nbytes;		/* bytes that are not UTF-8, which JSON cannot
				 * hold */
};

/* Writes one object for each source that a process of the finished forest
 * compiled. A compiler that another compilation runs (of ccache, or a driver's
 * own) is a part of that, and the same source in the same directory with the
 * same output is there once: as it was compiled last. O(n log n) */
void compdb_write(struct compdb *, const struct forest *, FILE *);

#endif
