#define _GNU_SOURCE
#include "capture/stracesession.h"

#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "base/clock.h"
#include "capture/ending.h"
#include "capture/jobcontrol.h"
#include "capture/recorder.h"
#include "capture/signals.h"
#include "capture/stracelaunch.h"
#include "capture/stracelog.h"
#include "cli/progress.h"
#include "proc/tracees.h"
#include "tree/members.h"

enum {
	READ_SIZE = 64 * 1024,
	STUCK_MS = 1000,	/* after a signal: who has not ended */
};

struct run {
	struct capture *c;
	struct stracelog log;
	int pipe[2];		/* through which it comes */
	pid_t strace;		/* 0: it has ended */
	int status;
	struct ending ending;	/* by --timeout */
	struct stracelaunch how;
	struct members unknown;	/* to the log, when a signal came */
	uint64_t stuck_at;	/* when to look at them again; 0: never */
	bool left;		/* the command had ended before it came */
	bool done;		/* those that have not ended are not waited for */
};

/* The command is the first process that the log tells of. */
static void
find_root(struct run *r)
{
	if (r->c->root || !r->log.root)
		return;
	r->c->root = r->log.root;
	r->c->command = r->strace;
}

static void
read_log(struct run *r)
{
	static char chunk[READ_SIZE];
	ssize_t n = read(r->pipe[0], chunk, sizeof chunk);

	if (n <= 0)
		return;
	/* strace has opened it by now */
	command_show_self(false);
	stracelog_take(&r->log, chunk, (size_t)n);
	find_root(r);
}

static void
describe(const struct run *r)
{
	if (r->strace)
		livetree_describe(r->log.live, stracelog_now(&r->log),
		    &r->c->out.bytes);
}

/* strace waits for those whom no signal ends, and so it is ended, too. With
 * --seccomp-bpf they could not go on without it. */
static void
give_up(struct run *r, const char *why)
{
	progress_clear();
	warnx("%s: strace is killed%s", why,
	    r->how.fast ? ", and all that it traces" : "");
	if (r->how.fast)
		livetree_signal(r->log.live, SIGKILL);
	kill(r->strace, SIGKILL);
	r->done = true;
}

static void
time_out(struct run *r, uint64_t now)
{
	switch (r->strace ? ending_next(&r->ending, now) : ENDING_NOTHING) {
	case ENDING_NOTHING:
		break;
	case ENDING_ASK:
		progress_clear();
		warnx("time is up: ending the command and its descendants");
		describe(r);
		if (r->c->root)
			ending_add(&r->c->out.bytes, stracelog_now(&r->log),
			    r->c->timeout);
		r->c->timed_out = !r->c->root ||
		    livetree_has(r->log.live, r->c->root);
		livetree_signal(r->log.live, SIGTERM);
		break;
	case ENDING_KILL:
		livetree_signal(r->log.live, SIGKILL);
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
	r->left = !livetree_has(r->log.live, r->c->root);
	if (!r->log.foreign)
		tracees_find(&found, r->strace);
	while (members_next(&found, &one))
		if (!livetree_has(r->log.live, one.pid))
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
		if (!livetree_has(r->log.live, one.pid))
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
	else if (livetree_has(r->log.live, r->c->root))
		tracees_signal(r->strace, r->c->root, sig);
	else
		livetree_signal(r->log.live, sig);
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
tell_progress(struct run *r)
{
	const struct stracelog *log = &r->log;

	capture_tell(r->c, &(struct capture_state){ .events = log->nevents,
	    .forks = log->nforks, .running = livetree_size(log->live) });
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
		tell_progress(r);
		stracelog_sample(&r->log);
		due = clock_earlier(r->ending.at, r->c->progress_at);
		due = clock_earlier(due, stracelog_sample_due(&r->log));
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

/* Its last line: that of the log, or else that it was cut off. */
static void
end_log(struct run *r)
{
	/* or else it ends by the signal that has killed the command */
	bool killed = WIFSIGNALED(r->status) && livetree_size(r->log.live);

	stracelog_end(&r->log);
	find_root(r);
	r->c->newest = r->log.newest;
	if (!killed && !r->done) {
		r->c->status = command_status(r->status);
		return;
	}
	if (!r->done)
		warnx("tracing failed: strace was killed by signal %d; the "
		    "recording ends there", WTERMSIG(r->status));
	r->c->complete = false;
	r->c->cut = r->c->root != 0;
	recorder_add_cut(&r->c->out.bytes, r->log.newest);
}

void
stracesession_run(struct capture *c)
{
	struct run r = { .c = c };

	c->complete = true;
	c->status = stracelaunch_check(c->argv[0]);
	if (c->status)
		return;
	if (pipe2(r.pipe, O_CLOEXEC) < 0)
		err(CAPTURE_FAILED, "pipe");
	stracelog_begin(&r.log, c, &c->out.bytes);
	command_show_self(true);
	r.strace = stracelaunch_start(c, r.pipe[1], &r.how);
	if (!r.strace)
		return;
	stracelog_set_tracer(&r.log, r.strace, &r.how);
	capture_begin(c);
	stracelog_begin_samples(&r.log);
	if (c->timeout)
		r.ending.at = c->began + c->timeout;
	follow(&r);
	end_log(&r);
	close(r.pipe[0]);
	close(r.pipe[1]);
	if (r.how.failed || !c->root) {
		warnx("tracing failed: strace did not run the command");
		c->complete = false;
	}
	stracelog_free(&r.log);
	members_free(&r.unknown);
}
