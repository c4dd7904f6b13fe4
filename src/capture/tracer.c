#define _GNU_SOURCE
#include "capture/tracer.h"

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

#include "capture/diagnosis.h"
#include "capture/jobcontrol.h"
#include "capture/kerneltypes.h"
#include "capture/launch.h"
#include "capture/marks.h"
#include "capture/said.h"

enum { END_MS = 1000 };	/* until one that has closed its output ends */

ssize_t
tracer_listen(struct tracer *t, bool debug)
{
	return said_listen(&t->said, t->err, debug);
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
	fcntl(out[0], F_SETPIPE_SZ, MARKS_PIPE_SIZE);
	t->out = out[0];
	t->err = errors[0];
	t->said.len = 0;
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
		said_print(&t->said);
		warnx("not root, and doas has not run bpftrace: run this as root, or "
		    "let it with /etc/doas.conf, which is giving root: permit "
		    "persist %s", user_name());
	} else if (cure) {
		warnx("tracing failed: %s", cure);
	} else {
		said_print(&t->said);
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
	said_hear_out(&t->said, t->err);
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
		    !said_has(&t->said, "not allowed to execute"))
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
	said_hear_out(&t->said, t->err);
	return diagnosis_blames_types(t->said.p, t->said.len) &&
	    kerneltypes_drop();
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
		said_hear_out(&t->said, t->err);
		await_end(t);
		cure = diagnosis_after(t->said.p, t->said.len);
		if (!cure && !at_work)
			said_print(&t->said);
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
		marks_flush(t->cookie);
	if (t->err >= 0)
		close(t->err);
	free(t->said.p);
	t->out = -1;
}
