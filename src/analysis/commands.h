/* commands - which processes run the same command, by number
 *
 * Commands are the same if their arguments are, but for names that change from run
 * to run (shape.h), and if their directories are, where the recording tells them
 * (cwd=). What a process executes at last counts. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include <stddef.h>

#include "tree/forest.h"

struct commands {
	size_t n;		/* different ones */
	size_t *of;		/* the number of its command, by process id; n: the
				 * process executes nothing */
};

/* Of a forest that is finished. O(n), n the size of the recording */
void commands_find(struct commands *, const struct forest *);

void commands_free(struct commands *);

#endif
