/* shape - a command without the names that change from run to run
 *
 * Commands of the same shape are the same step of a job. */
#ifndef SHAPE_H
#define SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Appends text with '*' for each name in a directory of temporary files (but
 * its suffix), and '#' for each word that is a hash: at least 7 hexadecimal
 * digits in lower case, with a number among them; and also, if so, for each
 * number. */
void shape_add(struct buf *, const char *p, size_t n, bool numbers);

#endif
