/* threadwait - what the threads of a live process wait for
 *
 * /proc/PID/task/TID/syscall and stat, fdinfo and mem (proc(5)) tell it. Linux
 * only. */
#ifndef THREADWAIT_H
#define THREADWAIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* whose threads are looked at */
struct threadwait {
	int32_t pid;
	uint64_t ts;		/* of the events */
	struct buf *lines;	/* the caller's: where they go */
	bool foreign;		/* its system calls have other numbers than ours */
};

void threadwait_init(struct threadwait *, struct buf *lines, int32_t pid,
    uint64_t ts);

/* Appends an event line "wait" of proctrace-events(5) if this thread is in a
 * system call that waits, is stopped or runs: one for each descriptor that it
 * waits for. Nothing, if it has ended or is not ours to look at. */
void threadwait_add(const struct threadwait *, int tid);

/* Appends a "wait" without a call: the process is there, and nothing can be seen
 * of it. */
void threadwait_add_unknown(const struct threadwait *);

#endif
