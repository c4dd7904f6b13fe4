/* document - a document of JSON, which is in memory until it is written
 *
 * Strict JSON in valid UTF-8 with no control character in it. */
#ifndef JSON_DOCUMENT_H
#define JSON_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"

struct json_object;

/* all zero at first */
struct json_document {
	struct json_object *root;
	struct json_object **open;	/* the innermost is the last */
	size_t nopen, cap;
	struct buf clean;
};

/* The first object is the document. Values go into the innermost object or
 * array that is open; the key is NULL in an array, and for the document. Of
 * a key that comes twice the last one counts. Bytes of strings that
 * are not UTF-8 become U+FFFD. No memory ends the program with a message and
 * status 2. */
void json_document_object(struct json_document *, const char *key);
void json_document_array(struct json_document *, const char *key);
void json_document_close(struct json_document *);
void json_document_null(struct json_document *, const char *key);
void json_document_number(struct json_document *, const char *key, int64_t);
void json_document_decimal(struct json_document *, const char *key, double);
void json_document_string(struct json_document *, const char *key, const char *p,
    size_t len);

/* Writes it, indented, and frees. */
void json_document_write(struct json_document *, FILE *);

#endif
