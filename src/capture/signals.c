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
#include "base/clock.h"

enum { INSIST_MS = 1000 };

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

bool
signals_is_alone(const struct signalfd_siginfo *si)
{
	/* when a terminal closes, only the leader is told */
	return si->ssi_code <= 0 ||
	    (si->ssi_signo == SIGHUP && getsid(0) == getpid());
}

static bool
is_ending(int sig)
{
	return sig == SIGHUP || sig == SIGINT || sig == SIGQUIT ||
	    sig == SIGTERM;
}

static int
take(int signals, struct signalfd_siginfo *si)
{
	struct pollfd fd = { .fd = signals, .events = POLLIN };

	if (poll(&fd, 1, 0) <= 0 || read(signals, si, sizeof *si) != sizeof *si)
		return 0;
	return (int)si->ssi_signo;
}

int
signals_ending(int signals)
{
	struct signalfd_siginfo si;
	int sig = take(signals, &si);

	return is_ending(sig) ? sig : 0;
}

int
signals_forward(int signals, pid_t child, struct signals_insistence *in)
{
	struct signalfd_siginfo si;
	int sig = take(signals, &si);

	if (!is_ending(sig) || !signals_is_alone(&si))
		return 0;
	if (signals_insist(in, sig))
		return sig;
	kill(child, sig);
	return 0;
}

bool
signals_insist(struct signals_insistence *in, int sig)
{
	uint64_t now = clock_ns();

	if (!is_ending(sig))
		return false;
	if (!in->first)
		in->first = now;
	return now - in->first >= (uint64_t)INSIST_MS * 1000000;
}

void
signals_die(const struct command_context *context, int sig)
{
	sigprocmask(SIG_SETMASK, &context->mask, NULL);
	raise(sig);
	exit(COMMAND_SIGNALED + sig);
}
