/* stream - one large document of JSON, written as it is made
 *
 * Memory does not grow with it, unlike jsonl's, and it may stand in a script
 * element of HTML. */
#ifndef JSON_STREAM_H
#define JSON_STREAM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"

/* all zero but for to */
struct json_stream {
	FILE *to;
	struct buf buf;
	bool comma;	/* something is before in this object or array */
};

/* '{' or '[', behind its name in an object, which is written as it is; NULL in
 * an array */
void json_stream_begin(struct json_stream *, const char *name, char bracket);
void json_stream_end(struct json_stream *, char bracket);

/* in an object, before a value that is none of the above */
void json_stream_key(struct json_stream *, const char *name);
void json_stream_number(struct json_stream *, int64_t);
/* the largest that an integer of JSON usually may be, if it is larger */
void json_stream_count(struct json_stream *, uint64_t);
void json_stream_null(struct json_stream *);
void json_stream_true(struct json_stream *);
/* UTF-8, as json_literal_text() writes it in HTML */
void json_stream_string(struct json_stream *, const char *p, size_t n);

/* writes out what is left, and frees */
void json_stream_finish(struct json_stream *);

#endif
