/* snapshot - processes that exist already, described by events
 *
 * Of each, /proc/PID/stat, comm, cwd, cmdline and exe (proc(5)) make an exec event
 * with snapshot=1, as if it had executed its command at the given time.
 * Linux only. */
#ifndef SNAPSHOT_H
#define SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "tree/members.h"

/* Adds to the tree all processes whose parent is a member of it; if all, those
 * without a parent as well; each since it began (procstat.h). Calls added(arg,
 * pid) for each new one, parents first. Returns how many were new: until there
 * are none, because a process may fork while this looks. */
size_t snapshot_find(struct members *, bool all,
    void (*added)(void *arg, int32_t pid), void *arg);

/* It exists, and is no zombie. */
bool snapshot_lives(int32_t pid);

/* The process of which it is a thread other than the first; 0: of none. /proc
 * has such a thread under its number, but does not list it. */
int32_t snapshot_thread_of(int32_t pid);

/* Appends the event of a process; nothing if it is gone. */
void snapshot_add(struct buf *lines, int32_t pid, uint64_t ts);

#endif
