/* compare - what is different in two recordings of the same job; no I/O */
#ifndef COMPARE_H
#define COMPARE_H

#include "analysis/argchanges.h"
#include "analysis/concurrency.h"
#include "analysis/groups.h"
#include "analysis/pairing.h"
#include "tree/forest.h"
#include "tree/spans.h"

enum compare_kind {
	COMPARE_SLOWER, COMPARE_FASTER,
	COMPARE_ENDING,		/* another exit status, or signal */
	COMPARE_GONE, COMPARE_NEW,	/* and what descends from it */
	COMPARE_KINDS,
};

struct compare_item {
	const struct process *old, *new;	/* NULL: it is not there */
	uint64_t time;		/* ns: how much slower or faster; or how long the
				 * process and what descends from it lasted */
};

struct compare_list {
	struct compare_item *items;
	size_t n, cap;
};

struct compare {
	/* to be set before: what is less is not different */
	uint64_t min_change;	/* ns, of a duration, ... */
	unsigned long min_percent;	/* ... and of that of the old process */
	uint64_t min_duration;	/* ns, of one of the two at least; or of the
				 * process and what descends from it */
	bool all;		/* also those that are explained */

	/* what is found: the largest first, endings in the order of time */
	struct compare_list lists[COMPARE_KINDS];
	struct pairing match;
	/* Programs of which the own time of all runs together changed as much as
	 * that of one process must: so many rows, the first of groups. */
	struct groups groups;
	size_t ngroups;
	struct argchanges arguments;
	struct concurrency old_load, new_load;
	bool has_cpu;		/* both recordings tell it */
	uint64_t old_cpu, new_cpu;	/* ns */
	struct span *old_spans, *new_spans;	/* by process id */
	/* Processes that are slower or faster, and not in the lists, since a
	 * child that they outlived is by three quarters of it, or is new or
	 * gone. */
	size_t nexplained;
};

/* Of two forests that are finished. O(n log n) */
void compare_find(struct compare *, const struct forest *old,
    const struct forest *new);

/* whether there is anything in the lists, or in that of programs; arguments alone
 * are what somebody meant to change */
bool compare_differ(const struct compare *);

void compare_free(struct compare *);

#endif
