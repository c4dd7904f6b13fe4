/* bare - the lines of the bare tracer, as whole events
 *
 * The tracer script numbers its lines per CPU (cpu=, seq=), prints argv and
 * file names in hexadecimal and in pieces, and wait statuses and errors as
 * the kernel's numbers. bare makes the events of proctrace-events(5) of
 * them and says what is missing: a gap in the numbers becomes a lost event,
 * an argv without its end is marked. No I/O. */
#ifndef BARE_H
#define BARE_H

#include "event/baremissed.h"
#include "event/event.h"

/* all zero is one that has seen nothing */
struct bare {
	struct bare_cpu *cpus;	/* indexed by CPU */
	size_t ncpus;
	struct baremissed missed;	/* by any of them */
	struct buf ready;	/* whole lines, to be taken */
	size_t taken;
};

/* Takes a line that has seq=. NULL, or the reason why it is no line of the
 * tracer. What has become whole by it is ready. */
const char *bare_push(struct bare *, const struct event *);

/* A line that bpftrace prints by itself, and that says nothing which the
 * numbers of the lines and their lost events do not: "Lost N events", "WARNING:
 * Map full" with the statement of the script (0.23), an empty one. */
bool bare_bpftrace(const char *line, size_t len);

/* A mark that pt-capture asked for: not an event of the recording. */
bool bare_is_mark(const struct event *);

/* No more lines will come: all that is pending becomes ready. */
void bare_finish(struct bare *);

/* Takes the next event that is ready into *ev; true, or false if there is
 * none. It is valid until the next call of a bare_ function. */
bool bare_take(struct bare *, struct event *ev);

void bare_free(struct bare *);

#endif
