/* identity - a process, and not who has its PID by now
 *
 * A PID is used again after the end of its process. With the time of the fork
 * it tells one process from all others: those that got the PID later began later.
 * So "since" is here the latest tick (procstat.h) at which the process can have
 * begun. Linux only. */
#ifndef IDENTITY_H
#define IDENTITY_H

#include <stdbool.h>
#include <stdint.h>

/* It lives: exists, and is no zombie. */
bool identity_lives(int32_t pid, uint64_t since);

/* Sends a signal to who has the PID, if is(pid, arg) says that it is the one who
 * is meant, and never to anybody else: 0, or the errno. ESRCH: it is not. */
int identity_send(int32_t pid, int sig, bool (*is)(int32_t pid, const void *arg),
    const void *arg);

/* Sends it a signal, and never anybody else: 0, or the errno. ESRCH: it has
 * ended. */
int identity_signal(int32_t pid, uint64_t since, int sig);

#endif
