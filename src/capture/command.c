#define _GNU_SOURCE
#include "capture/command.h"

#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
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

enum {
	LOOK_MS = 200,		/* for signals */
	ASK_LOOKS = 5,		/* with a signal that came, and then with SIGKILL */
	LOOKS = 8,		/* and no more: it hangs in the kernel */
};

static bool
is_executable(const char *file)
{
	struct stat st;

	return stat(file, &st) == 0 && S_ISREG(st.st_mode) &&
	    faccessat(AT_FDCWD, file, X_OK, AT_EACCESS) == 0;
}

/* The file that execvp(3) will find along PATH, to be freed; NULL: none. It has
 * a slash, so that nothing is searched again. */
static char *
find_file(const char *name)
{
	const char *dir = getenv("PATH"), *end;
	struct buf file = { 0 };

	if (!dir || !*name || strchr(name, '/'))
		return NULL;
	for (;; dir = end + 1) {
		end = strchrnul(dir, ':');
		file.len = 0;
		buf_add(&file, dir, (size_t)(end - dir));
		if (end == dir)
			buf_addc(&file, '.');
		buf_addc(&file, '/');
		buf_add(&file, name, strlen(name) + 1);
		if (is_executable(file.p))
			return file.p;
		if (!*end)
			break;
	}
	free(file.p);
	return NULL;
}

/* Whether execvp(3) would let the shell execute it, as the kernel does not know what
 * it is: it is a text (POSIX, sh(1), "Command Search and Execution"), and names no
 * interpreter. */
static bool
is_for_shell(const char *file)
{
	char head[256];
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n = fd < 0 ? -1 : read(fd, head, sizeof head);

	if (fd >= 0)
		close(fd);
	return n >= 0 && is_executable(file) && !memchr(head, '\0', (size_t)n) &&
	    !(n > 1 && head[0] == '#' && head[1] == '!');
}

char **
command_for_shell(char *const argv[])
{
	static const char shell[] = "/bin/sh";
	char *found = find_file(argv[0]), **args = NULL;
	const char *file = found ? found : argv[0];
	size_t n = 0;

	if ((found || strchr(file, '/')) && is_for_shell(file)) {
		while (argv[n])
			n++;
		args = xcalloc(n + 2, sizeof *args);
		memcpy(args + 2, argv + 1, (n - 1) * sizeof *args);
		args[0] = xstrdup(shell);
		args[1] = xstrdup(file);
	}
	free(found);
	return args;
}

void
command_free(char **args)
{
	if (!args)
		return;
	free(args[0]);
	free(args[1]);
	free(args);
}

/* Until it executes something, it has the name of what it is to execute. */
static void
set_name(const char *file)
{
	const char *slash = strrchr(file, '/');

	prctl(PR_SET_NAME, slash ? slash + 1 : file);
}

/* errno */
static int
become(const char *file, char *const argv[], const struct command_context *ctx)
{
	set_name(argv[0]);
	if (ctx->out < 0)
		close(STDOUT_FILENO);
	else if (dup2(ctx->out, STDOUT_FILENO) < 0)
		return errno;
	sigaction(SIGCHLD, &ctx->sigchld, NULL);
	sigprocmask(SIG_SETMASK, &ctx->mask, NULL);
	if (file)
		execvp(file, argv);
	/* none, or not that one: its interpreter may be missing */
	execvp(argv[0], argv);
	return errno;
}

static int
failed_status(int e)
{
	return e == ENOENT ? COMMAND_NOT_FOUND : COMMAND_CANNOT_RUN;
}

int
command_cannot_run(const char *name, int e)
{
	errno = e;
	warn("%s", name);
	return failed_status(e);
}

int
command_exec(char *const argv[], const struct command_context *ctx)
{
	return command_cannot_run(argv[0], become(NULL, argv, ctx));
}

/* All signals are blocked: what has come stays for who reads them. */
static int
pending_end(void)
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

/* Waits until its report can be read; false: it cannot be ended before that. */
static bool
await_exec(pid_t pid, int report)
{
	struct pollfd fd = { .fd = report, .events = POLLIN };
	int sig, looks = 0;

	while (poll(&fd, 1, LOOK_MS) <= 0) {
		sig = pending_end();
		if (!sig)
			continue;
		if (looks++ == LOOKS)
			return false;
		kill(pid, looks > ASK_LOOKS ? SIGKILL : sig);
	}
	return true;
}

pid_t
command_start(char *const argv[], const struct command_context *ctx, int *failed)
{
	int report[2], e;
	ssize_t n;
	pid_t pid;
	char *file, **shell;

	if (pipe2(report, O_CLOEXEC) < 0)
		err(exit_failure, "pipe");
	/* here, because the failed ones of a search are none of the command's */
	shell = command_for_shell(argv);
	file = shell ? NULL : find_file(argv[0]);
	pid = fork();
	if (pid < 0)
		err(exit_failure, "fork");
	if (!pid) {
		e = become(file, shell ? shell : argv, ctx);
		while (write(report[1], &e, sizeof e) < 0 && errno == EINTR)
			;
		_exit(failed_status(e));
	}
	free(file);
	command_free(shell);
	close(report[1]);
	if (!await_exec(pid, report[0])) {
		close(report[0]);
		*failed = 0;
		return pid;
	}
	/* closed by its exec, or the reason why there was none */
	while ((n = read(report[0], &e, sizeof e)) < 0 && errno == EINTR)
		;
	close(report[0]);
	*failed = n == sizeof e ? command_cannot_run(argv[0], e) : 0;
	return pid;
}

void
command_show_self(bool shown)
{
	prctl(PR_SET_DUMPABLE, shown);
}

int
command_status(int status)
{
	return WIFSIGNALED(status) ? COMMAND_SIGNALED + WTERMSIG(status) :
	    WEXITSTATUS(status);
}
