/* rows - processes as rows of columns: text for people, CSV, lines of JSON */
#ifndef ROWS_H
#define ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "cli/term.h"
#include "render/columns.h"

enum rows_format { ROWS_TEXT, ROWS_CSV, ROWS_JSON };

struct rows {
	enum rows_format format;
	const struct columns_column **columns;
	size_t ncolumns;
	bool header;		/* of TEXT and CSV */
	const struct term *term;	/* of TEXT */
	size_t width;		/* its lines are cut there; 0: they are not */
};

/* Writes n processes in this order. Text takes them twice, to find out how
 * wide its columns are. ferror(to) tells. */
void rows_write(const struct rows *, struct columns *,
    const struct process *const *, size_t n, FILE *to);

#endif
