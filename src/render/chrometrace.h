/* chrometrace - a forest as Chrome trace events
 *
 * The format is the "Trace Event Format", which Perfetto, chrome://tracing and
 * speedscope read. Each event is a line of its own. Each process is a thread
 * of process 1, whose tid is its number in the forest + 1, since PIDs are used
 * again; its PID is in the name. Slices of a thread nest, and are exact to the
 * nanosecond. Times count from the start of the first process. */
#ifndef CHROMETRACE_H
#define CHROMETRACE_H

#include <stdio.h>

#include "tree/forest.h"

/* Writes a finished forest that has a process; stops when writing fails, see
 * ferror(). Keeps nothing of what it writes. */
void chrometrace_write(const struct forest *, FILE *);

#endif
