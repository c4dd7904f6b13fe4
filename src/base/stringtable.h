/* stringtable - each string once, by number */
#ifndef STRINGTABLE_H
#define STRINGTABLE_H

#include <stdbool.h>

#include "base/buf.h"

/* all zero is none */
struct strings {
	struct slice *list;	/* by number */
	size_t n, cap;

	struct strings_index *index;	/* private */
};

/* The number of a string, which is copied if it is new: in the order in which
 * they came, from 0 on. O(1) */
size_t strings_add(struct strings *, const char *p, size_t len);

/* Whether it is there, and its number. O(1) */
bool strings_find(const struct strings *, const char *p, size_t len,
    size_t *number);

void strings_free(struct strings *);

#endif
