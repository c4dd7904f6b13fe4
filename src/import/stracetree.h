/* stracetree - the processes of strace's log, which tells none of the IDs
 * that an event has but the thread's: who is whose thread and child, and the
 * process groups and sessions as far as they follow from the log. */
#ifndef STRACETREE_H
#define STRACETREE_H

#include <stdint.h>

#include "base/buf.h"

enum stracetree_what {
	STRACETREE_FORK,	/* a: the child */
	STRACETREE_THREAD,	/* a: the new thread */
	STRACETREE_EXEC,
	STRACETREE_EXECFAIL,
	STRACETREE_SETSID,
	STRACETREE_SETPGID,	/* a: of which process, b: which group; as in
				 * the call, 0 is the caller */
	STRACETREE_EXIT,
	STRACETREE_SUPERSEDED,	/* a: the thread whose exec made it go */
};

struct stracetree_step {
	enum stracetree_what what;
	int32_t tid;		/* who did it */
	uint64_t ts;
	int32_t a, b;
	struct slice rest;	/* the event behind its first keys */
};

/* all zero is one that has seen nothing */
struct stracetree {
	void *tasks;
};

/* Takes what happened next and appends the event, if it is one. A thread that
 * was not seen before is a process whose parent is not known. */
void stracetree_step(struct stracetree *, const struct stracetree_step *,
    struct buf *events);

void stracetree_free(struct stracetree *);

#endif
