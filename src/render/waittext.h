/* waittext - what a process waits for, in words */
#ifndef WAITTEXT_H
#define WAITTEXT_H

#include "analysis/waitgraph.h"
#include "base/buf.h"

/* Appends it: "waits for a child", "reads the terminal /dev/pts/1 (fd 0)", "is
 * in syscall 165". */
void waittext_add(struct buf *, const struct waitgraph *,
    const struct waitgraph_wait *);

#endif
