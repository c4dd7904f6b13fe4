/* signals - those of this program, through a descriptor
 *
 * Linux only: signalfd(2). */
#ifndef SIGNALS_H
#define SIGNALS_H

#include "capture/command.h"

/* From now on SIGCHLD, SIGUSR1, and what ends, stops and continues a program
 * can be read from the descriptor returned, but for those that are ignored.
 * What this changes for the command is kept in its context. */
int signals_open(struct command_context *);

/* Takes one signal off the descriptor, without waiting: its number if it is one
 * that ends a program, or else 0. */
int signals_ending(int signals);

/* Ends this program as the signal would have ended it. */
void signals_die(const struct command_context *, int sig)
    __attribute__((noreturn));

#endif
