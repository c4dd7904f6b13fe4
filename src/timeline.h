/* timeline - the events of recordings in the order of time
 *
 * Lines of one CPU come in order, those of different CPUs interleave in any
 * way. The events leave here by time, equal times by CPU, equal CPUs as they
 * came, whatever the interleaving was; each one as soon as no earlier one can
 * follow. That is known when the recording says which CPUs there are (trace
 * cpus=) and each of them has been heard of since (its events, its ticks).
 * A recording that does not say so is put in order within a window of
 * TIMELINE_WINDOW_NS and TIMELINE_WINDOW_EVENTS. */
#ifndef TIMELINE_H
#define TIMELINE_H

#include "event.h"
#include "reader.h"

#define TIMELINE_WINDOW_NS 2000000000
#define TIMELINE_WINDOW_EVENTS 65536

struct timeline;

/* as linebuf_open(); free with timeline_close() */
struct timeline *timeline_open(char *const files[]);

/* 1: the next event is in *ev, valid until the next call; 0: no more; -1: a
 * file cannot be read, see errno and timeline_close(). An event that comes
 * too late for its place is reported as a bad line and left out. */
int timeline_next(struct timeline *, struct event *ev);

/* as reader_close(), after the message about late events */
bool timeline_close(struct timeline *, int last);

#endif
