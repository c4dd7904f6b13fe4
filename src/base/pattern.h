/* pattern - a string or a POSIX regular expression to be found in bytes
 *
 * It is matched in the locale of the program, which is C: bytes that are not UTF-8
 * are characters like any other. */
#ifndef PATTERN_H
#define PATTERN_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

enum pattern_syntax { PATTERN_FIXED, PATTERN_BASIC, PATTERN_EXTENDED };

struct pattern {
	const char *string;	/* the caller's, if it is just that; else NULL */
	regex_t re;
};

struct pattern_match {
	size_t begin, end;	/* of the match */
	size_t group, group_end;	/* of the first \(\) in it; the same if it
					 * has none, or none that took part */
};

/* NULL, or the reason why it is no regular expression, valid until the next
 * call. The string must remain. */
const char *pattern_compile(struct pattern *, const char *string,
    enum pattern_syntax, bool ignore_case);

/* Finds the first match at or after from. A NUL must follow the text; each
 * NUL in it ends a piece, and what is matched is each of the pieces. No memory
 * ends the program with a message and status 2: it is no answer. */
bool pattern_find(const struct pattern *, const char *text, size_t len,
    size_t from, struct pattern_match *);

void pattern_free(struct pattern *);

#endif
