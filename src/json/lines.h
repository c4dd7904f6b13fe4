/* lines - lines of JSON, {"NAME":{"KEY":VALUE,...}}, being written
 *
 * Strict JSON in valid UTF-8 with no control character in it. */
#ifndef JSON_LINES_H
#define JSON_LINES_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"

struct json_object;
struct jsonl_shape;

/* lines being written; all zero at first */
struct jsonl_out {
	struct jsonl_shape *shapes;	/* private */
	struct jsonl_shape *now;	/* that of the line */
	size_t oldest;
	struct json_object *array;	/* the one that is open, or NULL */
	size_t nitems;
	struct buf clean;
};

/* The line's name, then its keys in order, then jsonl_end(), which writes it.
 * Of a key that comes twice the first one counts. Bytes that are not UTF-8
 * become U+FFFD. No memory ends the program with a message and status 2. */
void jsonl_begin(struct jsonl_out *, const char *name);
void jsonl_null(struct jsonl_out *, const char *key);
void jsonl_number(struct jsonl_out *, const char *key, int64_t);
void jsonl_string(struct jsonl_out *, const char *key, const char *p, size_t len);
void jsonl_array(struct jsonl_out *, const char *key);	/* then each string: */
void jsonl_item(struct jsonl_out *, const char *p, size_t len);
void jsonl_end(struct jsonl_out *, FILE *);

void jsonl_out_free(struct jsonl_out *);

#endif
