/* otlpid - the IDs of traces and spans, which are digests; no I/O
 *
 * An ID follows from what it is of: a recording that is exported again, or in part,
 * or together with others, has the same IDs, and those of other hosts differ. */
#ifndef OTLPID_H
#define OTLPID_H

#include <stdint.h>

#include "event/traceparent.h"
#include "tree/forest.h"

/* The trace of a recording that belongs to no other one: of its host and
 * start. */
void otlpid_trace(const struct forest_run *, char id[TRACEPARENT_TRACE + 1]);

/* The span of what the process pid of the run began at ts: "process" or
 * "program"; of the host, and of that moment in Unix time. */
void otlpid_span(const struct forest_run *, const char *what, int32_t pid,
    uint64_t ts, char id[TRACEPARENT_SPAN + 1]);

#endif
