/* livetree - who of the traced tree is alive
 *
 * Kept from the forks and exits of a running capture, in the order of time:
 * it is as old as the oldest line that any CPU still owes (order.h). Linux
 * only. */
#ifndef LIVETREE_H
#define LIVETREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event/event.h"
#include "tree/members.h"

struct family;

/* A family whose lines come from these CPUs ("0-3"); free with
 * family_free(). */
struct family *family_new(const char *cpus);

/* This program is in a PID namespace of its own: it cannot look at the
 * members, nor send them signals, by the PIDs that the recording has. */
void family_set_foreign(struct family *);

/* From now on this PID's next life is the root. */
void family_set_root(struct family *, int32_t pid);

/* Adds processes that exist already, and what descends from them (everything
 * there is, if all): snapshot.h. The tracer is told of each. False, after a
 * message for each, if all of them have ended. */
bool family_adopt(struct family *, const int32_t *pids, size_t n, bool all);

/* Appends snapshot events of those that live, but for these, at that time. */
void family_snapshot(const struct family *, const struct tree *but, uint64_t ts,
    struct buf *lines);

/* Takes the next line, whatever it is: what has a cpu= tells how far that CPU
 * is, even if it is no fork and no exit. */
void family_take(struct family *, const struct event *);

/* Their ends may have been lost: takes those off that /proc does not have. */
void family_bury(struct family *);

size_t family_size(const struct family *);
/* as far as is known, this PID is one of it */
bool family_has(const struct family *, int32_t pid);

/* Says on stderr who they are, as far as /proc knows. */
void family_print(const struct family *);

/* Appends what they have open and wait for: descriptors.h. */
void family_describe(const struct family *, uint64_t ts, struct buf *lines);

/* Sends all of them a signal; false: nobody, see family_set_foreign(). */
bool family_signal(const struct family *, int sig);

void family_free(struct family *);

#endif
