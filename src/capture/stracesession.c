#define _GNU_SOURCE
#include "capture/stracesession.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "capture/ending.h"
#include "capture/jobcontrol.h"
#include "capture/livetree.h"
#include "capture/recorder.h"
#include "capture/samples.h"
#include "capture/signals.h"
#include "capture/stracelaunch.h"
#include "cli/progress.h"
#include "event/event.h"
#include "import/import.h"
#include "proc/tracees.h"
#include "tree/members.h"

enum {
	READ_SIZE = 64 * 1024,
	STUCK_MS = 1000,	/* after a signal: who has not ended */
};

struct run {
	struct capture *c;
	void *log;
	int pipe[2];		/* strace's log */
	struct buf in, events;
	struct livetree *live;
	struct capture_state state;
	struct samples samples;
	bool told_rights;
	uint64_t newest, newest_at;	/* of the events; when it was read */
	pid_t strace;		/* 0: it has ended */
	int status;
	struct ending ending;	/* by --timeout */
	bool decodes;		/* strace tells PIDs of our namespace */
	bool told;		/* that it does not, and there is another one */
	struct members unknown;	/* to the log, when a signal came */
	uint64_t stuck_at;	/* when to look at them again; 0: never */
	bool left;		/* the command had ended before it came */
	bool done;		/* whoever has not ended is not waited for */
};

/* The trace line, which tells what strace's log does not. */
static void
add_trace(struct run *r, const struct event *ev)
{
	struct buf *b = &r->c->out.bytes;
	char *const *arg;

	buf_add(b, ev->line.p, ev->line.len);
	origin_add(&r->c->origin, b);
	event_add_argv(b);
	for (arg = r->c->argv; *arg; arg++)
		event_add_arg(b, arg == r->c->argv, *arg, strlen(*arg));
	buf_addc(b, '\n');
}

/* A program that would run with other rights does not under ptrace(2), unless
 * root traces it: this is said of the first one. */
static void
tell_rights(struct run *r, const struct event *exec)
{
	struct slice file;
	struct buf path = { 0 };
	struct stat st;

	if (r->told_rights || !geteuid() || !event_get(exec, "file", &file))
		return;
	text_unescape(&path, file.p, file.len);
	buf_addc(&path, '\0');
	if (*path.p == '/' && !stat(path.p, &st) &&
	    ((st.st_mode & S_ISUID && st.st_uid != geteuid()) ||
	    (st.st_mode & S_ISGID && st.st_gid != getegid()))) {
		progress_clear();
		warnx("%.*s runs without its set-user-ID or set-group-ID rights, as "
		    "everything does that strace traces", (int)file.len, file.p);
		r->told_rights = true;
	}
	free(path.p);
}

/* Keeps the new events, and who lives by them. */
static void
take_events(struct run *r)
{
	const char *p = r->events.p, *end = p + r->events.len, *nl;
	struct event ev;

	for (; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (event_parse(&ev, p, (size_t)(nl - p)))
			continue;
		if (ev.kind == EVENT_TRACE)
			add_trace(r, &ev);
		else
			buf_add(&r->c->out.bytes, p, (size_t)(nl + 1 - p));
		r->state.events++;
		r->state.forks += ev.kind == EVENT_FORK;
		if (ev.ts > r->newest) {
			r->newest = ev.ts;
			r->newest_at = clock_ns();
		}
		if (ev.has & HAS_TS)
			samples_heard(&r->samples, ev.ts, clock_ns());
		if (ev.kind == EVENT_EXEC)
			tell_rights(r, &ev);
		if (ev.kind == EVENT_ROOT) {
			r->c->root = ev.pid;
			r->c->command = r->strace;
		}
		livetree_take(r->live, &ev);
	}
	r->state.running = livetree_size(r->live);
	r->events.len = 0;
}

static void
look_for_namespace(struct run *r, const char *line, size_t len)
{
	if (r->decodes || r->told || !memmem(line, len, "CLONE_NEWPID", 12))
		return;
	r->told = true;
	warnx("this strace does not tell the PIDs of what runs in another PID "
	    "namespace: the tree may be wrong, take strace 5.10 or later");
}

static void
read_log(struct run *r)
{
	const char *line, *end, *nl, *why;
	ssize_t n;

	buf_reserve(&r->in, READ_SIZE);
	n = read(r->pipe[0], r->in.p + r->in.len, READ_SIZE);
	if (n <= 0)
		return;
	/* strace has opened it by now */
	command_show_self(false);
	r->in.len += (size_t)n;
	line = r->in.p;
	end = line + r->in.len;
	for (; (nl = memchr(line, '\n', (size_t)(end - line))); line = nl + 1) {
		look_for_namespace(r, line, (size_t)(nl - line));
		why = import_strace.push(r->log, line, (size_t)(nl - line),
		    &r->events);
		if (why)
			warnx("from strace: %s: %.*s", why,
			    (int)(nl - line < 100 ? nl - line : 100), line);
	}
	r->in.len = (size_t)(end - line);
	memmove(r->in.p, line, r->in.len);
	take_events(r);
}

/* the time of the recording */
static uint64_t
now(const struct run *r)
{
	return r->newest + (clock_ns() - r->newest_at);
}

static void
describe(const struct run *r)
{
	if (r->strace)
		livetree_describe(r->live, now(r), &r->c->out.bytes);
}

/* strace waits for those whom no signal ends, and so it is ended, too. */
static void
give_up(struct run *r, const char *why)
{
	progress_clear();
	warnx("%s: strace is killed", why);
	kill(r->strace, SIGKILL);
	r->done = true;
}

static void
time_out(struct run *r, uint64_t t)
{
	switch (r->strace ? ending_next(&r->ending, t) : ENDING_NOTHING) {
	case ENDING_NOTHING:
		break;
	case ENDING_ASK:
		progress_clear();
		warnx("time is up: ending the command and its descendants");
		describe(r);
		if (r->c->root)
			ending_add(&r->c->out.bytes, now(r), r->c->timeout);
		r->c->timed_out = !r->c->root ||
		    livetree_has(r->live, r->c->root);
		livetree_signal(r->live, SIGTERM);
		break;
	case ENDING_KILL:
		livetree_signal(r->live, SIGKILL);
		break;
	case ENDING_GIVE_UP:
		give_up(r, "some could not be ended");
		break;
	}
}

/* Those who are traced, but unknown to the log, which tells of a vfork(2) when it
 * returns. Without PIDs of our namespace there is no telling. */
static void
find_unknown(struct run *r)
{
	struct members found = { 0 };
	struct members_one one = { 0 };

	members_free(&r->unknown);
	r->unknown = (struct members){ 0 };
	r->left = !livetree_has(r->live, r->c->root);
	if (!r->told)
		tracees_find(&found, r->strace);
	while (members_next(&found, &one))
		if (!livetree_has(r->live, one.pid))
			members_add(&r->unknown, one.pid);
	members_free(&found);
	r->stuck_at = clock_ns() + (uint64_t)STUCK_MS * 1000000;
}

/* It stands still, and with it all that it traces. */
static bool
is_stopped(pid_t strace)
{
	siginfo_t si = { .si_pid = 0 };

	return !waitid(P_PID, (id_t)strace, &si, WSTOPPED | WNOHANG | WNOWAIT) &&
	    si.si_pid == strace;
}

/* A signal has been sent a while ago. Between vfork(2) and exec, a child can be stuck
 * that has it blocked, and its parent, which is traced, dies of none meanwhile. */
static void
end_stuck(struct run *r)
{
	struct members_one one = { 0 };

	r->stuck_at = 0;
	if (!r->strace)
		return;
	if (r->left || is_stopped(r->strace)) {
		give_up(r, r->left ? "some have not ended" :
		    "strace does not react");
		return;
	}
	while (members_next(&r->unknown, &one))
		if (!livetree_has(r->live, one.pid))
			tracees_signal(r->strace, one.pid, SIGKILL);
}

/* To the command; what it left behind does not hold this program, nor does the
 * command itself if somebody insists. */
static void
pass_signal(struct run *r, int sig)
{
	if (signals_insist(&r->c->insistence, sig))
		give_up(r, "the command is not waited for any more");
	else if (!r->c->root)
		kill(r->strace, sig);
	else if (livetree_has(r->live, r->c->root))
		tracees_signal(r->strace, r->c->root, sig);
	else
		livetree_signal(r->live, sig);
	if (r->c->root && !r->done)
		find_unknown(r);
}

static void
take_signal(struct run *r)
{
	struct signalfd_siginfo si;

	if (read(r->c->signals, &si, sizeof si) != sizeof si)
		return;
	switch (si.ssi_signo) {
	case SIGCHLD:
		if (r->strace && waitpid(r->strace, &r->status, WNOHANG) == r->strace)
			r->strace = 0;
		break;
	case SIGCONT:
		break;
	case SIGTSTP: case SIGTTIN: case SIGTTOU:
		jobcontrol_suspend((int)si.ssi_signo);
		break;
	default:
		describe(r);
		if (si.ssi_signo != SIGUSR1 && signals_is_alone(&si) && r->strace)
			pass_signal(r, (int)si.ssi_signo);
		break;
	}
}

static void
follow(struct run *r)
{
	struct pollfd fds[] = {
		{ .fd = r->c->signals, .events = POLLIN },
		{ .fd = r->pipe[0], .events = POLLIN },
		{ .events = POLLOUT },
	};
	uint64_t t, due;
	int wait;

	/* its log is empty once it has ended and nothing more can be read */
	while (!r->done) {
		t = clock_ns();
		time_out(r, t);
		if (r->stuck_at && t >= r->stuck_at)
			end_stuck(r);
		capture_tell(r->c, &r->state);
		samples_take(&r->samples, &r->c->out.bytes);
		due = clock_earlier(r->ending.at, r->c->progress_at);
		due = clock_earlier(due, samples_due(&r->samples));
		due = clock_earlier(due, r->stuck_at);
		wait = !r->strace ? 0 : !due ? -1 : (int)((due - t) / 1000000 + 1);
		fds[2].fd = OUTQUEUE_WAITS(&r->c->out) ? STDOUT_FILENO : -1;
		if (poll(fds, 3, wait) < 0 && errno != EINTR)
			err(CAPTURE_FAILED, "poll");
		if (fds[0].revents)
			take_signal(r);
		if (fds[2].revents)
			outqueue_write(&r->c->out);
		if (fds[1].revents)
			read_log(r);
		else if (!wait)
			break;
	}
	progress_clear();
}

static void
start_log(const struct run *r)
{
	char *cwd = getcwd(NULL, 0);

	import_strace_start(r->log, &(struct import_strace_start){
		.all_signals = r->c->signals_kept == SCRIPT_ALL_SIGNALS,
		.no_signals = r->c->signals_kept == SCRIPT_NO_SIGNALS,
		.cwd = cwd });
	free(cwd);
}

/* Its last line: that of the log, or else that it was cut off. */
static void
end_log(struct run *r)
{
	struct buf *b = &r->c->out.bytes;
	/* or else it ends by the signal that has killed the command */
	bool killed = WIFSIGNALED(r->status) && livetree_size(r->live);

	import_strace.close(r->log, &r->events);
	take_events(r);
	if (!killed && !r->done) {
		r->c->status = command_status(r->status);
		return;
	}
	if (!r->done)
		warnx("tracing failed: strace was killed by signal %d; the "
		    "recording ends there", WTERMSIG(r->status));
	r->c->complete = false;
	r->c->cut = r->c->root != 0;
	recorder_add_cut(b, r->newest);
}

void
stracesession_run(struct capture *c)
{
	struct run r = { .c = c };
	int failed = stracelaunch_check(c->argv[0]);

	c->complete = true;
	c->status = failed;
	if (failed)
		return;
	if (pipe2(r.pipe, O_CLOEXEC) < 0)
		err(CAPTURE_FAILED, "pipe");
	r.live = livetree_new(NULL);
	r.log = import_strace.open();
	start_log(&r);
	r.newest_at = clock_ns();
	command_show_self(true);
	r.strace = stracelaunch_start(c, r.pipe[1], &r.decodes, &failed);
	if (!r.strace)
		return;
	livetree_set_tracer(r.live, r.strace);
	capture_begin(c);
	samples_begin(&r.samples);
	if (c->timeout)
		r.ending.at = c->began + c->timeout;
	follow(&r);
	r.newest = samples_end(&r.samples, &c->out.bytes, r.newest);
	end_log(&r);
	close(r.pipe[0]);
	close(r.pipe[1]);
	if (failed || !c->root) {
		warnx("tracing failed: strace did not run the command");
		c->complete = false;
	}
	free(r.in.p);
	free(r.events.p);
	livetree_free(r.live);
	members_free(&r.unknown);
	samples_free(&r.samples);
}
