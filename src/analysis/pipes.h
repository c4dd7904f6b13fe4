/* pipes - which writer of its pipe a process has waited for
 *
 * The standard input of a process that is a pipe (fd0= of its last exec) has
 * writers: those whose standard output or error it is. A process that reads to the end waits
 * until they have ended, unless it was busy itself: of tar | xz it is xz that takes
 * the time. That is not recorded, and guessed from the CPU time of the reader,
 * which has waited if during at least half of the time it neither used a CPU nor was
 * ready to. */
#ifndef PIPES_H
#define PIPES_H

#include "tree/ends.h"

struct pipes {
	struct pipes_index *index;	/* private */
};

/* Of the processes whose ends these are, in that order. */
void pipes_init(struct pipes *, const struct end *, size_t n);

/* The writer that the reader may have waited for at the time: of those of its
 * standard input the one that ended last by then, but after since, and after the
 * reader has begun. NULL: none. Over all calls, by only goes back. */
const struct process *pipes_writer(struct pipes *, const struct process *reader,
    uint64_t since, uint64_t by);

/* The one that pipes_writer() has just told of this reader is not told again. */
void pipes_take(struct pipes *, const struct process *reader);

void pipes_free(struct pipes *);

#endif
