/* parse - lines of JSON, {"NAME":{"KEY":VALUE,...}}, being read
 *
 * Lines that are not strict JSON are refused: json-c by itself takes NaN, makes large
 * integers smaller, ends a key at its first NUL, and lets through what is not
 * UTF-8. */
#ifndef JSON_PARSE_H
#define JSON_PARSE_H

#include <stddef.h>

#include "base/buf.h"

struct json_object;
struct json_tokener;

enum json_parse_type {
	JSON_PARSE_NULL,	/* null */
	JSON_PARSE_TEXT,	/* text: the bytes of a string; anything else as JSON */
	JSON_PARSE_ARRAY,	/* of strings only: in items; text: as JSON */
};

struct json_parse_field {
	struct slice key;
	enum json_parse_type type;
	struct slice text;
	size_t first, n;	/* of the items */
};

/* a line taken apart; all zero is none */
struct json_parse {
	struct slice name;
	struct json_parse_field *fields;
	size_t nfields;
	struct slice *items;

	struct json_tokener *tokener;
	struct json_object *line;
	size_t fields_cap, nitems, items_cap;
};

/* Takes a line apart; what it refers to is valid until the next call. NULL,
 * or the reason why it is no line of this form. */
const char *json_parse(struct json_parse *, const char *line, size_t len);

/* The field of that key, or NULL. */
const struct json_parse_field *json_parse_find(const struct json_parse *, const char *key);

void json_parse_free(struct json_parse *);

#endif
