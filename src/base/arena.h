/* arena - memory that is taken piece by piece, and goes all at once */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

/* all zero is an empty one */
struct arena {
	struct arena_chunk *chunks;
};

/* Takes this number of bytes, which are not set, aligned for pointers and 64-bit
 * numbers; they stay where they are until arena_free(). O(1) */
void *arena_take(struct arena *, size_t size);

void arena_free(struct arena *);

#endif
