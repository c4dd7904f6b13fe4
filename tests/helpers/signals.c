/* signals - tells the signals that it gets
 *
 * usage: signals FILE SIGNAL...
 *
 * Writes "ready" to standard output, and the name of each of these signals to
 * FILE and to standard output as it comes. Ends with status 9 some time after one of HUP, INT, QUIT,
 * TERM, so that one which comes twice is seen. */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LONG_ENOUGH_MS = 300 };

static int
number(const char *name)
{
	int sig;

	for (sig = 1; sig < NSIG; sig++)
		if (sigabbrev_np(sig) && !strcmp(sigabbrev_np(sig), name))
			return sig;
	errx(2, "no signal %s", name);
}

int
main(int argc, char *argv[])
{
	struct timespec wait = { .tv_nsec = LONG_ENOUGH_MS * 1000000L };
	sigset_t set;
	int fd, i, sig, ends = 0;

	fd = argc > 2 ? open(argv[1], O_WRONLY | O_CREAT | O_APPEND, 0644) : -1;
	if (fd < 0)
		errx(2, "usage: signals FILE SIGNAL...");
	sigemptyset(&set);
	for (i = 2; i < argc; i++)
		sigaddset(&set, number(argv[i]));
	sigprocmask(SIG_BLOCK, &set, NULL);
	puts("ready");
	fflush(stdout);
	for (;;) {
		sig = sigtimedwait(&set, NULL, ends ? &wait : NULL);
		if (sig < 0)
			return 9;
		dprintf(fd, "%s\n", sigabbrev_np(sig));
		dprintf(STDOUT_FILENO, "%s\n", sigabbrev_np(sig));
		ends += sig == SIGHUP || sig == SIGINT || sig == SIGQUIT ||
		    sig == SIGTERM;
	}
}
