/* stracetree - the processes of strace's log, which tells none of the IDs
 * that an event has but the thread's: who is whose thread and child, and the
 * process groups and sessions as far as they follow from the log. */
#ifndef STRACETREE_H
#define STRACETREE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "import/stracetasks.h"

enum stracetree_what {
	STRACETREE_FORK,	/* a: the child; b: bits STRACETREE_SIBLING ... */
	STRACETREE_THREAD,	/* a: the new thread */
	STRACETREE_EXEC,
	STRACETREE_EXECFAIL,
	STRACETREE_SETSID,
	STRACETREE_SETPGID,	/* a: of which process, b: which group; as in
				 * the call, 0 is the caller */
	STRACETREE_EXIT,	/* the thread's; the leader's is the process's */
	STRACETREE_LEAVE,	/* the thread calls exit(); that of the last one is
				 * the process's end */
	STRACETREE_REAPED,	/* a: its child that has ended, if that was not
				 * shown */
	STRACETREE_EXIT_GROUP,	/* the process's, whose threads may be shown to
				 * end after it, or not at all */
	STRACETREE_CHDIR,	/* rest: the path, as in the call; empty: it is not
				 * known */
	STRACETREE_FCHDIR,	/* the same, without symbolic links */
	STRACETREE_CHROOT,	/* then the directory has another name */
	STRACETREE_SEEN,	/* rest: its directory, as the kernel shows it */
	STRACETREE_SIGNAL,	/* it gets one; a: from this process, or 0; b: whose
				 * real user ID is this */
	STRACETREE_SUPERSEDED,	/* a: the thread whose exec made it go */
};

enum {
	STRACETREE_SIBLING = 1,	/* its parent is the caller's parent */
	STRACETREE_SHARED = 2,	/* both have one directory from now on */
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
	struct stracetasks tasks;
};

/* The directory of the first process, without symbolic links; it is copied. */
void stracetree_set_cwd(struct stracetree *, const char *cwd);

/* Whether something was heard of the thread. */
bool stracetree_knows(const struct stracetree *, int32_t tid);

/* The process of a thread that has done something, and its directory (len 0: it is
 * not known), valid until the next step. */
int32_t stracetree_process(struct stracetree *, int32_t tid, uint64_t ts,
    struct slice *cwd);

/* Takes what happened next and appends the event, if it is one. A thread that
 * was not seen before is a process whose parent is not known, until the end of
 * the call that has forked it is shown. */
void stracetree_step(struct stracetree *, const struct stracetree_step *,
    struct buf *events);

void stracetree_free(struct stracetree *);

#endif
