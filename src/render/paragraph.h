/* paragraph - sentences, broken into lines */
#ifndef PARAGRAPH_H
#define PARAGRAPH_H

#include "cli/term.h"

/* Appends text, as text_visible() gives it, in lines of at most so many columns
 * (0: in one line), broken at blanks; the first line is indented by first
 * columns, the others by more. A word that is too long for a line is cut. */
void paragraph_add(struct buf *, const struct term *, const char *p, size_t n,
    size_t columns, size_t first, size_t more);

#endif
