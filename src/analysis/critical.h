/* critical - the critical path: which processes determined when the end came
 *
 * It is found backwards in time. At the end of the root, and at each moment before,
 * one process counts: going back from a moment in a process, the one it may
 * have waited for is the one that ended last before, of its children and of
 * their orphans (who outlive the parent are handed up to the nearest ancestor
 * that lives: it may wait for them by a pipe that they hold). Until then the
 * process itself counts; before then, the other one, back to its start, and
 * before that, the one that forked it. So
 *	make -j2:  make | cc a.c | make | cc b.c | ld | make
 * is what to make faster: whatever ran beside it had time to spare. That a
 * parent waits for the child that ended last is a guess; recordings do not
 * tell who waits. Where they tell of files, it is a child that made what the next one
 * reads, even if another ended after it, while the parent was still busy.
 *
 * Descendants that outlive the root (daemons) follow in the same manner, from
 * the end of the root to that of the last one, and do not hide what the
 * command itself spent its time with. A process that still runs, or whose end
 * is lost, ends with process.end. */
#ifndef CRITICAL_H
#define CRITICAL_H

#include "analysis/files.h"
#include "tree/forest.h"

struct critical_segment {
	const struct process *p;
	uint64_t from, to;	/* ns, from < to */
	const struct files_use *read;	/* of the child that its parent forked next, or
				 * of one below that: it reads what this one has made,
				 * or one below it; NULL: none does, or it is not
				 * known */
};

struct critical {
	/* In order of time, without gap or overlap from the start of forest.root
	 * to the end of the last process of its tree, no two neighbours
	 * of one process. */
	struct critical_segment *segments;
	size_t n, cap;
	size_t nroot;	/* so many of them, the first, until the end of the
			 * root; the others are of what outlived it */
};

/* Of a forest that is finished, and its files, which live as long (or NULL); no segments if it
 * has no root. O(n log n), and what needs_find() takes */
void critical_find(struct critical *, const struct forest *,
    const struct files *);

void critical_free(struct critical *);

#endif
