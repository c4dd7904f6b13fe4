/* progress - a line on the terminal that says how far a program is
 *
 * It is shown on standard error, and only if that is a terminal: never in a pipe or
 * a file.
 * There is one for the whole program. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <sys/types.h>

/* Somebody can see it. */
bool progress_visible(void);

/* Shows a line in place of the one before: ASCII, less than 80 characters.
 * The cursor stays at its begin: what others write goes over it. */
void progress_show(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

/* Takes the line away, if there is one: before a message, and at the end. */
void progress_clear(void);

/* A filter has read so many bytes of a file of this size: shown when reading
 * has taken some seconds, and standard output is not on a terminal too. Leaves
 * errno alone, which may say why something was not written. */
void progress_read(off_t done, off_t size);

#endif
