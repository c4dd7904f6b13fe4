/* barefile - an open of the bare tracer, as the events that it is
 *
 * proctrace-events(5), "The bare tracer", opened. */
#ifndef BAREFILE_H
#define BAREFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "event/baredirs.h"
#include "event/event.h"

/* all zero is none */
struct barefile {
	bool pending;		/* one has begun whose name is to come */
	uint64_t mode;		/* BAREFILE_READS ... */
	struct buf fields;	/* of its events, those that are known by now */
	struct buf dir;		/* len 0: it is not known */
	uint64_t state;		/* BAREDIRS_DELETED ... */
};

/* of mode= */
enum {
	BAREFILE_READS = 1,
	BAREFILE_WRITES = 2,
	BAREFILE_WRITTEN = 4,	/* there is something in it that was written */
};

/* Begins with such a line, which refers to a directory of its CPU. NULL, or the
 * reason why it is none. */
const char *barefile_begin(struct barefile *, const struct event *,
    const struct baredirs *);

/* Adds the events that it is, a line each, and is none again. An empty name: it
 * is not known. */
void barefile_end(struct barefile *, const struct buf *name, struct buf *events);

void barefile_free(struct barefile *);

#endif
