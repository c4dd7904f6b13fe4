/* shquote - words for a POSIX shell */
#ifndef SHQUOTE_H
#define SHQUOTE_H

#include "base/buf.h"

/* Appends the bytes (none of which is a NUL) as one word that a POSIX shell
 * turns into them: as they are if nothing in them is special, else in single
 * quotes. Control characters, but for newline and TAB, and bytes that are not
 * UTF-8 are written by printf(1), so that the word can be shown on a terminal. */
void shquote(struct buf *, const char *p, size_t n);

#endif
