/* tracks - processes on as few tracks as they fit, children on their parent's
 *
 * On a track, slices of time lie within each other or one after the other,
 * never across each other's end: viewers of traces draw it as a flame chart. A
 * child lies on the track of its parent, within it, as long as no other child
 * lies there at that time, and if it ends before its parent does, and before
 * that executes another program. Others get the first track that is free. So a
 * command that does one thing at a time is one track, make -j2 two, and a daemon
 * that outlives the rest has one to itself. */
#ifndef TRACKS_H
#define TRACKS_H

#include <stdbool.h>
#include <stddef.h>

#include "tree/forest.h"

struct tracks {
	size_t *of;	/* the track of each process, by its id: from 0 on */
	bool *seen;	/* by id: when it began, its parent was the innermost of its
			 * own track, and no child of it lay there */
	size_t n;	/* tracks */
};

/* Of a forest that is finished. O(n log n) */
void tracks_find(struct tracks *, const struct forest *);

void tracks_free(struct tracks *);

#endif
