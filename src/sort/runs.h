/* runs - lines in order, in a temporary file, to be merged
 *
 * The file has no name, so nothing is left of it however the program ends. It
 * holds nothing but runs, one behind the other; in a run no line is earlier
 * than the one before it. */
#ifndef SORT_RUNS_H
#define SORT_RUNS_H

#include <sys/types.h>

#include <stdint.h>
#include <stdio.h>

#include "sort/merge.h"

#define RUNS_BUFFER_MIN ((size_t)16 * 1024)

/* all zero is closed */
struct runs {
	FILE *fp;
	char *buf;		/* of fp */
	struct run {
		off_t start, end;
		uint64_t last;	/* the time of its last line */
	} *runs;
	size_t n, cap;
	struct runs_source *sources;	/* those being merged */
	struct merge merge;
};

/* Makes the file in the directory: 0, or -1, see errno. */
int runs_open(struct runs *, const char *dir);

/* Appends a line with its newline, to the last run if it can follow there, or
 * else as a new one: 0, or -1, see errno. */
int runs_add(struct runs *, uint64_t ts, const char *line, size_t len);

/* Writes all lines to fp, in order, those of equal times in the order of
 * their runs, with size bytes of memory, RUNS_BUFFER_MIN or more for each
 * run. 0, or -1 if the file cannot be written or read, see errno. Stops early
 * when ferror(fp). */
int runs_write(struct runs *, void *memory, size_t size, FILE *fp);

/* Merges every so many runs as the memory allows into one of another file,
 * which is open: 0, or -1 if a file cannot be written or read, see errno. */
int runs_pass(struct runs *from, struct runs *to, void *memory, size_t size);

void runs_close(struct runs *);

#endif
