/* merged - the tree of a recording with one node for each command path
 *
 * A command path is the programs from a root down to a process, as
 * "sh make cc cc1"; a fork that executes nothing is its parent's program in
 * parentheses (programs_name()). All processes of one path are one node, so
 * that thousands of processes fit a screen. */
#ifndef MERGED_H
#define MERGED_H

#include "analysis/programs.h"
#include "analysis/shares.h"
#include "tree/forest.h"
#include "tree/spans.h"

struct merged_node {
	const struct process *first;	/* of its processes; its name is theirs */
	size_t parent;		/* its index in nodes; its own index: none */
	size_t size;		/* nodes in its subtree, itself among them */
	unsigned depth;
	size_t runs, nfailed;	/* processes; those that failed */
	uint64_t wall, own, cpu;	/* ns, sums: from start to end, without a
					 * live child, CPU time */
	uint64_t critical;	/* ns of the critical path that are theirs, ... */
	uint64_t inside;	/* ... and of all below */
};

struct merged {
	/* Depth first: the children of nodes[i] are i + 1, then always the size
	 * of the one before further on, up to i + size; of siblings the one with
	 * most of the critical path inside comes first, then that with the most
	 * wall time. */
	struct merged_node *nodes;
	size_t n;
	size_t *of;		/* the node of each process, by its id */
};

/* Of a forest that is finished. O(n log n) */
void merged_find(struct merged *, const struct forest *,
    const struct programs *, const struct shares *, const struct span *);

void merged_free(struct merged *);

#endif
