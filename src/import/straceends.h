/* straceends - how processes end in strace's log, whoever tells it */
#ifndef STRACEENDS_H
#define STRACEENDS_H

#include "import/stracecalls.h"

/* A parent has heard of its child's end: from a wait, or by SIGCHLD. */
void straceends_wait(struct stracecalls *, int32_t tid, uint64_t ts,
    struct slice text);

/* exit(STATUS) or (group) exit_group(STATUS), which do not return. NULL, or the
 * reason why the line is bad. */
const char *straceends_exit(struct stracecalls *, bool group, int32_t tid,
    uint64_t ts, struct slice text);

/* "exited with 1", "killed by SIGSEGV (core dumped)" or "superseded by execve
 * in pid 2": sets the step. NULL, or the reason why the line is bad. */
const char *straceends_set(struct stracecalls *, struct stracequeue_step *,
    struct slice text);

#endif
