/* extsort - lines ordered by time, more of them than memory holds
 *
 * Lines gather in one block of memory, their text from its start, their times
 * from its end. A full block is put in order and becomes a run in a temporary
 * file; the runs are merged. Lines of equal times stay in the order they came
 * in. */
#ifndef EXTSORT_H
#define EXTSORT_H

#include <stdint.h>
#include <stdio.h>

#define EXTSORT_MEMORY_MIN 65536

struct extsort;

/* What to sort with: bytes of memory, at least EXTSORT_MEMORY_MIN, and the
 * directory for temporary files (it stays the caller's). A line of any length
 * passes. Free with extsort_free(). */
struct extsort *extsort_new(size_t memory, const char *dir);

/* Takes a line with its newline, which is copied: 0, or -1 if a temporary
 * file cannot be made or written, see errno. */
int extsort_add(struct extsort *, uint64_t ts, const char *line, size_t len);

/* Writes all lines in order; to be called once. 0, or -1 if a temporary file
 * cannot be made, written or read, see errno. Stops early when ferror(fp). */
int extsort_write(struct extsort *, FILE *fp);

void extsort_free(struct extsort *);

#endif
