/* logs - the lines of several logs of strace in the order of time
 *
 * All of them are in memory: strace -ff makes many files, and each is of one
 * process. Those tell no PIDs in their lines, but have it behind the last dot
 * of their names. */
#ifndef IMPORT_LOGS_H
#define IMPORT_LOGS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct logs_line {
	uint64_t ns;
	size_t file, lineno;	/* file: number of its log, from 0 */
	size_t begin, len;	/* in bytes; "PID " in front, if it is the name
				 * of the file that tells */
};

/* all zero is none */
struct logs {
	struct logs_line *lines;
	size_t n, cap;
	struct buf bytes;
	struct logs_file *files;
	size_t nfiles, files_cap;
};

/* Adds a line; name is that of its file, and another one than before where
 * another file begins. */
void logs_add(struct logs *, const char *name, size_t lineno, const char *line,
    size_t len);

/* No more lines: puts them into order. NULL, or the reason why there is none:
 * *name is the file then. */
const char *logs_sort(struct logs *, const char **name);

const char *logs_name(const struct logs *, const struct logs_line *);

void logs_free(struct logs *);

#endif
