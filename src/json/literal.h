/* literal - strings and times of JSON, written as text
 *
 * It is for what is written by the million or must be exact to the digit. Strings are
 * raw UTF-8: Perfetto refuses a file in which a character is a pair of \u escapes.
 * It ends a string at \u0000, too, so but for json_literal_text() bytes come
 * out as text_visible() shows them. */
#ifndef JSON_LITERAL_H
#define JSON_LITERAL_H

#include <stdbool.h>

#include "base/buf.h"

enum json_literal_mode {
	JSON_LITERAL_SHORT,	/* "\n" rather than "\u000a" */
	JSON_LITERAL_LOOKS,	/* what has no look of its own is escaped by number:
				 * controls, and the characters from U+2000 to
				 * U+207F: line separators, and what changes the
				 * direction of text */
	JSON_LITERAL_SCRIPT,	/* so is "<": for a script element of HTML */
};

/* Appends a string, quoted, of UTF-8, which comes back as it is; a byte that is
 * not part of any becomes U+FFFD. All controls are escaped in every mode. */
void json_literal_text(struct buf *, const char *p, size_t n,
    enum json_literal_mode);

/* Appends a string, quoted, of bytes. */
void json_literal_string(struct buf *, const char *p, size_t n);

/* Appends the value of an event, escaped there, as a string; or as a number
 * if it is one, written as JSON writes them, that every reader keeps exactly. */
void json_literal_value(struct buf *, struct slice);
/* The same, but always as a string. */
void json_literal_value_string(struct buf *, struct slice);

/* Appends nanoseconds in microseconds, with three decimals: exact. */
void json_literal_us(struct buf *, uint64_t ns);

#endif
