/* spill - lines in order, in a temporary file, to be merged
 *
 * The file has no name, so nothing is left of it however the program ends. It
 * holds nothing but runs, one behind the other; in a run no line is earlier
 * than the one before it. */
#ifndef SORT_SPILL_H
#define SORT_SPILL_H

#include <sys/types.h>

#include <stdint.h>
#include <stdio.h>

#include "sort/merge.h"

#define SPILL_BUFFER_MIN ((size_t)16 * 1024)

/* all zero is closed */
struct spill {
	FILE *fp;
	char *buf;		/* of fp */
	struct run {
		off_t start, end;
		uint64_t last;	/* the time of its last line */
	} *runs;
	size_t n, cap;
	struct spill_source *sources;	/* those being merged */
	struct merge merge;
};

/* Makes the file in the directory: 0, or -1, see errno. */
int spill_open(struct spill *, const char *dir);

/* Appends a line with its newline, to the last run if it can follow there, or
 * else as a new one: 0, or -1, see errno. */
int spill_add(struct spill *, uint64_t ts, const char *line, size_t len);

/* Writes all lines to fp, in order, those of equal times in the order of
 * their runs, with size bytes of memory, SPILL_BUFFER_MIN or more for each
 * run. 0, or -1 if the file cannot be written or read, see errno. Stops early
 * when ferror(fp). */
int spill_write(struct spill *, void *memory, size_t size, FILE *fp);

/* Merges every so many runs as the memory allows into one of another file,
 * which is open: 0, or -1 if a file cannot be written or read, see errno. */
int spill_pass(struct spill *from, struct spill *to, void *memory, size_t size);

void spill_close(struct spill *);

#endif
