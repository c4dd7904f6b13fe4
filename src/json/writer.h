/* writer - JSON being written: one document, or a line for each value
 *
 * It is strict JSON in valid UTF-8: bytes that are not part of it become U+FFFD, and
 * no control character comes out raw, so that it may be shown on a terminal.
 * Memory does not grow with what is written. A write that fails is seen in
 * ferror() of the file.
 *
 * json-c, which reads JSON here, does not write it: it builds each value in
 * memory first, lays [] out in another way in each version, and leaves DEL and
 * the C1 controls in strings. */
#ifndef JSON_WRITER_H
#define JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"

enum json_writer_mode {
	JSON_WRITER_LINES,	/* compact; each outermost value is a line */
	JSON_WRITER_PRETTY,	/* indented, for people */
	JSON_WRITER_SCRIPT,	/* compact, without a newline at the end; it may
				 * stand in a script element of HTML: "<" and
				 * the characters from U+2000 to U+207F (line
				 * separators, what changes the direction of
				 * text) are escaped as well, and controls are
				 * by number */
};

/* all zero but for to and mode */
struct json_writer {
	FILE *to;
	enum json_writer_mode mode;

	/* private */
	struct buf buf, open;	/* the brackets that close what is open */
	bool comma;		/* something is before in this object or array */
};

/* Each writes a value; the key is that in the innermost object that is open,
 * NULL in an array and for an outermost value. */
void json_writer_object(struct json_writer *, const char *key);
void json_writer_array(struct json_writer *, const char *key);
/* ends the innermost object or array */
void json_writer_close(struct json_writer *);

void json_writer_null(struct json_writer *, const char *key);
void json_writer_bool(struct json_writer *, const char *key, bool);
void json_writer_number(struct json_writer *, const char *key, int64_t);
/* the largest that an integer of JSON usually may be, if it is larger */
void json_writer_count(struct json_writer *, const char *key, uint64_t);
/* with at most four decimals, and no zeros at their end: the spelling that
 * every version of jq(1) gives it as well */
void json_writer_decimal(struct json_writer *, const char *key, double);
void json_writer_string(struct json_writer *, const char *key, const char *p,
    size_t len);
/* text that is JSON already */
void json_writer_literal(struct json_writer *, const char *key, struct slice);

/* Frees. An outermost value that is complete has been given to stdio. Another
 * one can follow. */
void json_writer_finish(struct json_writer *);

#endif
