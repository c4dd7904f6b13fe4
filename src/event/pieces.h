/* pieces - a string of the bare tracer, which prints it as words of 8 bytes
 *
 * Each word is in hexadecimal, low byte first: proctrace-events(5), "The bare
 * tracer", x= and xe=. */
#ifndef PIECES_H
#define PIECES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* all zero is an empty one */
struct pieces {
	struct buf bytes;	/* those that are there, without a gap */
	uint64_t size;		/* of all, as the tracer saw it */
};

/* Begins a string of this size. */
void pieces_begin(struct pieces *, uint64_t size);

/* Takes a list of words, the first of which belongs at this offset. What lies
 * behind a gap, or is not a whole word of the string, is not taken. False: not
 * hexadecimal. */
bool pieces_add(struct pieces *, uint64_t offset, struct slice words);

/* Takes the last 8 bytes of the string, of which the uppermost may be the ones
 * that make no whole word. False: not hexadecimal. */
bool pieces_add_end(struct pieces *, struct slice word);

/* Nothing is missing. */
bool pieces_whole(const struct pieces *);

#endif
