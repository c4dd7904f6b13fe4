/* whytext - why the processes of a recording do not end, in words; no I/O */
#ifndef WHYTEXT_H
#define WHYTEXT_H

#include <stdbool.h>

#include "base/buf.h"
#include "tree/forest.h"

/* Appends in words, for the look that tells most: who was alive, who started
 * it, which pipes keep whom waiting, and who waits in a circle. False: the
 * recording has no look at its live processes. */
bool whytext_report(const struct forest *, struct buf *);

#endif
