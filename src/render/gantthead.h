/* gantthead - what a Mermaid gantt chart of a recording begins with */
#ifndef GANTTHEAD_H
#define GANTTHEAD_H

#include "tree/forest.h"

enum { GANTTHEAD_MS = 1000000 };	/* ns */

struct gantthead {
	const struct forest *f;		/* has processes */
	const struct moment *exec;	/* of the root, whose command it is; NULL:
					 * the last one */
	struct slice shown;		/* how many are: "12 processes" */
	size_t nfailed;
	uint64_t total, unit;		/* of the chart's times: units, ns */
};

/* Appends the title, "Process Trace: COMMAND (TIME, SHOWN, ...)", and the axis. */
void gantthead_add(struct buf *, const struct gantthead *);

#endif
