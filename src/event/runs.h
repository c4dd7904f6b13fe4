/* runs - the recordings that are in one stream, and whose each event is
 *
 * A recording is known by the machine and the moment of its start. Where there
 * are several in one stream, pt-sort has put run=HOST@START on every line, and
 * equal PIDs of two runs are different processes. Lines without run= are of one
 * run, which has no name. */
#ifndef RUNS_H
#define RUNS_H

#include "base/stringtable.h"
#include "event/event.h"

/* all zero is none */
struct runs {
	struct strings names;	/* the value of run=, by number; "" has none */
	struct slice last;	/* the name that was asked for last, ... */
	size_t last_number;	/* ... and its number */
};

/* The number of the event's run, in the order in which they came. O(1) */
size_t runs_number(struct runs *, const struct event *);
void runs_free(struct runs *);

/* What tells one recording from others, of its trace line. The slices are
 * escaped, and refer to the line. */
struct runs_id {
	struct slice host, run;	/* run: it is marked already */
	uint64_t start;		/* Unix time in ns; 0: not told */
};
void runs_identify(struct runs_id *, const struct event *trace);
bool runs_same(const struct runs_id *, const struct runs_id *);

/* Appends "HOST@START". */
void runs_name(const struct runs_id *, struct buf *);

/* Appends the event's line as one of a stream of several recordings: shift ns
 * later, of the run of that name, unless it has one; a trace line starts at
 * start, and loses its cpus=, as what is merged is in order. */
void runs_mark(struct buf *, const struct event *, struct slice name,
    uint64_t shift, uint64_t start);

#endif
