/* table - tables of processes, as text that a person reads */
#ifndef TABLE_H
#define TABLE_H

#include "cli/term.h"
#include "tree/forest.h"

/* widths of columns; to the left if negative */
enum {
	TABLE_COUNT = 7, TABLE_TIME = 10, TABLE_PID = 8, TABLE_END = -11,
	TABLE_LABEL = -14,
};

/* How many of n rows are shown, if so many are asked for at most; 0: all. */
static inline size_t
table_rows(size_t top, size_t n)
{
	return top && top < n ? top : n;
}

struct table {
	const struct term *term;
	size_t columns;		/* of a line, the rest is cut; 0: not cut */
	struct buf *out;
	size_t line;		/* where it begins in out */
	struct buf cell;	/* being made; free(cell.p) when done */
};

/* An empty line and the heading; it says so if not all rows are shown. */
void table_begin(struct table *, const char *heading, size_t shown,
    size_t rows);

/* A cell of ASCII, and what separates it from the next one. */
void table_text(struct table *, int width, const char *s);
/* that of what was added to cell */
void table_cell(struct table *, int width);
void table_count(struct table *, size_t);
void table_time(struct table *, uint64_t ns);
/* PID, or PID/LIFE if it is not the first one */
void table_pid(struct table *, const struct process *);

/* The last cell, as text_visible() gives it. */
void table_end(struct table *, const char *p, size_t n);
/* its command at a moment, or at its end (NULL) */
void table_end_process(struct table *, const struct process *,
    const struct moment *at);
/* A line of two: the label, and what was added to cell. */
void table_total(struct table *, const char *label);

#endif
