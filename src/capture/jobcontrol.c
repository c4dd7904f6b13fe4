#define _GNU_SOURCE
#include "capture/jobcontrol.h"

#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* Those signals stop it which the terminal sends, and SIGSTOP if it is in the
 * foreground: then a shell waits. */
static bool
is_waited_for(pid_t child, int sig)
{
	int fd = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
	pid_t group;

	if (fd < 0)
		return false;
	group = tcgetpgrp(fd);
	close(fd);
	return sig != SIGSTOP || group == getpgrp() || group == getpgid(child);
}

int
jobcontrol_ended_by(void)
{
	static const int ends[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };
	sigset_t pending;
	size_t i;

	sigpending(&pending);
	for (i = 0; i < sizeof ends / sizeof *ends; i++)
		if (sigismember(&pending, ends[i]))
			return ends[i];
	return 0;
}

void
jobcontrol_suspend(int sig)
{
	sigset_t set;

	raise(sig);
	sigemptyset(&set);
	sigaddset(&set, sig);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

bool
jobcontrol_stop(pid_t child, int sig)
{
	sigset_t pending;

	sigpending(&pending);
	if (sigismember(&pending, SIGCONT) || !is_waited_for(child, sig))
		return false;
	jobcontrol_suspend(sig);
	return true;
}

void
jobcontrol_continue(pid_t child)
{
	siginfo_t si = { .si_pid = 0 };

	if (!waitid(P_PID, (id_t)child, &si, WSTOPPED | WNOHANG | WNOWAIT) &&
	    si.si_pid == child)
		kill(child, SIGCONT);
}

int
jobcontrol_wait(pid_t child)
{
	int status;

	for (;;) {
		if (waitpid(child, &status, WUNTRACED) < 0) {
			if (errno != EINTR)
				return -1;
		} else if (!WIFSTOPPED(status)) {
			return status;
		} else if (jobcontrol_stop(child, WSTOPSIG(status))) {
			kill(child, SIGCONT);
		}
	}
}
