/* jobcontrol - a child that shares our terminal, stopped and continued as its shell
 * expects
 *
 * A shell waits for us, not for our child: when the child stops, the shell gets
 * its terminal back only if we stop as well. */
#ifndef JOBCONTROL_H
#define JOBCONTROL_H

#include <stdbool.h>
#include <sys/types.h>

/* Stops this program by a signal that it blocks, until it is continued. */
void jobcontrol_suspend(int sig);

/* The child has stopped by this signal: stops this program in the same way,
 * until somebody continues it, if a shell at a terminal waits for that. If not
 * (something else has stopped the child, for a reason of its own), or if it was
 * continued in the meantime: false. */
bool jobcontrol_stop(pid_t child, int sig);

/* This program was continued: so is its child, if it still stands. */
void jobcontrol_continue(pid_t child);

/* Whether a child has ended, and how, as wait(2) has it, in *status: JOBCONTROL_GONE
 * if it was waited for before. Stops when it stops. */
enum { JOBCONTROL_GONE = -1 };
bool jobcontrol_has_ended(pid_t child, int *status);

/* Waits for the end of a child, stopping when it stops: its wait(2) status goes
 * into *status. If a signal comes (signals.h) that ends a program, and the child
 * does not end by it within a second, that is sent SIGTERM and not waited for;
 * its status is JOBCONTROL_GONE then. The first such signal, or 0. */
int jobcontrol_wait(pid_t child, int signals, int *status);

#endif
