/* traceline - the lines of a Chrome trace, an event each */
#ifndef TRACELINE_H
#define TRACELINE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"

/* all zero but for base and to; text and name are the line and the name in hand */
struct traceline {
	uint64_t base;		/* ns: zero of the trace */
	FILE *to;
	uint32_t pid;		/* of the trace's process that events are of */
	bool any;		/* an event was begun */
	struct buf text, name;
};

/* Begins an event of this phase, such as "X", of a thread. */
void traceline_begin(struct traceline *, const char *phase, size_t thread);
/* The same, at a time, ns. */
void traceline_begin_at(struct traceline *, const char *phase, const char *category,
    size_t thread, uint64_t ts);

void traceline_add_time(struct traceline *, const char *key, uint64_t ns);

/* Adds the name in hand, which is empty then. */
void traceline_add_name(struct traceline *);

/* Ends the event and writes it. */
void traceline_end(struct traceline *);

/* The event that was begun is none; any is what it was before. */
void traceline_drop(struct traceline *, bool any);

void traceline_free(struct traceline *);

#endif
