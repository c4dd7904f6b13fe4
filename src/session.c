#define _GNU_SOURCE
#include "session.h"

#include <sys/signalfd.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "clock.h"
#include "intake.h"
#include "job.h"
#include "progress.h"
#include "tracer.h"
#include "wakeups.h"

enum {
	ATTACH_MS = 2,		/* between marks until the first is answered */
	MARK_AGAIN_MS = 20,	/* until a mark is taken for lost */
	QUIET_MS = 2,		/* without output: it was drained */
	NAP_MS = 200,		/* until it is read again */
	BUSY_EVENTS = 100,	/* between naps: many */
	CATCH_UP_MS = 1000,	/* until a CPU that has few of them is heard of */
	TELL_MS = 500,		/* of waiting for descendants in silence */
	GRACE_MS = 1000,	/* between SIGTERM and SIGKILL */
	READ_SIZE = 256 * 1024,
	BACKLOG_MAX = 256 * 1024 * 1024,
};

struct session {
	struct capture *c;	/* the caller's */
	bool attach;		/* to what exists: no command is run */
	bool refused;		/* there is nothing to attach to */

	struct tracer tracer;
	bool tracing;		/* its output has not ended */
	struct wakeups *wakeups;	/* of it; NULL: not known yet, or as they are */
	struct intake intake;
	uint64_t read_at;	/* when to read again; 0: now */
	bool flushed;		/* its own buffer, since it was read last */
	bool seldom;		/* bpftrace is woken, but for catching up */
	uint64_t nread;		/* events up to the last nap */
	uint64_t caught_up;	/* when bpftrace had read all, the last time */

	pid_t command;		/* as we see it; 0: not started, or waited for */
	bool started, ended;
	bool looked;		/* at who lives, since it has ended */
	uint64_t deadline;	/* of the next step of a timeout; 0: none */
	int timeouts;		/* steps of it that were taken */
	bool describe;		/* what is alive, once the tree is up to date */
	uint64_t tell_at;	/* when to say whom we wait for; 0: not yet */
	bool told;
	bool done;
};

static void
begin(struct session *s)
{
	capture_begin(s->c);
	if (s->c->timeout)
		s->deadline = s->c->began + s->c->timeout;
}

/* Waits until all that was printed up to now has been read. */
static void
catch_up(struct session *s)
{
	wakeups_set(s->wakeups, true);
	intake_await(&s->intake);
	s->caught_up = clock_ns();
}

static void
start_command(struct session *s)
{
	int failed;

	s->started = true;
	intake_open(&s->intake);
	s->command = command_start(s->c->argv, &s->c->context, &failed);
	begin(s);
}

/* Nothing is run: what is followed exists already. */
static void
attach(struct session *s)
{
	struct capture *c = s->c;

	s->started = s->ended = s->looked = true;
	s->told = true;
	s->refused = !intake_attach(&s->intake, c->pids, c->npids, c->all);
	s->done = s->refused;
	begin(s);
}

static void
read_tracer(struct session *s)
{
	static char chunk[READ_SIZE];
	ssize_t n = read(s->tracer.out, chunk, sizeof chunk);

	if (n > 0) {
		s->flushed = false;
		intake_take(&s->intake, chunk, (size_t)n);
	} else if (n == 0 || errno != EINTR) {
		s->tracing = false;
	}
}

static void
listen_to_tracer(struct session *s)
{
	if (tracer_listen(&s->tracer, s->c->debug) <= 0) {
		close(s->tracer.err);
		s->tracer.err = -1;
	}
}

/* Ends all that lives: with the signal, or else in a while with the next
 * step. */
static void
end_all(struct session *s, int sig)
{
	if (!family_signal(s->intake.family, sig) && s->command)
		kill(s->command, sig);
	s->deadline = clock_ns() + (uint64_t)GRACE_MS * 1000000;
}

/* First a look at what hangs and SIGTERM, then SIGKILL, then no more waiting. */
static void
time_out(struct session *s)
{
	s->deadline = 0;
	switch (s->timeouts++) {
	case 0:
		s->describe = true;
		catch_up(s);
		break;
	case 1:
		end_all(s, SIGKILL);
		break;
	default:
		s->done = true;
		break;
	}
}

static void
describe(struct session *s)
{
	s->describe = false;
	if (!s->timeouts || !s->c->all)
		intake_describe(&s->intake);
	if (s->timeouts && s->attach) {
		s->done = true;
	} else if (s->timeouts == 1 && !s->deadline) {
		progress_clear();
		warnx("time is up: ending the command and its descendants");
		end_all(s, SIGTERM);
	}
}

static void
take_child(struct session *s)
{
	siginfo_t si = { .si_pid = 0 };
	int status;

	if (!s->command || waitid(P_PID, (id_t)s->command, &si,
	    WEXITED | WSTOPPED | WNOHANG | WNOWAIT) < 0 || !si.si_pid)
		return;
	if (si.si_code == CLD_STOPPED) {
		job_stop(s->command, si.si_status);
	} else if (waitpid(s->command, &status, 0) == s->command) {
		s->command = 0;
		s->ended = true;
		s->c->status = command_status(status);
		s->intake.stale = true;
	}
}

/* A signal for this program alone goes on to the command; one from the
 * terminal it gets as well. When there is no command, it ends the recording, or
 * stops this program. */
static void
pass_signal(struct session *s, int sig, bool alone)
{
	if (s->command) {
		if (alone)
			kill(s->command, sig);
	} else if (sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU) {
		job_suspend(sig);
	} else {
		s->done = true;
		if (!s->started)
			s->c->ended_by = sig;
	}
}

static void
take_signal(struct session *s)
{
	struct signalfd_siginfo si;

	if (read(s->c->signals, &si, sizeof si) != sizeof si)
		return;
	switch (si.ssi_signo) {
	case SIGCHLD:
		take_child(s);
		break;
	case SIGCONT:
		if (s->command)
			job_continue(s->command);
		break;
	case SIGUSR1:
		if (s->started) {
			s->describe = true;
			catch_up(s);
		}
		break;
	case SIGHUP: case SIGINT: case SIGQUIT: case SIGTERM:
		/* now, because those who hang may die of the same signal */
		if (!s->c->all)
			intake_describe(&s->intake);
		/* FALLTHROUGH */
	default:
		/* when a terminal closes, only the leader is told */
		pass_signal(s, (int)si.ssi_signo, si.ssi_code <= 0 ||
		    (si.ssi_signo == SIGHUP && getsid(0) == getpid()));
		break;
	}
}

static void
tell_waiting(struct session *s)
{
	size_t n = family_size(s->intake.family);

	progress_clear();
	warnx("the command has ended, %zu of its descendants %s on (^C ends the "
	    "recording):", n, n == 1 ? "lives" : "live");
	family_print(s->intake.family);
	intake_describe(&s->intake);
}

/* The command is no more, but perhaps its descendants are. */
static void
decide_end(struct session *s)
{
	if (s->looked && (s->c->until_root || !family_size(s->intake.family))) {
		/* who is not there will fork nobody */
		s->done = true;
	} else if (s->intake.stale) {
		/* one look more, then the tree is up to date */
		s->intake.stale = false;
		s->looked = true;
		catch_up(s);
	} else {
		if (s->intake.nlost)
			family_bury(s->intake.family);
		if (!family_size(s->intake.family))
			s->done = true;
		if (!s->tell_at && !s->told)
			s->tell_at = clock_ns() + (uint64_t)TELL_MS * 1000000;
	}
}

/* What to do next, when no mark is waited for. */
static void
decide(struct session *s)
{
	if (!s->started && s->tracer.pid)
		s->wakeups = wakeups_new(s->tracer.pid);
	if (!s->started && s->attach) {
		attach(s);
	} else if (!s->started) {
		start_command(s);
	} else if (s->describe) {
		describe(s);
	} else if (s->ended && !s->c->all) {
		decide_end(s);
	}
}

/* A tracer that is not read comes to rest: it does not wake for every event,
 * which costs the traced processes more than all the rest. So it is read in
 * bursts, unless something is waited for. */
static bool
is_hurried(const struct session *s)
{
	return s->intake.cookie != 0;
}

static bool
is_reading(const struct session *s)
{
	return s->tracing && s->c->out.bytes.len < BACKLOG_MAX &&
	    (is_hurried(s) || !s->read_at);
}

/* With many events, bpftrace is woken seldom. What a CPU has that has few of
 * them, or no more, must not wait for others. */
static void
set_pace(struct session *s)
{
	bool busy = s->intake.nevents - s->nread >= BUSY_EVENTS;
	bool late = clock_ns() - s->caught_up >= (uint64_t)CATCH_UP_MS * 1000000;

	if (s->seldom && (late || !busy))
		catch_up(s);
	else
		wakeups_set(s->wakeups, !busy);
	s->seldom = busy && s->wakeups;
	s->nread = s->intake.nevents;
}

/* Nothing came for a while: enough for now. What has been printed since and
 * still sits in bpftrace's buffer comes with the next burst. */
static void
take_nap(struct session *s)
{
	if (is_hurried(s) || s->read_at)
		return;
	if (is_reading(s)) {
		set_pace(s);
		if (!s->flushed)
			tracer_flush(s->intake.owner);
		s->flushed = true;
	}
	s->read_at = clock_ns() + (uint64_t)NAP_MS * 1000000;
}

static void
tell_progress(struct session *s)
{
	const struct intake *in = &s->intake;

	capture_tell(s->c, &(struct capture_state){ .events = in->nevents,
	    .forks = in->nforks, .lost = in->nlost,
	    .running = family_size(in->family) });
}

/* Does what is due; how long until something is, for poll(2). */
static int
keep_time(struct session *s)
{
	uint64_t t = clock_ns(), next;

	if (s->read_at && t >= s->read_at)
		s->read_at = 0;
	if (s->deadline && t >= s->deadline)
		time_out(s);
	if (s->done)
		return 0;
	if (s->tell_at && t >= s->tell_at) {
		s->tell_at = 0;
		s->told = true;
		tell_waiting(s);
	}
	tell_progress(s);
	if (s->intake.cookie)
		return s->started ? MARK_AGAIN_MS : ATTACH_MS;
	if (!s->read_at && !is_hurried(s))
		return QUIET_MS;
	next = clock_earlier(clock_earlier(s->read_at, s->deadline),
	    clock_earlier(s->tell_at, s->c->progress_at));
	return next ? (int)((next - t) / 1000000 + 1) : -1;
}

static void
record(struct session *s)
{
	struct pollfd fds[] = {
		{ .fd = s->c->signals, .events = POLLIN },
		{ .events = POLLIN }, { .events = POLLIN }, { .events = POLLOUT },
	};
	int n, timeout;

	s->tracing = true;
	while (!s->done) {
		timeout = keep_time(s);
		fds[1].fd = is_reading(s) ? s->tracer.out : -1;
		fds[2].fd = s->tracer.err;
		fds[3].fd = BACKLOG_WAITS(&s->c->out) ? STDOUT_FILENO : -1;
		n = poll(fds, 4, timeout);
		if (n < 0 && errno != EINTR)
			err(CAPTURE_FAILED, "poll");
		if (n == 0 && is_reading(s))
			intake_remind(&s->intake);
		if (n == 0)
			take_nap(s);
		if (fds[0].revents)
			take_signal(s);
		if (fds[1].revents)
			read_tracer(s);
		if (fds[2].revents)
			listen_to_tracer(s);
		if (fds[3].revents)
			backlog_write(&s->c->out);
		if (s->tracing && !s->intake.cookie)
			decide(s);
		else if (!s->tracing && !s->command)
			s->done = true;
	}
	progress_clear();
}

struct session *
session_new(struct capture *c)
{
	struct session *s = xcalloc(1, sizeof *s);

	s->c = c;
	s->attach = !c->argv[0];
	intake_init(&s->intake, c->argv, &c->out.bytes);
	return s;
}

bool
session_run(struct session *s)
{
	struct capture *c = s->c;
	struct tracer_options options = {
		.bpftrace = c->bpftrace, .script = c->script,
		.owner = s->intake.cookie,
		.tree = c->tree || c->npids ? s->intake.cookie : 0,
	};

	if (!tracer_start(&s->tracer, &options)) {
		c->ended_by = job_ended_by();
		return false;
	}
	record(s);
	if (c->ended_by)
		return false;
	c->complete = s->tracing && !s->refused;
	if (!s->tracing) {
		tracer_explain(&s->tracer);
	} else if (!s->refused) {
		if (!s->intake.root && !s->attach) {
			warnx("the fork of the command was lost");
			c->complete = false;
		}
		intake_end(&s->intake);
	}
	c->root = s->intake.root;
	c->nlost = s->intake.nlost;
	c->timed_out = s->timeouts && !s->attach;
	return s->started;
}

void
session_free(struct session *s)
{
	tracer_stop(&s->tracer);
	wakeups_free(s->wakeups);
	intake_free(&s->intake);
	free(s);
}
