#define _GNU_SOURCE
#include "capture/tracer.h"

#include <sys/random.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/stringtable.h"
#include "base/text.h"
#include "capture/diagnosis.h"
#include "capture/jobcontrol.h"
#include "capture/launch.h"

enum {
	MARK_PID = 1886679653,	/* as in proctrace.bt; PID_MAX_LIMIT is 2^22 */
	FOLLOW_PID,
	PIPE_SIZE = 4096,	/* the smallest there is; bpftrace's buffer is as
				 * large */
	MARK_LINE = 40,		/* the least length of its line */
	LINES_SHOWN = 10,	/* of what it has said */
	SILENT_MS = 500,
	HEARD_MS = 1000,
	END_MS = 1000,		/* until one that has closed its output ends */
	SAID_MAX = 64 * 1024,
};

unsigned
tracer_cookie(void)
{
	unsigned n;

	if (getrandom(&n, sizeof n, 0) != sizeof n)
		n = (unsigned)getpid() << 10;
	return (n & 0x3fffffff & ~(unsigned)TRACER_IDLE) | 0x20000000;
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
tracer_flush(unsigned cookie)
{
	int i;

	for (i = 0; i < PIPE_SIZE / MARK_LINE; i++)
		tracer_mark(cookie | TRACER_IDLE);
}

/* but for its newlines */
static void
print_visible(const char *p, size_t len)
{
	const char *end = p + len, *nl;
	struct buf b = { 0 };

	for (; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		text_visible(&b, p, (size_t)((nl ? nl : end) - p));
		if (!nl)
			break;
		buf_addc(&b, '\n');
	}
	fwrite(b.p, 1, b.len, stderr);
	free(b.p);
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
		print_visible(chunk, (size_t)n);
	if (t->said.len < SAID_MAX)
		buf_add(&t->said, chunk, (size_t)n);
	return n;
}

static void
launch(struct tracer *t, const struct launch_options *opt, enum launch_how how)
{
	int out[2], errors[2];

	if (pipe2(out, O_CLOEXEC) < 0 || pipe2(errors, O_CLOEXEC) < 0)
		err(exit_failure, "pipe");
	t->pid = launch_bpftrace(opt, how, out[1], errors[1]);
	close(out[1]);
	close(errors[1]);
	fcntl(out[0], F_SETPIPE_SZ, PIPE_SIZE);
	t->out = out[0];
	t->err = errors[0];
	t->said.len = 0;
}

/* Takes what it still says, until its end; or until it is silent, or for a
 * while, when somebody else has its standard error too. */
static void
hear_out(struct tracer *t)
{
	struct pollfd fd = { .fd = t->err, .events = POLLIN };
	uint64_t until = clock_ns() + (uint64_t)HEARD_MS * 1000000;

	while (clock_ns() < until && poll(&fd, 1, SILENT_MS) > 0 &&
	    tracer_listen(t, false) > 0)
		;
}

static bool
has(const char *p, size_t len, const char *word)
{
	return memmem(p, len, word, strlen(word)) != NULL;
}

/* said on each start, and harmless */
static bool
is_noise(const char *line, size_t len)
{
	return has(line, len, "RLIMIT_MEMLOCK");
}

/* how often each line was said, by its number in lines */
static size_t *
count_said(const struct tracer *t, struct strings *lines)
{
	const char *p, *end = t->said.p + t->said.len, *nl;
	bool errors = has(t->said.p, t->said.len, "ERROR: ");
	size_t *times = NULL, cap = 0, n, i;

	for (p = t->said.p; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (!nl)
			nl = end;
		if (is_noise(p, (size_t)(nl - p)) ||
		    (errors && !has(p, (size_t)(nl - p), "ERROR: ")))
			continue;
		n = lines->n;
		i = strings_add(lines, p, (size_t)(nl - p));
		if (i == n) {
			times = grow(times, n, &cap, sizeof *times);
			times[n] = 0;
		}
		times[i]++;
	}
	return times;
}

/* What it has said: its errors, if it calls any so, or else all; some of them,
 * and how many there are; one that is repeated once. */
static void
print_said(const struct tracer *t)
{
	struct strings lines = { 0 };
	size_t *times = count_said(t, &lines), i;

	for (i = 0; i < lines.n && i < LINES_SHOWN; i++) {
		print_visible(lines.list[i].p, lines.list[i].len);
		if (times[i] > 1)
			fprintf(stderr, " (%zu times)", times[i]);
		putc('\n', stderr);
	}
	if (lines.n > LINES_SHOWN)
		warnx("and %zu lines more, see --debug", lines.n - LINES_SHOWN);
	strings_free(&lines);
	free(times);
}

static bool
has_terminal(void)
{
	int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static const char *
user_name(void)
{
	const struct passwd *user = getpwuid(getuid());

	return user ? user->pw_name : "USER";
}

/* what visudo(8) takes, and what that gives */
static void
print_rule(const char *bpftrace)
{
	const char *no_terminal = has_terminal() ? "" :
	    ", as there is no terminal to ask for a password";
	const char *helper = launch_helper();

	if (helper)
		warnx("not root, and sudo has not run bpftrace%s: run this as root, "
		    "or let it record with 'visudo': %s ALL=(root) NOPASSWD: %s "
		    "\"\"", no_terminal, user_name(), helper);
	else
		warnx("not root, and sudo has not run bpftrace%s: run this as root, "
		    "or let it with 'visudo', which is as good as giving "
		    "root without a password, as what 'make install' puts in place "
		    "is not: %s ALL=(root) NOPASSWD:SETENV: %s", no_terminal,
		    user_name(), strchr(bpftrace, '/') ? bpftrace :
		    "/usr/bin/bpftrace");
}

/* there is no such program */
static bool
is_missing(const struct tracer *t)
{
	return WIFEXITED(t->status) && WEXITSTATUS(t->status) == 127;
}

/* Why sudo, or doas where there is no sudo, has not run bpftrace, unless a signal has
 * ended it: false. */
static bool
explain_refusal(struct tracer *t, bool doas, const char *bpftrace)
{
	const char *cure = diagnosis_after(t->said.p, t->said.len);

	if (t->ended_by)
		return false;
	if (is_missing(t)) {
		warnx("not root, and there is no sudo or doas: run this as root, or "
		    "'apt-get install sudo' as root");
	} else if (doas) {	/* says "Operation not permitted" of a rule, too */
		print_said(t);
		warnx("not root, and doas has not run bpftrace: run this as root, or "
		    "let it with /etc/doas.conf, which is giving root: permit "
		    "persist %s", user_name());
	} else if (cure) {
		warnx("tracing failed: %s", cure);
	} else {
		print_said(t);
		print_rule(bpftrace);
	}
	free(t->said.p);
	t->said = (struct buf){ 0 };
	return false;
}

/* sudo has asked what it must, and bpftrace runs in the background */
static bool
is_let_through(struct tracer *t, int signals)
{
	t->ended_by = jobcontrol_wait(t->pid, signals, &t->status);
	t->pid = 0;
	if (t->status == 0 && !t->ended_by)
		return true;
	hear_out(t);
	close(t->out);
	close(t->err);
	t->out = -1;
	return false;
}

/* sudo would run it, as far as it tells without a question */
static bool
is_allowed(struct tracer *t, const char *program, int signals)
{
	int status = 0;

	if (!t->ended_by)
		t->ended_by = jobcontrol_wait(launch_question(program), signals,
		    &status);
	return status == 0 && !t->ended_by;
}

/* It is there, and sudo would rather run it than bpftrace. */
static bool
may_use_helper(struct tracer *t, int signals)
{
	const char *helper = launch_helper();

	return helper && (is_allowed(t, helper, signals) ||
	    !is_allowed(t, "bpftrace", signals)) && !t->ended_by;
}

bool
tracer_start(struct tracer *t, const struct launch_options *opt, int signals)
{
	const char *cure = diagnosis_before();
	bool doas;

	*t = (struct tracer){ .out = -1, .cookie = (unsigned)opt->numbers.owner };
	if (cure) {
		warnx("%s", cure);
		return false;
	}
	if (!geteuid()) {
		launch(t, opt, LAUNCH_AS_ROOT);
		return true;
	}
	if (opt->plain && may_use_helper(t, signals)) {
		launch(t, opt, LAUNCH_HELPER);
		if (is_let_through(t, signals))
			return true;
		if (!is_missing(t) &&
		    !has(t->said.p, t->said.len, "not allowed to execute"))
			return explain_refusal(t, false, opt->bpftrace);
	}
	if (t->ended_by)
		return false;
	launch(t, opt, LAUNCH_SUDO);
	if (is_let_through(t, signals))
		return true;
	doas = !t->ended_by && is_missing(t);
	if (doas) {
		launch(t, opt, LAUNCH_DOAS);
		if (is_let_through(t, signals))
			return true;
	}
	if (!t->ended_by && launch_was_refused(t->said.p, t->said.len)) {
		launch(t, opt, LAUNCH_SUDO_AGAIN);
		if (is_let_through(t, signals))
			return true;
	}
	return explain_refusal(t, doas, opt->bpftrace);
}

bool
tracer_has_ended(struct tracer *t)
{
	if (!t->pid || waitpid(t->pid, &t->status, WNOHANG) != t->pid)
		return false;
	t->pid = 0;
	return true;
}

/* It has closed its output, and ends, or is ended. */
static void
await_end(struct tracer *t)
{
	int i;

	for (i = 0; i < END_MS && t->pid && !tracer_has_ended(t); i++)
		poll(NULL, 0, 1);
	if (t->pid) {
		kill(t->pid, SIGKILL);
		t->status = SIGKILL;
	}
}

bool
tracer_drops_types(struct tracer *t)
{
	hear_out(t);
	return diagnosis_blames_types(t->said.p, t->said.len) &&
	    launch_drop_types();
}

/* how it has ended, as a message has it */
static void
add_end(struct buf *b, const struct tracer *t)
{
	if (WIFSIGNALED(t->status))
		buf_printf(b, "bpftrace was killed by signal %d",
		    WTERMSIG(t->status));
	else if (WEXITSTATUS(t->status))
		buf_printf(b, "bpftrace ended with status %d",
		    WEXITSTATUS(t->status));
	else
		buf_adds(b, "bpftrace ended");
}

void
tracer_explain(struct tracer *t, bool stuck, bool at_work)
{
	const char *cure = NULL;
	struct buf b = { 0 };

	if (stuck) {
		buf_adds(&b, "bpftrace does not react");
	} else {
		hear_out(t);
		await_end(t);
		cure = diagnosis_after(t->said.p, t->said.len);
		if (!cure && !at_work)
			print_said(t);
		add_end(&b, t);
	}
	buf_addc(&b, '\0');
	warnx("tracing failed: %s%s", cure ? cure : b.p,
	    at_work ? "; the recording ends there" : "");
	free(b.p);
}

void
tracer_stop(struct tracer *t)
{
	if (t->out < 0)
		return;
	close(t->out);
	if (t->pid)
		kill(t->pid, SIGKILL);
	else
		/* one that we may not kill: a line to write, and nobody who
		 * reads it */
		tracer_flush(t->cookie);
	if (t->err >= 0)
		close(t->err);
	free(t->said.p);
	t->out = -1;
}
