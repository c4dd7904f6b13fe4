/* tracees - the processes that a tracer of ours has
 *
 * What a tracer has descends from what it runs, whatever number a traced call has
 * returned for it; /proc/PID/status tells (TracerPid, proc(5)). Linux only. */
#ifndef TRACEES_H
#define TRACEES_H

#include <stdint.h>

#include "tree/members.h"

/* Adds all of them to a tree. Nobody, if /proc is that of another PID namespace
 * than this process is in. */
void tracees_find(struct members *, int32_t tracer);

/* Whether it is one. */
bool tracees_has(int32_t tracer, int32_t pid);

/* Sends it a signal if it is one, and nobody else: 0, or the errno. */
int tracees_signal(int32_t tracer, int32_t pid, int sig);

#endif
