/* whytext - why the processes of a recording do not end, in words; no I/O
 *
 * One module because what is told of a process beside a pipe is not told again
 * beside the process, and so all of it has to know what the rest has told. */
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
