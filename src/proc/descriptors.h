/* descriptors - what a live process has open, and what it waits for
 *
 * /proc/PID/fd and fdinfo (proc(5)) tell what is open, threadwait.h tells the waits.
 * Linux only. */
#ifndef DESCRIPTORS_H
#define DESCRIPTORS_H

#include <stdint.h>

#include "base/buf.h"

/* Appends an event line "fd" for each descriptor of the process and "wait" for
 * each of its threads that is in a system call which waits, in
 * proctrace-events(5). One that is not ours to look at, or has nothing, is there
 * by a "wait" for nothing; one that is gone is not. */
void descriptors_add(struct buf *lines, int32_t pid, uint64_t ts);

/* How a descriptor of a process is open: "r", "w" or "rw"; "" if it is not, or not
 * ours to look at. */
const char *descriptors_mode(int32_t pid, int fd);

#endif
