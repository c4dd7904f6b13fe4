/* ending - how --timeout ends a tree: which step is to be taken, and when
 *
 * A process that does not end when asked is killed; again and again, because a process can
 * be started anew while another one is being killed; but not for ever, because
 * some cannot be killed, and a tree may grow as fast as it is killed. */
#ifndef ENDING_H
#define ENDING_H

#include <stdint.h>

#include "base/buf.h"

enum ending_step {
	ENDING_NOTHING,		/* it is not time */
	ENDING_ASK,		/* look at who lives, and send SIGTERM */
	ENDING_KILL,		/* send SIGKILL */
	ENDING_GIVE_UP,
};

/* all zero: never */
struct ending {
	uint64_t at;		/* when the next step is due; 0: none is */
	unsigned steps;		/* that were taken */
};

/* The step that is due at this time (clock.h); the next one is due later. */
enum ending_step ending_next(struct ending *, uint64_t now);

/* Appends the event that says so: at ts of the recording the time was up, after
 * so many ns. */
void ending_add(struct buf *, uint64_t ts, uint64_t after);

#endif
