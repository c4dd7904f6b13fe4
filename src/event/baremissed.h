/* baremissed - what processes did not find, until it is known whether they failed
 *
 * Programs look for files in many places. Only of those that fail it is told what
 * they did not find, and of these the last BAREMISSED_KEPT. Few processes are
 * remembered at a time: one that comes later takes the place of another. A cpu that
 * is not known is -1. */
#ifndef BAREMISSED_H
#define BAREMISSED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum { BAREMISSED_KEPT = 16 };

/* all zero is one that has seen nothing */
struct baremissed {
	struct baremissed_process *processes;
};

/* A process did not find this path at ts. True: it has failed already, so that it
 * is to be told now. */
bool baremissed_add(struct baremissed *, int32_t pid, uint64_t ts,
    const struct buf *path);

/* It begins, and has missed nothing. */
void baremissed_begin(struct baremissed *, int32_t pid);

/* It ends: adds events at ts, if it has failed. */
void baremissed_end(struct baremissed *, int32_t pid, bool failed, uint64_t ts,
    int32_t cpu, struct buf *events);

/* Adds the event that it has not found this path; missed is when, ts when that is
 * told. */
void baremissed_tell(struct buf *events, int32_t pid, uint64_t ts, int32_t cpu,
    uint64_t missed, const struct buf *path);

void baremissed_free(struct baremissed *);

#endif
