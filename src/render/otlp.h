/* otlp - a forest as spans of OpenTelemetry, in lines of OTLP/JSON
 *
 * Each line is an ExportTraceServiceRequest: what the collector's file
 * exporter writes, its otlpjsonfile receiver reads, and /v1/traces takes. One module
 * because a span is little more than references to others: to its trace, to its
 * parent, to the programs of its process. */
#ifndef OTLP_H
#define OTLP_H

#include <stdio.h>

#include "event/traceparent.h"
#include "tree/forest.h"

struct otlp {
	bool programs;		/* a span for each program run; else for each
				 * process */
	size_t batch;		/* spans of a line at most; 0: no limit */
	char *const *resource;	/* KEY=VALUE each; they override others */
	size_t nresource;
	struct traceparent parent;	/* as traceparent_parse() gave it; trace
					 * empty: what the recording says */
};

/* Writes a finished forest that has a process; stops when writing fails, see
 * ferror(). */
void otlp_write(const struct otlp *, const struct forest *, FILE *);

#endif
