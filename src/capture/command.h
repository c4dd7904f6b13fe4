/* command - the traced command, run as if nobody watched
 *
 * It has its own uid, working directory, environment, terminal, process group,
 * signal mask and dispositions, and descriptors. */
#ifndef COMMAND_H
#define COMMAND_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

enum {
	COMMAND_CANNOT_RUN = 126,	/* as env(1) has them */
	COMMAND_NOT_FOUND = 127,
	COMMAND_SIGNALED = 128,		/* + the signal */
};

/* what this program has changed for itself, and the command must not see */
struct command_context {
	sigset_t mask;
	struct sigaction sigchld;
	int out;	/* the command's standard output; -1: it has none */
};

/* Standard descriptors that are closed stay closed for the command, whatever
 * this program opens. To be called first. */
void command_hold_closed(void);

/* A copy of what this standard descriptor is now, for struct command_context:
 * -1 if it is closed. */
int command_descriptor(int fd);

/* Starts argv: its PID. If a signal comes that ends a program before it is
 * executed, which can take long on a file system that does not answer, it gets
 * that. If it cannot be executed, a message, and *failed is
 * the exit status for it; the PID is still to be waited for. */
pid_t command_start(char *const argv[], const struct command_context *,
    int *failed);

/* What is to be executed in place of argv, because the kernel would not execute
 * that: the shell, as with execvp(3); NULL: argv is right. Free with
 * command_free(), which takes NULL, too. */
char **command_for_shell(char *const argv[]);
void command_free(char **);

/* Becomes the command: returns only if it cannot be executed, after a message,
 * the exit status for that. */
int command_exec(char *const argv[], const struct command_context *);

/* Says that the command of this name cannot be run, by an errno: the exit status for
 * that. */
int command_cannot_run(const char *name, int error);

/* Whether others of the same user can look into this program, and write into
 * its pipes, through /proc. A command that it runs is not concerned. */
void command_show_self(bool);

/* The exit status of a shell for a wait(2) status. */
int command_status(int status);

#endif
