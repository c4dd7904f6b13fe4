/* otlpid - the IDs of traces and spans, which are digests; no I/O
 *
 * An ID says what it is of: whoever exports a recording again, or only a part
 * of it, gets the same IDs, and those of other hosts differ. */
#ifndef OTLPID_H
#define OTLPID_H

#include <stdint.h>

#include "event/event.h"
#include "event/traceparent.h"

/* The trace of a recording that belongs to no other one: of the host and the
 * start in its trace line (which may be missing). */
void otlpid_trace(const struct event *trace, char id[TRACEPARENT_TRACE + 1]);

/* The span of what the process pid began at ts: "process" or "program". */
void otlpid_span(const struct event *trace, const char *what, int32_t pid,
    uint64_t ts, char id[TRACEPARENT_SPAN + 1]);

#endif
