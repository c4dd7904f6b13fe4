/* linebuf - the lines of some files, numbered, and what was bad about them */
#ifndef LINEBUF_H
#define LINEBUF_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"

/* all zero but for what linebuf_open() sets; the fields are for reading */
struct linebuf {
	const char *name;	/* of the current file, as messages show it */
	size_t lineno;		/* of the current line, from 1 */
	size_t nbad;		/* lines reported with linebuf_bad() */
	char *line;		/* not NUL-terminated; valid until the next call */
	size_t len;		/* without the newline, which follows in line */

	char *const *files;
	int fd;
	struct buf buf, shown;
	size_t pos;		/* of the next line in buf */
	off_t done, size;	/* bytes read, and of the file; 0: unknown */
	bool eof;
};

/* Lines of the files of a NULL-terminated list (it stays the caller's), "-"
 * being standard input; of standard input alone if the list is empty. */
void linebuf_open(struct linebuf *, char *const files[]);

/* 1: the next line is in line and len; 0: no more; -1: the file name cannot
 * be read, see errno. A last line without a newline is a cut record: it is
 * reported and not delivered, and so is a file that gzip has made. Flushes standard output before it waits for
 * input, so that a filter in a live pipeline holds nothing back. Shows how far
 * a long file is (progress.h). */
int linebuf_next(struct linebuf *);

/* Reports the current line as bad, "name:lineno: reason": the first ten on
 * stderr, the rest only counted. */
void linebuf_bad(struct linebuf *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Says how many bad lines were not shown, frees. */
void linebuf_close(struct linebuf *);

#endif
