/* eventtext - what there is to say about an event of a process, in a line */
#ifndef EVENTTEXT_H
#define EVENTTEXT_H

#include <stdbool.h>

#include "tree/forest.h"

/* Appends what happened, readable: "exec failed ENOENT /sbin/cc", "is sent SIGTERM
 * by sh (pid 42) SI_USER"; of an exec only if the process has several. False if
 * there is nothing to say. */
bool eventtext_what(struct buf *, const struct process *, const struct moment *);

/* Appends where an exec happened and what it is connected to, as far as it is
 * not the same as of the exec before (NULL: there is none): "in /usr, fd1
 * pipe:1234". False if there is nothing to say. The buf is empty before. */
bool eventtext_where(struct buf *, const struct event *exec,
    const struct event *before);

/* Appends the labels of a recording, readable: "commit=abc, shard=3". False if there
 * are none. */
bool eventtext_labels(struct buf *, const struct event *trace);

#endif
