/* chars - classes of characters in a text, and where they end
 *
 * The classes are those of rules.h, a bit each. */
#ifndef SECRET_CHARS_H
#define SECRET_CHARS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "secret/rules.h"

/* what names consist of */
enum { SECRET_CHARS_NAME = SECRET_WORD | SECRET_DOT };

/* by character; filled by secret_chars_init() */
extern unsigned char secret_chars_classes[256];

/* To be called before the others, once or more often. */
void secret_chars_init(void);

static inline bool
secret_chars_is(char c, unsigned set)
{
	return secret_chars_classes[(unsigned char)c] & set;
}

/* where what consists of these classes ends, from i on */
static inline size_t
secret_chars_end(struct slice s, size_t i, unsigned set)
{
	while (i < s.len && secret_chars_is(s.p[i], set))
		i++;
	return i;
}

/* and where it begins, from i back */
static inline size_t
secret_chars_begin(struct slice s, size_t i, unsigned set)
{
	while (i > 0 && secret_chars_is(s.p[i - 1], set))
		i--;
	return i;
}

/* where the first of some characters stands from i on, or the end */
size_t secret_chars_find_any(struct slice, size_t i, const char *chars);

#endif
