/* summary - what a person asks first about a recording, in numbers */
#ifndef SUMMARY_H
#define SUMMARY_H

#include "analysis/concurrency.h"
#include "analysis/critical.h"
#include "analysis/tally.h"
#include "tree/forest.h"
#include "tree/spans.h"

/* how much of the critical path one process is */
struct summary_share {
	const struct process *p;
	uint64_t time;		/* ns */
};

/* of all processes of the forest; what concerns the root is said so */
struct summary {
	const struct forest *f;
	const struct moment *first;	/* exec of the root, or NULL */
	uint64_t wall;		/* ns from the start of the root to its end, ... */
	uint64_t after;		/* ... and on to that of the last descendant */
	size_t nexecs, nexecfails;
	size_t nnotexecuted;	/* searches that found nothing: see execfails */
	size_t nfailed;		/* processes, of those that are known to have ended */
	size_t nrunning, nunknown;	/* that have not ended, or nobody knows */
	bool has_cpu;
	uint64_t cpu;		/* ns of those that tell it */
	struct concurrency load;
	struct critical critical;
	struct span *spans;

	/* "ERRNO FILE" of failed execs; of those of a search through PATH that
	 * tried several directories, the name alone. Failed: searches after which
	 * the process executed nothing else: the names with most of these come
	 * first. */
	struct tally execfails;

	const struct process **longest;		/* all, the longest first */
	const struct process **running;		/* the longest first */
	/* of the root's part of the critical path, the largest first */
	struct summary_share *shares;
	size_t nshares;
};

/* A forest that is finished and has a process, and its files. O(n log n) */
void summary_find(struct summary *, const struct forest *,
    const struct files *);

void summary_free(struct summary *);

#endif
