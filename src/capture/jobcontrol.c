#define _GNU_SOURCE
#include "capture/jobcontrol.h"

#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "capture/signals.h"

enum { GRACE_MS = 1000 };

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

bool
jobcontrol_has_ended(pid_t child, int *status)
{
	pid_t pid;

	while ((pid = waitpid(child, status, WUNTRACED | WNOHANG)) == child &&
	    WIFSTOPPED(*status))
		if (jobcontrol_stop(child, WSTOPSIG(*status)))
			kill(child, SIGCONT);
	if (pid < 0 && errno != EINTR)
		*status = JOBCONTROL_GONE;
	return pid == child || (pid < 0 && errno != EINTR);
}

int
jobcontrol_wait(pid_t child, int signals, int *status)
{
	struct pollfd fd = { .fd = signals, .events = POLLIN };
	int ended_by = 0;

	while (!jobcontrol_has_ended(child, status)) {
		if (poll(&fd, 1, ended_by ? GRACE_MS : -1) == 0) {
			kill(child, SIGTERM);
			*status = JOBCONTROL_GONE;
			break;
		}
		if (!ended_by)
			ended_by = signals_ending(signals);
		else
			signals_ending(signals);
	}
	return ended_by;
}
