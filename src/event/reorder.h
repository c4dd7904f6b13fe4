/* reorder - events in the order of time; no I/O
 *
 * Lines of one CPU come in order, those of different CPUs interleave in any
 * way. The events leave here by time, equal times by CPU, equal CPUs as they
 * came, whatever the interleaving was; each one as soon as no earlier one can
 * follow. That is known when the recording says which CPUs there are (trace
 * cpus=) and each of them has been heard of since (its events, its ticks).
 * A recording that does not say so is put in order within a window of
 * REORDER_WINDOW_NS, or of REORDER_WINDOW_BYTES of memory if that is less; but a
 * CPU that ticks is waited for. */
#ifndef REORDER_H
#define REORDER_H

#include "event/event.h"

#define REORDER_WINDOW_NS 2000000000	/* each CPU ticks within it */
#define REORDER_WINDOW_BYTES (32 << 20)

struct reorder;

/* free with reorder_free() */
struct reorder *reorder_new(void);

/* Takes a copy of an event. One without a time has that of the line of its CPU
 * before it, or else that of the newest; a trace line is the next to leave.
 * False: it comes too late, one that belongs behind it has left. */
bool reorder_push(struct reorder *, const struct event *);

/* Of this CPU no more lines will come: it is not waited for. A lost event with
 * rest=1 says the same. */
void reorder_forget(struct reorder *, int32_t cpu);

/* No more events will come: all are ready. */
void reorder_end(struct reorder *);

/* Takes the next event that is ready into *ev, valid until the next call:
 * true, or false if there is none. */
bool reorder_pop(struct reorder *, struct event *ev);

void reorder_free(struct reorder *);

#endif
