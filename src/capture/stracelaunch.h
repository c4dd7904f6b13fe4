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

/* Starts it, with its log for this descriptor: its PID; 0: a signal has come
 * before, see ended_by. *decodes: it tells PIDs as we have them also of what runs in
 * another PID namespace. *failed: as of command_start(). */
pid_t stracelaunch_start(struct capture *, int log, bool *decodes, int *failed);

#endif
