/* straced - a capture on top of strace, where there is no BPF
 *
 * strace runs the command and follows all that descends from it, as the same
 * user; its log becomes a recording as it comes (import.h). Linux only. */
#ifndef STRACED_H
#define STRACED_H

#include <stdbool.h>
#include <stdint.h>

#include "backlog.h"
#include "command.h"

struct straced {
	char *const *argv;	/* of the command */
	uint64_t timeout;	/* ns, after which all of it is ended; 0: none */
	int signals;		/* a signalfd(2) for SIGCHLD and what ends a
				 * program */
	struct backlog *out;	/* takes the recording */

	int32_t root;		/* set: its PID; 0 if nothing was run */
	bool timed_out;		/* set */
};

/* There is a strace on PATH. */
bool straced_available(void);

/* Runs and records the command: its exit status as env(1) would have it, 125
 * after a message if strace failed. */
int straced_run(struct straced *, const struct command_context *);

#endif
