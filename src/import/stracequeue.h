/* stracequeue - what a log of strace tells, until it may be told on
 *
 * What happened is told in order. A fork stands where it began, and what
 * follows waits until the child is known: strace may show what the child does
 * before it shows the end of the call. The calls that have begun are kept with
 * it. */
#ifndef STRACEQUEUE_H
#define STRACEQUEUE_H

#include "import/stracefilecall.h"
#include "import/stracetree.h"

enum stracequeue_state {
	STRACEQUEUE_READY,
	STRACEQUEUE_WAITING,	/* a fork, for its child */
	STRACEQUEUE_EXPECTED,	/* an end, unless the log tells it better */
	STRACEQUEUE_DROPPED,	/* did not happen */
};

struct stracequeue_step {
	struct stracequeue_step *next;
	enum stracequeue_state state;
	uint64_t line;		/* number of its line */
	struct stracetree_step it;
	struct buf rest;
	struct stracefilecall *file;	/* its call, which is freed with it; NULL */
};

/* a call that has begun */
struct stracequeue_call {
	int32_t tid;
	int what;		/* the caller's */
	struct buf text;	/* so far */
	bool told;		/* its end is known, and will tell nothing */
	struct stracequeue_step *fork;	/* its place, if it is one */
};

/* all zero is empty */
struct stracequeue {
	struct stracequeue_step *first, *last;
	void *calls;
	size_t ncalls;
};

struct stracequeue_step *stracequeue_add(struct stracequeue *, int32_t tid,
    uint64_t ts);
/* Takes the first one away. */
void stracequeue_remove(struct stracequeue *);

/* The call in which a thread is, or NULL. O(log n) */
struct stracequeue_call *stracequeue_call(const struct stracequeue *,
    int32_t tid);
/* One that begins; that before it is lost. */
struct stracequeue_call *stracequeue_begin(struct stracequeue *, int32_t tid);
/* It is over, or will never be: a fork that still waits did not happen. */
void stracequeue_end(struct stracequeue *, struct stracequeue_call *);
/* Its end is known, before it is shown, if ever. */
void stracequeue_tell(struct stracequeue *, struct stracequeue_call *);
/* It goes on as another thread's. */
void stracequeue_move(struct stracequeue *, struct stracequeue_call *,
    int32_t tid);

/* The thread that had no PID until now has this one. */
void stracequeue_name(struct stracequeue *, int32_t tid);

/* No more will come. To the forks that still wait it gives the children that
 * turned up after them and of which nothing else was heard, in their order;
 * what remains did not happen. */
struct stracequeue_rest {
	size_t nforks;		/* there were to choose among */
	size_t nunfinished;	/* calls whose end is not known */
};
struct stracequeue_rest stracequeue_settle(struct stracequeue *,
    const struct stracetree *);

void stracequeue_free(struct stracequeue *);

#endif
