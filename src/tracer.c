#define _GNU_SOURCE
#include "tracer.h"

#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	MARK_PID = 1886679653,	/* as in proctrace.bt; PID_MAX_LIMIT is 2^22 */
	FOLLOW_PID,
	IDLE_MARK = 1,		/* a cookie that nobody has */
	PIPE_SIZE = 4096,	/* the smallest there is; bpftrace's buffer is as
				 * large */
	MARK_LINE = 40,		/* the least length of its line */
	STOP_POLL_MS = 5,
	SAID_MAX = 64 * 1024,
};

/* A buffer of 2 MiB per CPU rides out a reader that is stalled for seconds; a
 * tree may have as many members as there are PIDs on most systems. */
static char perf_pages[] = "BPFTRACE_PERF_RB_PAGES=512";
static char map_keys[] = "BPFTRACE_MAP_KEYS_MAX=65536";

static const char tracefs[] = "/sys/kernel/tracing";

unsigned
tracer_cookie(void)
{
	unsigned n;

	if (getrandom(&n, sizeof n, 0) != sizeof n)
		n = (unsigned)getpid() << 10;
	return (n & 0x3fffffff) | 0x100000;
}

void
tracer_mark(unsigned cookie)
{
	if (setpgid(MARK_PID, (pid_t)cookie) == 0)
		errx(exit_failure, "there is a process %d", MARK_PID);
}

void
tracer_follow(int32_t pid)
{
	(void)!setpgid(FOLLOW_PID, pid);
}

void
tracer_flush(void)
{
	int i;

	for (i = 0; i < PIPE_SIZE / MARK_LINE; i++)
		tracer_mark(IDLE_MARK);
}

/* runs a command, its output hidden: its exit status, or -1 */
static int
run(char *const argv[], bool quiet)
{
	pid_t pid = fork();
	int status, null;

	if (pid < 0)
		return -1;
	if (!pid) {
		null = open("/dev/null", O_RDWR);
		if (quiet && (dup2(null, 0) < 0 || dup2(null, 1) < 0 ||
		    dup2(null, 2) < 0))
			_exit(127);
		execvp(argv[0], argv);
		_exit(127);
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* sudo will run the tracer without a question from now on. */
static bool
authenticate(const char *bpftrace)
{
	static char sudo[] = "sudo", ask_nothing[] = "-n", validate[] = "-v",
	    list[] = "-l";
	char *name = xstrdup(bpftrace);
	int status = run((char *[]){ sudo, ask_nothing, list, name, NULL }, true);

	free(name);
	if (status == 127) {
		warnx("not root, and there is no sudo: run this as root");
		return false;
	}
	if (status != 0 && run((char *[]){ sudo, validate, NULL }, false) != 0) {
		warnx("not root, and sudo does not let bpftrace run: "
		    "run 'sudo -v' first, or this as root");
		return false;
	}
	return true;
}

static bool
preflight(void)
{
	static const char btf[] = "/sys/kernel/btf/vmlinux";
	static const char events[] = "/sys/kernel/tracing/events";

	if (access(events, F_OK) < 0 && errno == ENOENT) {
		warnx("tracefs is not mounted: mount -t tracefs tracefs %s", tracefs);
		return false;
	}
	if (access(btf, F_OK) < 0) {
		warnx("no %s: this needs a kernel with CONFIG_DEBUG_INFO_BTF", btf);
		return false;
	}
	return true;
}

/* in the child: never returns */
static void
exec_bpftrace(const struct tracer_options *opt, int out, int err_fd, pid_t parent)
{
	static char sudo[] = "sudo", ask_nothing[] = "-n", quiet[] = "-q",
	    buffer[] = "-B", full[] = "full", eval[] = "-e";
	char cookie[16], *argv[16];
	size_t n = 0;
	int null = open("/dev/null", O_RDONLY);
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	if (dup2(null, 0) < 0 || dup2(out, 1) < 0 || dup2(err_fd, 2) < 0 ||
	    setpgid(0, 0) < 0)
		_exit(127);
	if (geteuid()) {
		argv[n++] = sudo;
		argv[n++] = ask_nothing;
		argv[n++] = perf_pages;
		argv[n++] = map_keys;
	} else {
		putenv(perf_pages);
		putenv(map_keys);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(127);
	}
	snprintf(cookie, sizeof cookie, "%u", opt->tree);
	argv[n++] = xstrdup(opt->bpftrace);
	argv[n++] = quiet;
	argv[n++] = buffer;
	argv[n++] = full;
	argv[n++] = eval;
	argv[n++] = xstrdup(opt->script);
	argv[n++] = cookie;
	argv[n] = NULL;
	execvp(argv[0], argv);
	if (errno == ENOENT)
		warnx("%s: not found: apt-get install bpftrace, or name it with "
		    "--bpftrace-path", argv[0]);
	else
		warn("%s", argv[0]);
	_exit(127);
}

bool
tracer_start(struct tracer *t, const struct tracer_options *opt)
{
	int out[2], errors[2];
	pid_t self = getpid();

	if (!preflight() || (geteuid() && !authenticate(opt->bpftrace)))
		return false;
	if (pipe2(out, O_CLOEXEC) < 0 || pipe2(errors, O_CLOEXEC) < 0)
		err(exit_failure, "pipe");
	t->pid = fork();
	if (t->pid < 0)
		err(exit_failure, "fork");
	if (!t->pid)
		exec_bpftrace(opt, out[1], errors[1], self);
	close(out[1]);
	close(errors[1]);
	fcntl(out[0], F_SETPIPE_SZ, PIPE_SIZE);
	t->out = out[0];
	t->err = errors[0];
	return true;
}

ssize_t
tracer_listen(struct tracer *t, bool debug)
{
	char chunk[4096];
	ssize_t n;

	do
		n = read(t->err, chunk, sizeof chunk);
	while (n < 0 && errno == EINTR);
	if (n <= 0)
		return n;
	if (debug)
		fwrite(chunk, 1, (size_t)n, stderr);
	if (t->said.len < SAID_MAX)
		buf_add(&t->said, chunk, (size_t)n);
	return n;
}

bool
tracer_ended(struct tracer *t)
{
	if (t->pid && waitpid(t->pid, &t->status, WNOHANG) == t->pid)
		t->pid = 0;
	return !t->pid;
}

void
tracer_explain(struct tracer *t)
{
	const char *p, *end, *nl;

	while (tracer_listen(t, false) > 0)
		;
	for (p = t->said.p, end = p + t->said.len; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (!nl)
			nl = end;
		/* said on each start, and harmless */
		if (!memmem(p, (size_t)(nl - p), "RLIMIT_MEMLOCK", 14))
			fprintf(stderr, "%.*s\n", (int)(nl - p), p);
	}
	if (t->pid)
		waitpid(t->pid, &t->status, 0);
	t->pid = 0;
	if (WIFSIGNALED(t->status))
		warnx("tracing failed: bpftrace was killed by signal %d",
		    WTERMSIG(t->status));
	else
		warnx("tracing failed: bpftrace ended with status %d",
		    WEXITSTATUS(t->status));
}

void
tracer_stop(struct tracer *t)
{
	close(t->out);
	while (!tracer_ended(t)) {
		/* a line to write, and nobody who reads it */
		tracer_flush();
		poll(NULL, 0, STOP_POLL_MS);
	}
	close(t->err);
	free(t->said.p);
	t->said = (struct buf){ 0 };
}
