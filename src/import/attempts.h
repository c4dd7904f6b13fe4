/* attempts - the execs of the earlier tool's log that are not whole yet
 *
 * Some generations of it print EXEC and then its arguments, others the file
 * name and the arguments of every attempt and then EXEC or BADEXEC. */
#ifndef ATTEMPTS_H
#define ATTEMPTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "import/pidlist.h"

struct attempts_one {
	struct pidlist_one place;	/* the oldest first; its PID */
	uint64_t ts;
	struct buf event;	/* of EXEC; empty: it did not come yet */
	struct buf file, args;
	bool has_args;
};

/* all zero is none */
struct attempts {
	struct pidlist list;
	size_t nlines;		/* since the old ones went */
};

/* The one of a PID, or NULL. O(log n) */
struct attempts_one *attempts_find(const struct attempts *, uint64_t pid);
struct attempts_one *attempts_add(struct attempts *, uint64_t pid, uint64_t ts);

/* It is as whole as it will be: appends it, if it was an exec, and frees it. */
void attempts_end(struct attempts *, struct attempts_one *, struct buf *events);

/* Ends those for which nothing has come for two seconds; now is the time of a
 * line, each of which is told here. O(1) on average */
void attempts_end_old(struct attempts *, uint64_t now, struct buf *events);
void attempts_end_all(struct attempts *, struct buf *events);

/* Appends file= to an event. */
void attempts_add_file(const struct attempts_one *, struct buf *event);

#endif
