#define _GNU_SOURCE
#include "capture/signals.h"

#include <sys/signalfd.h>

#include <err.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"

static bool
is_ignored(int sig)
{
	struct sigaction act;

	return !sigaction(sig, NULL, &act) && act.sa_handler == SIG_IGN;
}

int
signals_open(struct command_context *context)
{
	static const int list[] = { SIGCHLD, SIGCONT, SIGHUP, SIGINT, SIGQUIT,
	    SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU, SIGUSR1 };
	struct sigaction dfl = { .sa_handler = SIG_DFL };
	sigset_t set, blocked;
	size_t i;
	int fd;

	sigaction(SIGCHLD, &dfl, &context->sigchld);
	sigemptyset(&set);
	for (i = 0; i < sizeof list / sizeof *list; i++)
		if (!is_ignored(list[i]))
			sigaddset(&set, list[i]);
	blocked = set;
	/* write(2) tells */
	sigaddset(&blocked, SIGPIPE);
	sigaddset(&blocked, SIGXFSZ);
	sigprocmask(SIG_BLOCK, &blocked, &context->mask);
	fd = signalfd(-1, &set, SFD_CLOEXEC);
	if (fd < 0)
		err(exit_failure, "signalfd");
	return fd;
}

int
signals_ending(int signals)
{
	struct pollfd fd = { .fd = signals, .events = POLLIN };
	struct signalfd_siginfo si;

	if (poll(&fd, 1, 0) <= 0 || read(signals, &si, sizeof si) != sizeof si)
		return 0;
	switch (si.ssi_signo) {
	case SIGHUP: case SIGINT: case SIGQUIT: case SIGTERM:
		return (int)si.ssi_signo;
	default:
		return 0;
	}
}

void
signals_die(const struct command_context *context, int sig)
{
	sigprocmask(SIG_SETMASK, &context->mask, NULL);
	raise(sig);
	exit(COMMAND_SIGNALED + sig);
}
