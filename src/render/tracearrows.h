/* tracearrows - the arrows of a Chrome trace, from a process to another one
 *
 * Viewers draw an arrow between the innermost slices that are open at its ends, so
 * there is one only where these are those of the two processes. pid of the line is
 * another one afterwards. */
#ifndef TRACEARROWS_H
#define TRACEARROWS_H

#include "analysis/tracks.h"
#include "render/traceline.h"

/* From its parent's track to its own, or from the ssh that has led to its host. */
void tracearrows_fork(struct traceline *, const struct tracks *,
    const struct process *);

/* From the processes that made files to those that began with them later:
 * analysis/handovers.h. */
void tracearrows_files(struct traceline *, const struct tracks *,
    const struct forest *);

#endif
