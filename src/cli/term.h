/* term - what a terminal shows, and how much of it fits on a line */
#ifndef TERM_H
#define TERM_H

#include <stdbool.h>

#include "base/buf.h"

struct term {
	bool utf8;		/* the locale's characters are; else write ASCII only */
	bool colour;		/* a terminal with colours, and no NO_COLOR */
	size_t columns;		/* of a line; 0: no limit, it is no terminal */
	size_t rows;		/* that can be seen at once; 0: it is no terminal */
};

/* What the file descriptor leads to. Sets LC_CTYPE from the environment. */
void term_open(struct term *, int fd);

/* Colours as the user asks for them: "auto" (as they are), "always", "never".
 * False if it is none of these. */
bool term_choose_colour(struct term *, const char *when);

/* Appends text, which is as text_visible() gives it, cut to so many columns (0:
 * not cut) with an ellipsis in place of its end: the columns that it takes.
 * Without UTF-8, bytes that are not ASCII are shown as \xHH. */
size_t term_add(const struct term *, struct buf *, const char *p, size_t n,
    size_t columns);

/* Appends what begins (SGR parameters: "31" is red), or ends (NULL), a colour;
 * nothing without colours. */
void term_colour(const struct term *, struct buf *, const char *sgr);

#endif
