#define _GNU_SOURCE
#include "capture/outfilter.h"

#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "base/buf.h"
#include "capture/signals.h"

static pid_t filter;	/* 0: none */
static int output;	/* what standard output was */

/* in the child: never returns */
static void
exec_filter(const char *command, int in)
{
	static const int ignored[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };
	struct pollfd input = { .fd = in, .events = POLLIN };
	size_t i;

	for (i = 0; i < sizeof ignored / sizeof *ignored; i++)
		signal(ignored[i], SIG_IGN);
	if (dup2(in, STDIN_FILENO) < 0 || fcntl(STDIN_FILENO, F_SETFD, 0) < 0)
		_exit(127);
	while (poll(&input, 1, -1) < 0)
		if (errno != EINTR)
			_exit(127);
	if (!(input.revents & POLLIN))
		_exit(0);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

void
outfilter_open(const char *command)
{
	int ends[2];

	output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	if (output < 0)
		err(exit_failure, "<stdout>");
	if (pipe2(ends, O_CLOEXEC) < 0)
		err(exit_failure, "pipe");
	filter = fork();
	if (filter < 0)
		err(exit_failure, "fork");
	if (!filter) {
		close(ends[1]);
		exec_filter(command, ends[0]);
	}
	close(ends[0]);
	if (dup2(ends[1], STDOUT_FILENO) < 0)
		err(exit_failure, "dup2");
	close(ends[1]);
}

bool
outfilter_close(int signals)
{
	struct pollfd fd = { .fd = signals, .events = POLLIN };
	int status;
	pid_t pid;

	if (!filter)
		return true;
	if (dup2(output, STDOUT_FILENO) < 0 || close(output) < 0)
		err(exit_failure, "<stdout>");
	while ((pid = waitpid(filter, &status, WNOHANG)) <= 0) {
		if (pid < 0 && errno != EINTR)
			err(exit_failure, "wait");
		poll(&fd, 1, -1);
		if (signals_ending(signals))
			kill(filter, SIGKILL);
	}
	filter = 0;
	if (WIFSIGNALED(status))
		warnx("the filter was killed by signal %d", WTERMSIG(status));
	else if (status)
		warnx("the filter ended with status %d", WEXITSTATUS(status));
	return status == 0;
}
