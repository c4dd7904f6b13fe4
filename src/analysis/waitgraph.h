/* waitgraph - what live processes had open and waited for, at one moment
 *
 * It is made of the fd and wait events (proctrace-events(5)). A process that reads
 * a pipe waits for all that hold its other end; one that waits for children waits
 * for these. One module because its questions are answered by bisection in arrays
 * whose order is made where a look is taken. No I/O. */
#ifndef WAITGRAPH_H
#define WAITGRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tree/forest.h"

/* a pipe's end that a process has open */
struct waitgraph_end {
	const struct process *p;
	uint64_t fd, ino;
	bool reads, writes;
};

/* what a thread of a process waits for */
struct waitgraph_wait {
	const struct process *p;
	enum waitgraph_what {
		WAITGRAPH_READ, WAITGRAPH_WRITE, WAITGRAPH_CHILD,
		WAITGRAPH_OTHER,	/* for what event tells */
	} what;
	bool known;		/* which descriptor, or which child */
	uint64_t n;		/* that */
	const struct event *event;	/* the wait event */
};

/* all zero at first */
struct waitgraph {
	uint64_t ts;
	uint64_t signalled;	/* ns: when that signal came; UINT64_MAX: none */
	const struct process **alive;	/* in the order of their ids */
	bool *nothing_seen;	/* all that is known of alive[i] is that it was
				 * alive */
	size_t nalive, alive_cap;
	struct waitgraph_end *ends;	/* by process and descriptor */
	size_t nends, ends_cap;
	const struct waitgraph_end **by_pipe;	/* the same, by inode */
	struct waitgraph_wait *waits;	/* by process */
	size_t nwaits, waits_cap;
	bool hidden;		/* of some of them nothing could be seen */
};

/* Takes the look at which most wait for pipes, the last of several, of a forest
 * that is finished and outlives it: false if there is none. Looks after the first
 * signal that came from outside, by which somebody ended what hung, count only
 * if there is none before. */
bool waitgraph_take(struct waitgraph *, const struct forest *);

/* The fd event of a descriptor of a process at that moment; NULL: none. O(n), n
 * the number of events of the process */
const struct event *waitgraph_descriptor(const struct waitgraph *,
    const struct process *, uint64_t fd);

/* The holder events about the pipe of a wait: who outside the tree has its other
 * end. The next one after that moment, NULL for the first; NULL: no more. */
const struct moment *waitgraph_outsider(const struct waitgraph *,
    const struct waitgraph_wait *, const struct moment *after);

/* What a process waits for: *n waits. */
const struct waitgraph_wait *waitgraph_waits(const struct waitgraph *,
    const struct process *, size_t *n);

/* It waits for a pipe or a child. */
bool waitgraph_is_waiting(const struct waitgraph *, const struct process *);

/* Which one of alive it is; nalive: none. O(log n) */
size_t waitgraph_place(const struct waitgraph *, const struct process *);
bool waitgraph_is_alive(const struct waitgraph *, const struct process *);

/* All that is known of it is that it was alive. */
bool waitgraph_is_hidden(const struct waitgraph *, const struct process *);

/* The end of a pipe at which a wait stands; NULL if it waits for no pipe. */
const struct waitgraph_end *waitgraph_pipe(const struct waitgraph *,
    const struct waitgraph_wait *);

bool waitgraph_is_same_pipe(const struct waitgraph_end *,
    const struct waitgraph_end *);

/* All ends of the pipe of that end: *n of them, at by_pipe[] from there on. */
size_t waitgraph_ends(const struct waitgraph *, const struct waitgraph_end *,
    size_t *n);

/* The ends that a process holds: *n of them. */
const struct waitgraph_end *waitgraph_held(const struct waitgraph *,
    const struct process *, size_t *n);

/* other is the other end of the pipe at which the wait stands. */
bool waitgraph_is_awaited(const struct waitgraph_wait *,
    const struct waitgraph_end *at, const struct waitgraph_end *other);

/* The wait because of which p does not go on before q; NULL: none. */
const struct waitgraph_wait *waitgraph_why(const struct waitgraph *,
    const struct process *p, const struct process *q);

void waitgraph_free(struct waitgraph *);

#endif
