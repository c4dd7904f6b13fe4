/* samples - the machine events of a recording, one a second
 *
 * Their time is that of the tracer's clock, of which is known what it said when
 * its lines were read: it is at least as much later now. Linux only. */
#ifndef SAMPLES_H
#define SAMPLES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* all zero is one that has not begun */
struct samples {
	uint64_t due;		/* of clock_ns(): when to take one; 0: none is */
	struct machine *machine;
	uint64_t last;		/* ts of the last one */
	uint64_t behind;	/* what the tracer's clock says less than ours */
	bool known;
};

/* The command runs: the first one is due. */
void samples_begin(struct samples *);

/* The tracer has said so much, ns, and it was read at that time of clock_ns(). */
void samples_heard(struct samples *, uint64_t ts, uint64_t at);

/* When to take the next one, of clock_ns(); 0: not yet, or never. */
uint64_t samples_due(const struct samples *);

/* Appends one to the recording, if it is due. */
void samples_take(struct samples *, struct buf *out);

/* Appends the last one, at the time of the newest event, or of the one before if
 * that is later: the time at which the recording ends. */
uint64_t samples_end(struct samples *, struct buf *out, uint64_t ts);

void samples_free(struct samples *);

#endif
