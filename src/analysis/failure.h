/* failure - why the root failed, and which failures did not matter
 *
 * What ended because the time was up (hang.h) is no failure here. */
#ifndef FAILURE_H
#define FAILURE_H

#include "tree/forest.h"

struct failure {
	/* From the root, if it failed, down to where that seems to have begun:
	 * each one is a child of the one before and ended before it did. Of all
	 * children that failed it is the one that ended last with the same
	 * status (128 + N stands for signal N, as shells have it), or else the
	 * one that ended last at all, unless its parent went on and ran another
	 * child after it (which does not excuse a crash); a process that a signal killed is
	 * explained only by a child that died of the same one. That the last
	 * failure is the reason is a guess: recordings do not tell it. */
	const struct process **chain;
	size_t nchain;
	/* The last exec that failed in the last one of the chain, and after
	 * which it executed nothing else: what it could not run. NULL: none, or
	 * it was killed */
	const struct moment *execfail;
	/* Others in the tree of the root that failed and that no ancestor
	 * tolerated, and those that crashed, tolerated or not: these first, then
	 * the one that ended last first. */
	const struct process **others;
	size_t nothers;
	size_t nfailed;		/* all in the tree of the root that failed, ... */
	size_t ntolerated;	/* ... and those of them that an ancestor survived:
				 * it ended with 0 */
	bool *tolerated;	/* by process id */
};

/* Of a forest that is finished. O(n log n) */
void failure_find(struct failure *, const struct forest *);

/* Whether the chain's i-th says something that the one before it does not: a
 * program of its own, or another end. Forks that hand up the status of another
 * fork are left out where the chain is shown. */
bool failure_tells(const struct failure *, size_t i);

/* A signal killed it that stands for a fault of the program (as SIGSEGV) or
 * that nobody can ignore (SIGKILL), not one by which it was asked to end. */
bool failure_crashed(const struct process *);

void failure_free(struct failure *);

#endif
