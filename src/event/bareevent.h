/* bareevent - what the bare tracer tells of processes, as the event that it is
 *
 * Its fields are numbers of the kernel and words in hexadecimal:
 * proctrace-events(5), "The bare tracer". No I/O. */
#ifndef BAREEVENT_H
#define BAREEVENT_H

#include <stdbool.h>

#include "event/baredirs.h"
#include "event/event.h"
#include "event/pieces.h"

/* all zero is none */
struct bareevent {
	struct buf head;	/* the event up to where its pieces belong; len 0: none
				 * has begun */
	struct buf argv;	/* argv= of its line itself, with its TAB */
	unsigned signal;	/* that it is about */
	bool unsent;		/* nobody sent it: who stands there is a bystander */
};

/* why a line is bad */
extern const char bareevent_not_hex[];

/* Begins with a line, which may refer to a directory of its CPU. What it has of its
 * file name and its arguments goes to file and args, to which other lines may add.
 * NULL, or the reason why the line is bad: it is to be forgotten then. */
const char *bareevent_begin(struct bareevent *, const struct event *line,
    const struct baredirs *, struct pieces *file, struct pieces *args);

bool bareevent_is_pending(const struct bareevent *);

/* Adds the event as a line, whether or not its pieces are whole, and is none again. */
void bareevent_end(struct bareevent *, const struct pieces *file,
    const struct pieces *args, struct buf *events);

/* It is none again. */
void bareevent_forget(struct bareevent *);

void bareevent_free(struct bareevent *);

#endif
