/* waitgraph - what live processes had open and waited for, at one moment
 *
 * From the fd and wait events (proctrace-events(5)). Who reads a pipe waits for
 * all that hold its other end; who waits for children waits for these. No
 * I/O. */
#ifndef WAITGRAPH_H
#define WAITGRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tree/forest.h"

/* a pipe's end that a process has open */
struct look_end {
	const struct process *p;
	uint64_t fd, ino;
	bool reads, writes;
};

/* what a thread of a process waits for */
struct look_wait {
	const struct process *p;
	enum { LOOK_READ, LOOK_WRITE, LOOK_CHILD } what;
	bool known;		/* which descriptor, or which child */
	uint64_t n;		/* that */
};

/* all zero at first */
struct look {
	uint64_t ts;
	const struct process **alive;
	size_t nalive, alive_cap;
	struct look_end *ends;
	size_t nends, ends_cap;
	struct look_wait *waits;
	size_t nwaits, waits_cap;
	bool hidden;		/* of some of them nothing could be seen */
	bool *waits_for;	/* alive[i] for alive[k]: [i * nalive + k] */
};

/* Takes the look at which most wait for pipes, the last of several, of a forest
 * that is finished and outlives it: false if there is none. */
bool look_take(struct look *, const struct forest *);

bool look_is_alive(const struct look *, const struct process *);

/* All that is known of it is that it was alive. */
bool look_is_hidden(const struct look *, const struct process *);

/* The end of a pipe at which a wait stands; NULL if it waits for no pipe. */
const struct look_end *look_pipe(const struct look *, const struct look_wait *);

/* other is the other end of the pipe at which the wait stands. */
bool look_is_awaited(const struct look_wait *, const struct look_end *at,
    const struct look_end *other);

/* The wait because of which p does not go on before q; NULL: none. */
const struct look_wait *look_why(const struct look *, const struct process *p,
    const struct process *q);

/* Finds the shortest way on which alive[from] waits for itself: the place in
 * alive before each that is on it goes to previous[], which has nalive. False:
 * there is none. O(nalive ^ 2) */
bool look_circle(const struct look *, size_t from, size_t *previous);

void look_free(struct look *);

#endif
