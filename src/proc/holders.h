/* holders - who outside of a tree holds the pipes that its processes wait for
 *
 * /proc/PID/fd (proc(5)) of all processes that we may look at tells it, of pipes
 * without a name only. Linux only. */
#ifndef HOLDERS_H
#define HOLDERS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* After the fd and wait events of one look, which begin at lines->p + from: appends
 * a holder event (proctrace-events(5)) for each process that is not in the look,
 * nor this one, and has the other end of a pipe that one in it waits for; at most
 * HOLDERS_MAX. Nothing is read unless somebody waits for a pipe. */
void holders_add(struct buf *lines, size_t from, uint64_t ts);

enum { HOLDERS_MAX = 100 };

#endif
