/* answers - all that is asked of one recording, found once for every renderer */
#ifndef ANSWERS_H
#define ANSWERS_H

#include "analysis/commands.h"
#include "analysis/costs.h"
#include "analysis/elsewhere.h"
#include "analysis/failure.h"
#include "analysis/files.h"
#include "analysis/findings.h"
#include "analysis/hang.h"
#include "analysis/merged.h"
#include "analysis/oddfiles.h"
#include "analysis/outlived.h"
#include "analysis/programs.h"
#include "analysis/repeats.h"
#include "analysis/serial.h"
#include "analysis/shares.h"
#include "analysis/summary.h"
#include "analysis/toolate.h"
#include "analysis/waiting.h"

struct answers {
	const struct forest *f;
	struct summary summary;
	struct programs programs;
	struct commands commands;
	struct shares shares;
	struct costs costs;
	struct merged merged;
	struct failure failure;
	struct hang hang;
	struct outlived outlived;
	struct serial serial;
	struct waiting waiting;
	struct repeats repeats;
	struct shares_list by_command;	/* the critical path, by the command
					 * that its processes run themselves */
	struct elsewhere elsewhere;
	struct files files;
	struct oddfiles oddfiles;
	struct toolate toolate;
	struct findings findings;
};

/* Of a forest that is finished and has a process. Of the events it needs those
 * of the kinds EVENT_EXEC, EVENT_EXECFAIL and EVENT_EXIT, for hang EVENT_FD and
 * EVENT_WAIT, for the files EVENT_WRITE and EVENT_READ. O(n log n) */
void answers_find(struct answers *, const struct forest *);

void answers_free(struct answers *);

#endif
