/* stracetasks - the threads of strace's log that live, and whose they are */
#ifndef STRACETASKS_H
#define STRACETASKS_H

#include <stdbool.h>
#include <stdint.h>

#include "import/stracedir.h"

/* a thread; the IDs are those of its process, kept with the leader */
struct stracetask {
	int32_t tid, leader;
	int32_t ppid, pgid, sid;	/* 0: not known */
	uint64_t begun;		/* when it was first heard of */
	size_t nthreads;	/* others of its own, alive; of a leader */
	bool left;		/* its own thread has ended, not all of them */
	bool orphan;		/* a process, of which no fork was shown */
	struct stracedir cwd;	/* of a leader */
	bool gone;		/* the process has ended, but not yet the leader */
};

/* all zero is none */
struct stracetasks {
	void *tasks;
	char *cwd;		/* of the first process, until it is heard of */
	size_t alive;		/* processes */
	size_t norphans;	/* processes whose parent is not known */
};

/* NULL if there is none. O(log n), as all of these */
struct stracetask *stracetasks_find(const struct stracetasks *, int32_t tid);

/* A new one. A PID that comes again is another task. */
struct stracetask *stracetasks_add(struct stracetasks *, int32_t tid,
    int32_t leader, uint64_t ts);

/* A new process, of which no fork was shown. */
struct stracetask *stracetasks_add_orphan(struct stracetasks *, int32_t tid,
    uint64_t ts);

/* The leader of the process of which tid is a thread; an orphan, if it is not
 * known. */
struct stracetask *stracetasks_process(struct stracetasks *, int32_t tid,
    uint64_t ts);

/* It is a leader, and its process has not ended. */
bool stracetasks_lives(const struct stracetask *);

/* It is no more, if it was. */
void stracetasks_remove(struct stracetasks *, int32_t tid);

void stracetasks_free(struct stracetasks *);

#endif
