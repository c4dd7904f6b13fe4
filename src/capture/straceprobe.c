#define _GNU_SOURCE
#include "capture/straceprobe.h"

#include <sys/wait.h>

#include <err.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/slice.h"
#include "capture/jobcontrol.h"
#include "event/event.h"
#include "import/import.h"

enum {
	SECONDS = 3,		/* and the probe is ended */
	LOG_SIZE = 64 * 1024,	/* of a pipe: nobody reads meanwhile */
	STACK_SIZE = 64 * 1024,
	MEMBERS = 8,
};

static char program[] = "/proc/self/exe", option[] = "--strace-probe",
    first[] = "1", second[] = "2", third[] = "3";

/* What is made of its log: who (0, 1, ...) did what. */
static const char expected[] = "exec 0 1\n"
    "fork 1 0\nsetsid 1\nexecfail 1\nexit 1 status=3\n"
    "fork 2 0\nsetpgid 2\nsignal 2\nexit 2 signal=SIGTERM\n"
    "exec 0 2\n"
    "fork 3 0\nexit 3 status=4\n"
    "fork 4 0\nexec 4 3\nexit 4 status=5\n"
    "exit 0 status=0\nend\n";

/* --- the tree ------------------------------------------------------------- */

static void
execute(char *stage)
{
	char *const argv[] = { program, option, stage, NULL };

	execv(program, argv);
}

static int
execute_second(void *arg)
{
	(void)arg;
	execute(second);
	return 0;
}

/* what a child does; the parent waits for it */
static void
run(void (*act)(void))
{
	pid_t pid = fork();

	if (!pid) {
		act();
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

static void
fail_to_execute(void)
{
	setsid();
	execl("/", "/", (char *)NULL);
	_exit(3);
}

static void
be_killed(void)
{
	sigset_t none;

	setpgid(0, 0);
	signal(SIGTERM, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	raise(SIGTERM);
}

static void
leave(void)
{
	_exit(4);
}

/* The exec of a thread which is not the first. */
static void
execute_in_thread(void)
{
	static char stack[STACK_SIZE];

	clone(execute_second, stack + STACK_SIZE, CLONE_VM | CLONE_FS |
	    CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM, NULL);
	for (;;)
		pause();
}

static void
execute_third(void)
{
	pid_t pid = vfork();

	if (!pid) {
		execute(third);
		_exit(1);
	}
	waitpid(pid, NULL, 0);
}

void
straceprobe_become(char *const argv[])
{
	if (!argv[0] || !argv[1] || strcmp(argv[1], option) || !argv[2])
		return;
	/* one that stands still would hold strace */
	signal(SIGALRM, SIG_DFL);
	alarm(SECONDS);
	switch (*argv[2]) {
	case '1':
		run(fail_to_execute);
		run(be_killed);
		execute_in_thread();
		break;
	case '2':
		run(leave);
		execute_third();
		_exit(0);
	case '3':
		_exit(5);
	default:
		break;
	}
}

/* --- what strace tells of it ---------------------------------------------- */

/* who of the tree this is, by the order in which they turn up */
static size_t
number(int32_t pids[MEMBERS], int32_t pid)
{
	size_t i;

	for (i = 0; i < MEMBERS - 1 && pids[i] && pids[i] != pid; i++)
		;
	pids[i] = pid;
	return i;
}

static void
add_value(struct buf *b, const struct event *ev, const char *key)
{
	struct slice val;

	if (event_get(ev, key, &val))
		buf_printf(b, " %s=%.*s", key, (int)val.len, val.p);
}

static void
add_event(struct buf *b, int32_t pids[MEMBERS], const struct event *ev)
{
	struct slice argv;

	if (ev->kind == EVENT_TRACE || ev->kind == EVENT_ROOT)
		return;
	buf_add(b, ev->line.p, ev->kind_len);
	if (ev->has & HAS_PID)
		buf_printf(b, " %zu", number(pids, ev->pid));
	if (ev->kind == EVENT_FORK)
		buf_printf(b, " %zu", number(pids, ev->ppid));
	/* the last of its arguments, a stage */
	if (ev->kind == EVENT_EXEC && event_argv(ev, &argv) && argv.len)
		buf_printf(b, " %c", argv.p[argv.len - 1]);
	if (ev->kind == EVENT_EXIT) {
		add_value(b, ev, "status");
		add_value(b, ev, "signal");
	}
	buf_addc(b, '\n');
}

/* What happened, by this log, as in expected. */
static void
describe(const char *log, size_t len, struct buf *told)
{
	struct buf events = { 0 };
	int32_t pids[MEMBERS] = { 0 };
	void *import = import_strace.open();
	const char *line = log, *nl;
	struct event ev;

	for (; (nl = memchr(line, '\n', (size_t)(log + len - line))); line = nl + 1)
		if (import_strace.push(import, line, (size_t)(nl - line), &events))
			buf_adds(told, "bad\n");
	import_strace.close(import, &events);
	for (line = events.p; line < events.p + events.len; line = nl + 1) {
		nl = memchr(line, '\n', (size_t)(events.p + events.len - line));
		if (!event_parse(&ev, line, (size_t)(nl - line)))
			add_event(told, pids, &ev);
	}
	free(events.p);
}

static bool
is_expected(int fd)
{
	struct buf log = { 0 }, told = { 0 };
	ssize_t n;
	bool same;

	buf_reserve(&log, LOG_SIZE);
	while ((n = read(fd, log.p + log.len, LOG_SIZE - log.len)) > 0)
		log.len += (size_t)n;
	describe(log.p, log.len, &told);
	same = slice_is((struct slice){ told.p, told.len }, expected);
	free(log.p);
	free(told.p);
	return same;
}

/* --- strace ---------------------------------------------------------------- */

static void
become_strace(const struct capture *c, const char *self, const char *log)
{
	const char *const args[] = { "strace", "--seccomp-bpf", "-f", "-ttt", "-e",
	    STRACEPROBE_CALLS, STRACEPROBE_DECODING, "-o", log, "--", self, option,
	    first };
	enum { NARGS = sizeof args / sizeof *args };
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	char *argv[NARGS + 1] = { NULL };
	size_t i;

	for (i = 0; i < NARGS; i++)
		argv[i] = xstrdup(args[i]);
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	sigprocmask(SIG_SETMASK, &c->context.mask, NULL);
	alarm(SECONDS);
	execvp("strace", argv);
	_exit(1);
}

bool
straceprobe_is_right(struct capture *c)
{
	char self[32], log[48];
	int ends[2], status;
	pid_t pid;
	bool right;

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		err(exit_failure, "pipe");
	/* by name, as in stracelaunch.c; and who may trace may execute us */
	snprintf(self, sizeof self, "/proc/%ld/exe", (long)getpid());
	snprintf(log, sizeof log, "/proc/%ld/fd/%d", (long)getpid(), ends[1]);
	pid = fork();
	if (pid < 0)
		err(exit_failure, "fork");
	if (!pid)
		become_strace(c, self, log);
	c->ended_by = jobcontrol_wait(pid, c->signals, &status);
	right = !status && !c->ended_by && is_expected(ends[0]);
	close(ends[0]);
	close(ends[1]);
	return right;
}
