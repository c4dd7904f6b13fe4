/* shquote - words for a shell: to be run again, or to be read */
#ifndef SHQUOTE_H
#define SHQUOTE_H

#include "base/buf.h"

/* Appends the bytes (none of which is a NUL) as one word that a POSIX shell
 * turns into them: as they are if nothing in them is special, else in single
 * quotes. What text_visible() escapes, but for newline, is written by printf(1),
 * so that the word can be shown on a terminal, and pasted there. */
void shquote(struct buf *, const char *p, size_t n);

/* Appends what an escaped value (text_escape()) stands for as one word of one
 * line, to be read: as it is if nothing in it is special, else in single quotes,
 * or, if text_visible() would escape something in it, as $'a\nb'. Bash, zsh and
 * ksh, and sh as POSIX.1-2024 has it, turn it into the bytes again, but for
 * \u202e and the like, which not every sh knows. */
void shquote_shown(struct buf *, const char *p, size_t n);

/* The same of the first word of a command, which is quoted as well if a shell
 * would not take it for the name of a program: A=b, if. */
void shquote_shown_first(struct buf *, const char *p, size_t n);

#endif
