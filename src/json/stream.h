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
struct jsonout {
	FILE *to;
	struct buf buf;
	bool comma;	/* something is before in this object or array */
};

/* '{' or '[', behind its name in an object, which is written as it is; NULL in
 * an array */
void jsonout_begin(struct jsonout *, const char *name, char bracket);
void jsonout_end(struct jsonout *, char bracket);

/* in an object, before a value that is none of the above */
void jsonout_key(struct jsonout *, const char *name);
void jsonout_number(struct jsonout *, int64_t);
void jsonout_null(struct jsonout *);
/* UTF-8. Escaped are "<", the C1 controls, and the characters from U+2000 to
 * U+207F as well: line separators, and what changes the direction of text. */
void jsonout_string(struct jsonout *, const char *p, size_t n);

/* writes out what is left, and frees */
void jsonout_finish(struct jsonout *);

#endif
