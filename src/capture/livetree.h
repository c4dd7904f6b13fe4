/* livetree - who of the traced tree is alive
 *
 * It is kept from the forks and exits of a running capture, in the order of time. With
 * bpftrace it is as old as the oldest line that any CPU still owes (reorder.h),
 * and a process is told by its PID and the time of its fork from who has the PID
 * later (identity.h). strace has no such times, and its log tells of a vfork(2)
 * only when that returns; so there the processes that are looked at, and that get
 * signals, are those that the kernel names as strace's (tracees.h). Linux only. */
#ifndef LIVETREE_H
#define LIVETREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event/event.h"
#include "tree/members.h"

struct livetree;

/* A tree whose lines come from these CPUs ("0-3"); NULL: in the order of time
 * already. Free with livetree_free(). */
struct livetree *livetree_new(const char *cpus);

/* This strace, which has not ended, traces the tree. */
void livetree_set_tracer(struct livetree *, int32_t strace);

/* The time 0 of the events is this one of CLOCK_BOOTTIME, in ns, or earlier. */
void livetree_set_origin(struct livetree *, uint64_t boot_ns);

/* This program is in a PID namespace of its own: it cannot look at the
 * members, nor send them signals, by the PIDs that the recording has. */
void livetree_set_foreign(struct livetree *);

/* From now on this PID's next life is the root. */
void livetree_set_root(struct livetree *, int32_t pid);

/* Adds processes that exist already, and what descends from them (everything
 * there is, if all): snapshot.h. The tracer is told of each. False, after a
 * message for each, if all of them have ended. */
bool livetree_adopt(struct livetree *, const int32_t *pids, size_t n, bool all);

/* Appends snapshot events of those that live, but for these, at that time. */
void livetree_snapshot(const struct livetree *, const struct members *but, uint64_t ts,
    struct buf *lines);

/* Takes the next line, whatever it is: what has a cpu= tells how far that CPU
 * is, even if it is no fork and no exit. The process of a root line lives. */
void livetree_take(struct livetree *, const struct event *);

/* No more lines will come of this CPU. */
void livetree_forget(struct livetree *, int32_t cpu);

/* Their ends may have been lost: takes those off that /proc does not have. */
void livetree_bury(struct livetree *);

size_t livetree_size(const struct livetree *);
/* as far as is known, this PID is one of it */
bool livetree_has(const struct livetree *, int32_t pid);

/* Says on stderr who they are, as far as /proc knows; and why SIGKILL has not
 * ended them, if it was sent. */
void livetree_print(const struct livetree *, bool killed);

/* Appends what they have open and wait for at that time: descriptors.h. */
void livetree_describe(const struct livetree *, uint64_t ts, struct buf *lines);

/* Sends all of them a signal, and nobody else, whoever has their PIDs by now;
 * false: nobody, see livetree_set_foreign(). */
bool livetree_signal(const struct livetree *, int sig);

void livetree_free(struct livetree *);

#endif
