/* waittext - what a process waits for, in words */
#ifndef WAITTEXT_H
#define WAITTEXT_H

#include "analysis/waitgraph.h"
#include "base/buf.h"

/* Appends it: "waits for a child", "reads the terminal /dev/pts/1 (fd 0)", "is
 * in syscall 165". */
void waittext_add(struct buf *, const struct waitgraph *,
    const struct waitgraph_wait *);

/* Appends which of the standard descriptors of an ended command a process that
 * it left has open, if somebody may wait for their end: "; holds the standard
 * output of the command (fd 1), and who reads that waits". */
void waittext_add_held(struct buf *, const struct waitgraph *,
    const struct process *, const struct process *command);

/* Appends whom a holder event is about: "make -j2 (pid 7, fd 1)". */
void waittext_add_outsider(struct buf *, const struct event *);

#endif
