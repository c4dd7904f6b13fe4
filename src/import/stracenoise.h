/* stracenoise - what strace writes beside the lines of processes */
#ifndef STRACENOISE_H
#define STRACENOISE_H

#include <stdbool.h>

#include "base/buf.h"

/* all zero has seen nothing */
struct stracenoise {
	unsigned rules;		/* lines of dashes in the table of -c or -C */
	bool summary;		/* there was such a table */
};

/* Whether the line says nothing of a process: a stack (-k), a dump of data
 * (-e read, write), a table of -c or -C, a word about 32 bit mode. */
bool stracenoise_is(struct stracenoise *, struct slice line);

/* Takes a message of strace itself, which on a terminal may stand at the end
 * of a line that it has broken, off the line: true, and 0 or the PID that it
 * says was attached, and *line is what was in front of it. Before 4.11 nothing
 * told that it was strace's; after that the name by which it was called does. */
bool stracenoise_message(struct slice *line, int32_t *attached);

#endif
