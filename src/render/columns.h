/* columns - what there is to say about a process, a value at a time
 *
 * One module because a column is a row of one table, and the function beside it that
 * makes its value. */
#ifndef COLUMNS_H
#define COLUMNS_H

#include <stdbool.h>
#include <stdint.h>

#include "analysis/files.h"
#include "base/buf.h"
#include "tree/forest.h"
#include "tree/spans.h"

/* A type of values is written in one way everywhere, whatever the column. */
enum columns_type {
	COLUMNS_NUMBER,
	COLUMNS_TIME,	/* ns */
	COLUMNS_TEXT,	/* bytes, escaped as in a recording */
	COLUMNS_ARGV,	/* as event_argv() gives it */
};

/* what the values are found in; spans and files are the forest's */
struct columns {
	const struct forest *f;
	const struct span *spans;
	const struct files *files;
	struct buf text;	/* of the last value; free(text.p) when done */
};

struct columns_value {
	bool known;		/* else the recording does not tell it */
	int64_t number;		/* of NUMBER and TIME */
	struct slice text;	/* of TEXT and ARGV, until the next value */
};

struct columns_column {
	const char *name;	/* what a person calls it: "wall" */
	const char *key;	/* the same with its unit: "wall_ns" */
	enum columns_type type;

	/* private: a field of its last exec or of its exit, or how it is made */
	enum { COLUMNS_EXEC, COLUMNS_EXIT, COLUMNS_MADE } source;
	const char *field;
	void (*get)(struct columns *, const struct process *,
	    struct columns_value *);
};

/* All of them, in the order in which they are shown if no other is asked for;
 * the last one has no name. */
extern const struct columns_column columns_all[];

/* The one of that name, or of that key; or NULL. */
const struct columns_column *columns_find(struct slice name);

/* Its value for a process. O(1), but for what has to be copied. */
struct columns_value columns_get(struct columns *, const struct columns_column *,
    const struct process *);

#endif
