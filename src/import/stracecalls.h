/* stracecalls - what the lines of strace's log say that happened
 *
 * They tell of calls, and of the ends of processes. What has happened waits in the
 * queue for stracerelease.h. */
#ifndef STRACECALLS_H
#define STRACECALLS_H

#include "import/stracefiles.h"
#include "import/stracequeue.h"
#include "import/straceterm.h"
#include "import/stracetree.h"

/* all zero has seen nothing */
struct stracecalls {
	struct straceterm term;
	struct stracetree tree;
	struct stracequeue queue;
	struct stracefiles files;
	bool rooted;		/* something was told */

	/* set by the caller */
	bool all_signals;	/* tell all; else those that can end a process; */
	bool no_signals;	/* or none */
	bool finished;		/* no more lines will come */
	bool several;		/* they are of several logs, in the order of the
				 * times that are in them */
	bool timeless;		/* the lines have no times */
	uint64_t nlines;	/* so far */
	uint64_t now;		/* ns: time of the latest */
	uint64_t own;		/* ns: of the line itself: with -z it stands where
				 * the call ended, but tells when it began */

	/* private */
	bool shows_ends, hides_ends;	/* "+++ exited with 0 +++"; or neither
					 * is known yet */
	bool shows_kills;		/* "+++ killed by SIGKILL +++" */
};

/* Something that happened, behind all else that did so far. */
struct stracequeue_step *stracecalls_step(struct stracecalls *, int32_t tid,
    uint64_t ts);

/* Takes what stands in a line behind PID and time. NULL, or the reason why it
 * is bad. */
const char *stracecalls_push(struct stracecalls *, int32_t tid, uint64_t ts,
    struct slice text);

void stracecalls_free(struct stracecalls *);

#endif
