#define _GNU_SOURCE
#include "capture/command.h"

#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"

void
command_hold_closed(void)
{
	int fd;

	/* of no use to this program, and gone in the command */
	for (fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", O_CLOEXEC |
			    (fd == STDIN_FILENO ? O_WRONLY : O_RDONLY));
}

int
command_descriptor(int fd)
{
	if (fcntl(fd, F_GETFD) & FD_CLOEXEC)
		return -1;
	return fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
}

/* in the child: never returns */
static void
exec_command(char *const argv[], const struct command_context *ctx, int report)
{
	int e;

	if (ctx->out < 0)
		close(STDOUT_FILENO);
	else if (dup2(ctx->out, STDOUT_FILENO) < 0)
		_exit(COMMAND_CANNOT_RUN);
	sigaction(SIGCHLD, &ctx->sigchld, NULL);
	sigprocmask(SIG_SETMASK, &ctx->mask, NULL);
	execvp(argv[0], argv);
	e = errno;
	while (write(report, &e, sizeof e) < 0 && errno == EINTR)
		;
	_exit(e == ENOENT ? COMMAND_NOT_FOUND : COMMAND_CANNOT_RUN);
}

pid_t
command_start(char *const argv[], const struct command_context *ctx, int *failed)
{
	int report[2], e;
	ssize_t n;
	pid_t pid;

	if (pipe2(report, O_CLOEXEC) < 0)
		err(exit_failure, "pipe");
	pid = fork();
	if (pid < 0)
		err(exit_failure, "fork");
	if (!pid)
		exec_command(argv, ctx, report[1]);
	close(report[1]);
	/* closed by its exec, or the reason why there was none */
	while ((n = read(report[0], &e, sizeof e)) < 0 && errno == EINTR)
		;
	close(report[0]);
	*failed = 0;
	if (n == sizeof e) {
		*failed = e == ENOENT ? COMMAND_NOT_FOUND : COMMAND_CANNOT_RUN;
		errno = e;
		warn("%s", argv[0]);
	}
	return pid;
}

int
command_status(int status)
{
	return WIFSIGNALED(status) ? COMMAND_SIGNALED + WTERMSIG(status) :
	    WEXITSTATUS(status);
}
