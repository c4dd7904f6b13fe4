/* jsonl - lines of JSON, {"NAME":{"KEY":VALUE,...}}, out and in, and documents
 *
 * The only module that knows json-c. What leaves here is strict JSON in valid
 * UTF-8 with no control character in it, whatever the bytes were; what comes
 * in is refused unless it is strict JSON too: json-c by itself takes NaN,
 * makes large integers smaller, ends a key at its first NUL, and lets through
 * what is not UTF-8. */
#ifndef JSONL_H
#define JSONL_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "buf.h"

struct json_object;
struct json_tokener;
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

/* a document being made, which is in memory until it is written; all zero at
 * first */
struct jsonl_doc {
	struct json_object *root;
	struct json_object **open;	/* the innermost is the last */
	size_t nopen, cap;
	struct buf clean;
};

/* The first object is the document. Values go into the innermost object or
 * array that is open; the key is NULL in an array, and for the document. Of
 * a key that comes twice the last one counts. Strings are as above. */
void jsonl_doc_object(struct jsonl_doc *, const char *key);
void jsonl_doc_array(struct jsonl_doc *, const char *key);
void jsonl_doc_close(struct jsonl_doc *);
void jsonl_doc_null(struct jsonl_doc *, const char *key);
void jsonl_doc_number(struct jsonl_doc *, const char *key, int64_t);
void jsonl_doc_decimal(struct jsonl_doc *, const char *key, double);
void jsonl_doc_string(struct jsonl_doc *, const char *key, const char *p,
    size_t len);

/* Writes it, indented, and frees. */
void jsonl_doc_write(struct jsonl_doc *, FILE *);

enum jsonl_type {
	JSONL_NULL,	/* null */
	JSONL_TEXT,	/* text: the bytes of a string; anything else as JSON */
	JSONL_ARRAY,	/* of strings only: in items; text: as JSON */
};

struct jsonl_field {
	struct slice key;
	enum jsonl_type type;
	struct slice text;
	size_t first, n;	/* of the items */
};

/* a line taken apart; all zero is none */
struct jsonl_in {
	struct slice name;
	struct jsonl_field *fields;
	size_t nfields;
	struct slice *items;

	struct json_tokener *tokener;
	struct json_object *line;
	size_t fields_cap, nitems, items_cap;
};

/* Takes a line apart; what it refers to is valid until the next call. NULL,
 * or the reason why it is no line of this form. */
const char *jsonl_parse(struct jsonl_in *, const char *line, size_t len);

/* The field of that key, or NULL. */
const struct jsonl_field *jsonl_find(const struct jsonl_in *, const char *key);

void jsonl_in_free(struct jsonl_in *);

#endif
