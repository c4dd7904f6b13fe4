/* lastlives - the last life of each PID, in each run, of a forest */
#ifndef LASTLIVES_H
#define LASTLIVES_H

#include <stddef.h>
#include <stdint.h>

struct forest_run;
struct process;

/* all zero is one without processes */
struct lastlives {
	struct process **table;	/* hash */
	unsigned bits;		/* log2 of its size */
	size_t n;
};

/* The last life of the PID in the run, or NULL. */
struct process *lastlives_find(const struct lastlives *, const struct forest_run *,
    int32_t pid);

/* This process is the last life of its PID in its run: the one before, or NULL. It
 * stays the caller's. */
struct process *lastlives_set(struct lastlives *, struct process *);

void lastlives_free(struct lastlives *);

#endif
