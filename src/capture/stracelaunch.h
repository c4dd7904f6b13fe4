/* stracelaunch - strace as a process, which runs the command. Linux only. */
#ifndef STRACELAUNCH_H
#define STRACELAUNCH_H

#include <stdbool.h>
#include <sys/types.h>

#include "capture/capture.h"

/* strace is on PATH */
bool stracelaunch_available(void);

/* Whether strace would be able to execute the command of this name: 0, or the exit
 * status of env(1), after a message as of env(1). */
int stracelaunch_check(const char *name);

struct stracelaunch {
	bool fast;	/* with --seccomp-bpf: the command and all that descends from
			 * it have no rights of set-user-ID programs, not even of
			 * root, and end with strace */
	bool decodes;	/* it tells PIDs as we have them also of what runs in
			 * another PID namespace */
	int failed;	/* as of command_start() */
};

/* Starts it, with its log for this descriptor, in the best way that it has: its PID;
 * 0: a signal has come before, see ended_by. */
pid_t stracelaunch_start(struct capture *, int log, struct stracelaunch *);

#endif
