/* signals - those of this program, through a descriptor
 *
 * Linux only: signalfd(2). */
#ifndef SIGNALS_H
#define SIGNALS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/signalfd.h>

#include "capture/command.h"

/* From now on SIGCHLD, SIGUSR1, and what ends, stops and continues a program
 * can be read from the descriptor returned, but for those that are ignored.
 * What this changes for the command is kept in its context. */
int signals_open(struct command_context *);

/* Takes one signal off the descriptor, without waiting: its number if it is one
 * that ends a program, or else 0. */
int signals_ending(int signals);

/* It was sent to this program alone; one from the terminal the command gets as
 * well. */
bool signals_is_alone(const struct signalfd_siginfo *);

/* All zero: none was sent yet of those that end a program. */
struct signals_insistence {
	uint64_t first;		/* when it was; clock.h */
};

/* Such a signal is sent to this program alone, and the command lives. True if that
 * is not the first one, which was a second ago or more (timeout(1) sends two at
 * once): this program is meant itself, and is not to wait for the command. */
bool signals_insist(struct signals_insistence *, int sig);

/* Takes one signal off the descriptor, without waiting, and sends it on to the
 * child if that is alone to get it. If somebody insists, which signal that was by;
 * or else 0. */
int signals_forward(int signals, pid_t child, struct signals_insistence *);

/* Ends this program as the signal would have ended it. */
void signals_die(const struct command_context *, int sig)
    __attribute__((noreturn));

#endif
