#include "capture/stracelaunch.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "capture/jobcontrol.h"
#include "capture/straceprobe.h"

#define PLAIN_CALLS "trace=process,setpgid,setsid,chdir,fchdir,chroot,pivot_root,setns"
/* each if there is such a call, and strace knows it */
#define FILE_CALLS ",?open,?creat,?openat,?openat2,?rename,?renameat,?renameat2" \
    ",?link,?linkat,?unlink,?unlinkat,?mknod,?mknodat"

/* The path that execvp(3) would execute, to be freed; NULL, see errno. */
static char *
find_program(const char *name)
{
	const char *path = getenv("PATH"), *end;
	struct buf b = { 0 };
	int reason = ENOENT;

	if (!*name) {
		errno = ENOENT;
		return NULL;
	}
	if (strchr(name, '/'))
		return access(name, X_OK) < 0 ? NULL : xstrdup(name);
	for (path = path ? path : "/bin:/usr/bin"; *path; path = end + !!*end) {
		end = path + strcspn(path, ":");
		b.len = 0;
		buf_add(&b, path, (size_t)(end - path));
		buf_adds(&b, end > path ? "/" : "./");
		buf_add(&b, name, strlen(name) + 1);
		if (access(b.p, X_OK) == 0)
			return b.p;
		if (errno == EACCES)
			reason = EACCES;
	}
	free(b.p);
	errno = reason;
	return NULL;
}

bool
stracelaunch_available(void)
{
	char *strace = find_program("strace");

	free(strace);
	return strace != NULL;
}

int
stracelaunch_check(const char *name)
{
	struct stat st;
	char *program = find_program(name);
	int error = program ? 0 : errno;

	if (program && !stat(program, &st) && S_ISDIR(st.st_mode))
		error = EACCES;
	free(program);
	return error ? command_cannot_run(name, error) : 0;
}

/* Runs strace with this option, to no effect: whether it has it. A signal may come
 * before it says so. */
static bool
has_option(const char *option, struct capture *c)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC), status;
	pid_t pid = fork();

	if (pid < 0)
		err(exit_failure, "fork");
	if (!pid) {
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		sigprocmask(SIG_SETMASK, &c->context.mask, NULL);
		execlp("strace", "strace", option, "-V", (char *)NULL);
		_exit(1);
	}
	close(null);
	c->ended_by = jobcontrol_wait(pid, c->signals, &status);
	return !status && !c->ended_by;
}

/* The option with which strace tells PIDs of our namespace; NULL: it has none.
 * In one of its own, a traced process gets numbers that are others here. */
static const char *
find_decoding(struct capture *c)
{
	static const char *const options[] = { "--decode-pids=pidns",
	    "--pidns-translation" };
	size_t i;

	for (i = 0; i < sizeof options / sizeof *options; i++) {
		if (has_option(options[i], c))
			return options[i];
		if (c->ended_by)
			break;
	}
	return NULL;
}

static void
add_calls(char **argv, size_t *n, const char *calls, const char *files)
{
	struct buf b = { 0 };

	buf_adds(&b, calls);
	buf_adds(&b, files);
	buf_addc(&b, '\0');
	argv[(*n)++] = xstrdup("-e");
	argv[(*n)++] = b.p;
}

/* The options that differ: with --seccomp-bpf if strace is right with it, or else
 * such that each strace is. */
static void
add_options(struct capture *c, char **argv, size_t *n, struct stracelaunch *how)
{
	const char *decoding;

	how->fast = straceprobe_is_right(c);
	if (c->ended_by)
		return;
	if (how->fast) {
		argv[(*n)++] = xstrdup("--seccomp-bpf");
		/* with brk, or the first that is lost is an open of ld.so(8) */
		add_calls(argv, n, STRACEPROBE_CALLS, c->files ?
		    FILE_CALLS ",brk" : "");
	} else {
		add_calls(argv, n, PLAIN_CALLS, c->files ? FILE_CALLS : "");
	}
	decoding = how->fast ? STRACEPROBE_DECODING : find_decoding(c);
	how->decodes = decoding != NULL;
	if (decoding)
		argv[(*n)++] = xstrdup(decoding);
}

pid_t
stracelaunch_start(struct capture *c, int log, struct stracelaunch *how)
{
	/* -yy tells devices from files */
	const char *const options[] = { "strace", "-f", "-ttt",
	    c->files ? "-yy" : "-y", "-s", "1000000", "-o" };
	enum { NOPTIONS = sizeof options / sizeof *options, OTHERS = 16 };
	char **shell = command_for_shell(c->argv), file[64], **argv;
	char *const *command = shell ? shell : c->argv;
	size_t n = 0, i;
	pid_t pid = 0;

	while (command[n])
		n++;
	argv = xcalloc(NOPTIONS + OTHERS + n + 1, sizeof *argv);
	for (i = 0; i < NOPTIONS; i++)
		argv[i] = xstrdup(options[i]);
	/* ours by name, so that it is none of the command's descriptors */
	snprintf(file, sizeof file, "/proc/%ld/fd/%d", (long)getpid(), log);
	argv[i++] = xstrdup(file);
	add_options(c, argv, &i, how);
	argv[i++] = xstrdup("--");
	memcpy(argv + i, command, n * sizeof *argv);
	if (!c->ended_by)
		pid = command_start(argv, &c->context, &how->failed);
	while (i)
		free(argv[--i]);
	free(argv);
	command_free(shell);
	return pid;
}
