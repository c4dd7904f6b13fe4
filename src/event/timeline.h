/* timeline - the events of recordings in the order of time (see reorder.h) */
#ifndef TIMELINE_H
#define TIMELINE_H

#include "event/event.h"
#include "event/reader.h"

struct timeline;

/* as linebuf_open(); free with timeline_close() */
struct timeline *timeline_open(char *const files[]);

/* 1: the next event is in *ev, valid until the next call; 0: no more; -1: a
 * file cannot be read, see errno and timeline_close(). An event that comes
 * too late for its place is reported as a bad line and left out. */
int timeline_next(struct timeline *, struct event *ev);

/* as reader_close(), after the message about late events */
bool timeline_close(struct timeline *, int last);

/* Says on stderr that a recording (its name, or NULL) lacks events, if so. */
void timeline_warn_lost(const char *name, uint64_t nlost);

#endif
