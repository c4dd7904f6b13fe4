/* otlpid - the IDs of traces and spans, which are digests; no I/O
 *
 * An ID says what it is of: whoever exports a recording again, or only a part
 * of it, gets the same IDs, and those of other hosts differ. Trace Context is
 * the recommendation of the W3C of that name. */
#ifndef OTLPID_H
#define OTLPID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "event/event.h"

enum { OTLPID_TRACE = 32, OTLPID_SPAN = 16 };	/* hexadecimal digits */

/* where in which trace a recording belongs */
struct otlpid_parent {
	char trace[OTLPID_TRACE + 1];
	char span[OTLPID_SPAN + 1];	/* empty: nowhere */
};

/* Takes a traceparent of Trace Context apart: false if it is none. */
bool otlpid_parse(struct otlpid_parent *, struct slice);

/* The trace of a recording that belongs to no other one: of the host and the
 * start in its trace line (which may be missing). */
void otlpid_trace(const struct event *trace, char id[OTLPID_TRACE + 1]);

/* The span of what the process pid began at ts: "process" or "program". */
void otlpid_span(const struct event *trace, const char *what, int32_t pid,
    uint64_t ts, char id[OTLPID_SPAN + 1]);

#endif
