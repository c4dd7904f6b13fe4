/* barefile - what the bare tracer tells of files, as the events that it is
 *
 * The lines are those of proctrace-events(5), "The bare tracer", opened and named. */
#ifndef BAREFILE_H
#define BAREFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "event/baredirs.h"
#include "event/baremissed.h"
#include "event/event.h"

/* all zero is none */
struct barefile {
	enum { BAREFILE_NONE, BAREFILE_OPENED, BAREFILE_NAMED } pending;
				/* one has begun whose name is to come */
	uint64_t what;		/* of NAMED: BAREFILE_MISSED ... */
	uint64_t ts;
	int32_t pid, cpu;
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

/* of what= */
enum { BAREFILE_MISSED = 1, BAREFILE_RENAMED, BAREFILE_LINKED };

/* Begins with such a line, which refers to a directory of its CPU. NULL, or the
 * reason why it is none. */
const char *barefile_begin(struct barefile *, const struct event *,
    const struct baredirs *);

const char *barefile_begin_named(struct barefile *, const struct event *,
    const struct baredirs *);

/* Adds the events that it is, a line each, and is none again. An empty name: it
 * is not known. The old name is that of a rename or a link. */
void barefile_end(struct barefile *, const struct buf *name,
    const struct buf *old, struct baremissed *, struct buf *events);

void barefile_free(struct barefile *);

#endif
