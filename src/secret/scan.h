/* scan - where secrets stand in a text, by names and by shapes
 *
 * It is a guess, and finds rather too much than too little. Nothing is kept but
 * what was found; no I/O. */
#ifndef SECRET_SCAN_H
#define SECRET_SCAN_H

#include <stdbool.h>

#include "base/buf.h"

/* a text, such as one argument of a command, or a part of one */
struct secret_scan_text {
	size_t number;		/* of the text, as the caller counts them */
	size_t offset;		/* where the part begins in it */
	struct slice s;
};

struct secret {
	size_t text;		/* the number of its text */
	size_t begin, end;	/* in the whole of it */
	const char *rule;	/* what it was found by, for a person */
};

/* all zero is none */
struct secret_scan {
	struct secret *found;
	size_t n, cap;
};

/* Adds the secrets of a text. script: it is a command line, or another text
 * of many words; else it is one word (or argument, which may hold blanks), and
 * the value in NAME=VALUE is all of its rest. O(n) */
void secret_scan_find(struct secret_scan *, const struct secret_scan_text *, bool script);

/* Adds one, from begin to end in the part; nothing if that is empty. */
void secret_scan_add(struct secret_scan *, const struct secret_scan_text *, size_t begin,
    size_t end, const char *rule);

/* Puts them into the order of the texts and makes one of those that overlap.
 * To forget them all: n = 0; free(found) when done. */
void secret_scan_merge(struct secret_scan *);

#endif
