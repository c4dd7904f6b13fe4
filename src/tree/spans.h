/* spans - the times of each process: its own, its subtree's, its CPU's */
#ifndef SPANS_H
#define SPANS_H

#include "tree/forest.h"

struct span {
	uint64_t own;		/* ns of its life in which no child of it lived */
	uint64_t subtree_end;	/* the last end of it and its descendants; from
				 * process.start to here is its subtree's time */
	size_t ndescendants;
	uint64_t cpu;		/* ns of CPU time; 0 if the recording has none, ... */
	bool has_cpu;		/* ... which this tells */
	uint64_t subtree_cpu;	/* of it and its descendants */
};

/* The spans of a finished forest, by process id; free() them. O(n) */
struct span *spans_find(const struct forest *);

/* ns of CPU time: true, or false if the recording does not have it. */
bool spans_cpu(const struct process *, uint64_t *ns);

/* ns for which it used a CPU, or was ready to; 0: not known. */
uint64_t spans_busy(const struct process *);

#endif
