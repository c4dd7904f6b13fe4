/* waiting - how much of their own time processes did not use a CPU
 *
 * Own time is that without a live child: while a child lives, its parent may
 * wait for it. What is left of it without the CPU time and the time for which
 * it was ready but no CPU was free (rundelay=) was spent asleep: for a disk, a
 * network, a terminal, another process, or a clock. */
#ifndef WAITING_H
#define WAITING_H

#include "analysis/shares.h"
#include "tree/forest.h"
#include "tree/spans.h"

struct waiting_row {
	const struct process *p;
	uint64_t idle;		/* ns of its own time without a CPU */
	uint64_t delay;		/* ns for which it was ready to run; 0: none, or
				 * the recording does not have it */
	uint64_t on_path;	/* ns of the critical path for which it was idle,
				 * at least */
};

struct waiting {
	/* Of the processes of the root's tree that tell their CPU time, and that
	 * did not outlive the root: the most idle first. */
	struct waiting_row *rows;
	size_t n;
	bool has_cpu, has_delay;	/* any of them tells it */
	uint64_t delay;		/* ns, of all of them */
	uint64_t on_path;	/* ns of the critical path that used no CPU */
	uint64_t delay_on_path;	/* ns of it that waited for a CPU, at most */
};

/* Of a forest that is finished. O(n log n) */
void waiting_find(struct waiting *, const struct forest *,
    const struct shares *, const struct span *);

void waiting_free(struct waiting *);

#endif
