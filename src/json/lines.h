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
struct json_lines_shape;

/* lines being written; all zero at first */
struct json_lines_out {
	struct json_lines_shape *shapes;	/* private */
	struct json_lines_shape *now;	/* that of the line */
	size_t oldest;
	struct json_object *array;	/* the one that is open, or NULL */
	size_t nitems;
	struct buf clean;
};

/* The line's name, then its keys in order, then json_lines_end(), which writes it.
 * Of a key that comes twice the first one counts. Bytes that are not UTF-8
 * become U+FFFD. No memory ends the program with a message and status 2. */
void json_lines_begin(struct json_lines_out *, const char *name);
void json_lines_null(struct json_lines_out *, const char *key);
void json_lines_number(struct json_lines_out *, const char *key, int64_t);
void json_lines_string(struct json_lines_out *, const char *key, const char *p, size_t len);
void json_lines_array(struct json_lines_out *, const char *key);	/* then each string: */
void json_lines_item(struct json_lines_out *, const char *p, size_t len);
void json_lines_end(struct json_lines_out *, FILE *);

void json_lines_out_free(struct json_lines_out *);

#endif
