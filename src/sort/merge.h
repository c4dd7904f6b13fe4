/* merge - which of some sorted sources comes next; no I/O
 *
 * Equal times come in the order of the sources' numbers. */
#ifndef MERGE_H
#define MERGE_H

#include <stddef.h>
#include <stdint.h>

struct merge_head {
	uint64_t ts;
	size_t source;
};

/* all zero is no source; as long as n > 0, heads[0] comes next */
struct merge {
	struct merge_head *heads;
	size_t n, cap;
};

/* A source, which begins with ts. */
void merge_add(struct merge *, uint64_t ts, size_t source);

/* The source of heads[0] goes on with ts. */
void merge_next(struct merge *, uint64_t ts);

/* The source of heads[0] has no more. */
void merge_end(struct merge *);

void merge_free(struct merge *);

#endif
