#define _GNU_SOURCE
#include "capture/bpfsession.h"

#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "capture/ending.h"
#include "capture/jobcontrol.h"
#include "capture/pace.h"
#include "capture/recorder.h"
#include "capture/signals.h"
#include "capture/tracer.h"
#include "cli/progress.h"

enum {
	ATTACH_MS = 2,		/* between marks until the first is answered */
	MARK_AGAIN_MS = 20,	/* until a mark is taken for lost */
	TELL_MS = 500,		/* of waiting for descendants in silence */
	STARTING_S = 120,	/* until bpftrace is taken for stuck: as it starts */
	SILENT_S = 10,		/* and later */
	READ_SIZE = 256 * 1024,
	BACKLOG_MAX = 256 * 1024 * 1024,
	CPUS_MS = 100,		/* between looks at which CPUs there are */
};

/* how far bpftrace is */
enum output {
	OUTPUT_COMES,
	OUTPUT_REMAINS,		/* it has ended, but there may be output left */
	OUTPUT_ENDED,
	OUTPUT_STUCK,		/* it does not react, and is not read any more */
};

/* how far the command is, or what the recording is attached to */
enum phase {
	PHASE_WAITS,		/* for the probes: nothing has been run */
	PHASE_RUNS,
	PHASE_ENDED,
	PHASE_LOOKED,		/* since then was looked at who lives on */
	PHASE_TOLD,		/* and said, or it need not be */
};

/* at what is alive, once the tree is up to date */
enum look {
	LOOK_NONE,
	LOOK_ONLY,
	LOOK_AND_END,		/* the time is up */
};

struct bpfsession {
	struct capture *c;	/* the caller's */
	bool refused;		/* there is nothing to attach to */

	struct tracer tracer;
	enum output output;	/* of the tracer */
	unsigned unanswered;	/* marks, in a row */
	uint64_t cpus_at;	/* when to look at the CPUs again */
	uint64_t heard;		/* when it said something for the last time */
	struct recorder recorder;
	struct pace pace;	/* of reading it */

	pid_t command;		/* as we see it; 0: not started, or waited for */
	enum phase phase;
	int failed;		/* the exit status, as it could not be executed */
	struct ending ending;	/* by --timeout */
	enum look look;		/* is to be taken */
	uint64_t tell_at;	/* when to say whom we wait for; 0: not yet */
	bool done;
};

/* What is recorded exists already: no command is run. */
static bool
is_attached(const struct bpfsession *s)
{
	return !s->c->argv[0];
}

static bool
has_started(const struct bpfsession *s)
{
	return s->phase > PHASE_WAITS;
}

/* more output of bpftrace can come */
static bool
is_tracing(const struct bpfsession *s)
{
	return s->output == OUTPUT_COMES || s->output == OUTPUT_REMAINS;
}

static void
begin(struct bpfsession *s)
{
	capture_begin(s->c);
	recorder_begin_samples(&s->recorder);
	if (s->c->timeout)
		s->ending.at = s->c->began + s->c->timeout;
}

static void
start_command(struct bpfsession *s)
{
	s->phase = PHASE_RUNS;
	recorder_open(&s->recorder);
	s->command = command_start(s->c->argv, &s->c->context,
	    &s->failed);
	s->c->command = s->command;
	begin(s);
}

/* Nothing is run: what is followed exists already. */
static void
attach(struct bpfsession *s)
{
	struct capture *c = s->c;

	s->phase = PHASE_TOLD;
	s->refused = !recorder_attach(&s->recorder, c->pids, c->npids, c->all);
	s->done = s->refused;
	begin(s);
}

static void
read_tracer(struct bpfsession *s)
{
	static char chunk[READ_SIZE];
	ssize_t n = read(s->tracer.out, chunk, sizeof chunk);

	if (n > 0) {
		s->unanswered = 0;
		s->heard = clock_ns();
		pace_read(&s->pace);
		recorder_take(&s->recorder, chunk, (size_t)n);
	} else if (n == 0 || errno != EINTR) {
		s->output = OUTPUT_ENDED;
	}
}

static void
listen_to_tracer(struct bpfsession *s)
{
	if (tracer_listen(&s->tracer, s->c->debug) <= 0) {
		close(s->tracer.err);
		s->tracer.err = -1;
	}
}

static void
end_all(struct bpfsession *s, int sig)
{
	if (!livetree_signal(s->recorder.live, sig) && s->command)
		kill(s->command, sig);
}

static void
describe(struct bpfsession *s)
{
	bool timeout = s->look == LOOK_AND_END;

	s->look = LOOK_NONE;
	if (!timeout || !s->c->all)
		recorder_describe(&s->recorder);
	if (!timeout)
		return;
	if (is_attached(s)) {
		s->done = true;
		return;
	}
	if (s->recorder.root)
		ending_add(&s->c->out.bytes, s->recorder.newest,
		    s->c->timeout);
	progress_clear();
	warnx("time is up: ending the command and its descendants");
	s->c->timed_out = s->phase < PHASE_ENDED;
	end_all(s, SIGTERM);
}

/* Those whom no signal ends: they are another user's, or wait in the kernel. */
static void
give_up(struct bpfsession *s)
{
	progress_clear();
	warnx("these could not be ended:");
	livetree_print(s->recorder.live, true);
	s->done = true;
}

static void
time_out(struct bpfsession *s, uint64_t now)
{
	switch (ending_next(&s->ending, now)) {
	case ENDING_NOTHING:
		return;
	case ENDING_ASK:
		s->look = LOOK_AND_END;
		break;
	case ENDING_KILL:
		/* who does not answer our marks is not waited for */
		if (s->look)
			describe(s);
		else
			end_all(s, SIGKILL);
		break;
	case ENDING_GIVE_UP:
		give_up(s);
		return;
	}
	if (is_tracing(s))
		pace_catch_up(&s->pace);
	else
		livetree_bury(s->recorder.live);
}

static void
take_child(struct bpfsession *s)
{
	siginfo_t si = { .si_pid = 0 };
	int status;

	if (!s->command || waitid(P_PID, (id_t)s->command, &si,
	    WEXITED | WSTOPPED | WNOHANG | WNOWAIT) < 0 || !si.si_pid)
		return;
	if (si.si_code == CLD_STOPPED) {
		jobcontrol_stop(s->command, si.si_status);
	} else if (waitpid(s->command, &status, 0) == s->command) {
		s->command = 0;
		s->phase = PHASE_ENDED;
		s->c->status = command_status(status);
		recorder_note_end(&s->recorder);
	}
}

static void
take_children(struct bpfsession *s)
{
	take_child(s);
	if (tracer_has_ended(&s->tracer) && s->output == OUTPUT_COMES)
		s->output = OUTPUT_REMAINS;
}

/* For this program alone: it goes on to the command, unless that is not to be
 * waited for any more. */
static void
forward(struct bpfsession *s, int sig)
{
	if (!signals_insist(&s->c->insistence, sig)) {
		kill(s->command, sig);
		return;
	}
	warnx("signal %d once more: the recording ends, and the command goes on",
	    sig);
	s->c->status = COMMAND_SIGNALED + sig;
	s->done = true;
}

/* The command gets what comes from the terminal by itself. When there is none, it
 * ends the recording, or stops this program. */
static void
pass_signal(struct bpfsession *s, int sig, bool alone)
{
	if (s->command) {
		if (alone)
			forward(s, sig);
	} else if (sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU) {
		jobcontrol_suspend(sig);
	} else {
		s->done = true;
		if (!has_started(s))
			s->c->ended_by = sig;
	}
}

static void
take_signal(struct bpfsession *s)
{
	struct signalfd_siginfo si;

	if (read(s->c->signals, &si, sizeof si) != sizeof si)
		return;
	switch (si.ssi_signo) {
	case SIGCHLD:
		take_children(s);
		break;
	case SIGCONT:
		if (s->command)
			jobcontrol_continue(s->command);
		break;
	case SIGUSR1:
		if (has_started(s)) {
			if (!s->look)
				s->look = LOOK_ONLY;
			pace_catch_up(&s->pace);
		}
		break;
	case SIGHUP: case SIGINT: case SIGQUIT: case SIGTERM:
		/* now, because those who hang may die of the same signal */
		if (!s->c->all)
			recorder_describe(&s->recorder);
		/* FALLTHROUGH */
	default:
		pass_signal(s, (int)si.ssi_signo, signals_is_alone(&si));
		break;
	}
}

static void
tell_waiting(struct bpfsession *s)
{
	size_t n = livetree_size(s->recorder.live);

	recorder_describe(&s->recorder);
	s->done = s->done || s->c->until_look;
	if (s->done)
		return;
	progress_clear();
	warnx("the command has ended, %zu of its descendants %s on (^C ends the "
	    "recording):", n, n == 1 ? "lives" : "live");
	livetree_print(s->recorder.live, false);
}

/* The command is no more, but perhaps its descendants are. */
static void
decide_end(struct bpfsession *s)
{
	if (s->phase >= PHASE_LOOKED &&
	    (s->c->until_root || !livetree_size(s->recorder.live))) {
		/* who is not there will fork nobody */
		s->done = true;
	} else if (recorder_saw_end(&s->recorder)) {
		/* one look more, then the tree is up to date */
		if (s->phase < PHASE_LOOKED)
			s->phase = PHASE_LOOKED;
		pace_catch_up(&s->pace);
	} else {
		if (s->recorder.nlost)
			livetree_bury(s->recorder.live);
		if (!livetree_size(s->recorder.live))
			s->done = true;
		if (!s->tell_at && s->phase < PHASE_TOLD)
			s->tell_at = clock_ns() + (uint64_t)TELL_MS * 1000000;
	}
}

/* What to do next, when no mark is waited for. */
static void
decide(struct bpfsession *s)
{
	if (!has_started(s)) {
		pace_begin(&s->pace, s->tracer.pid);
		if (is_attached(s))
			attach(s);
		else
			start_command(s);
	} else if (s->look) {
		describe(s);
	} else if (s->phase >= PHASE_ENDED && !s->c->all) {
		decide_end(s);
	}
}

static bool
has_room(const struct bpfsession *s)
{
	return s->c->out.bytes.len < BACKLOG_MAX;
}

static bool
is_reading(const struct bpfsession *s)
{
	return is_tracing(s) && has_room(s) &&
	    (s->output == OUTPUT_REMAINS || pace_is_reading(&s->pace));
}

static void
tell_progress(struct bpfsession *s)
{
	const struct recorder *in = &s->recorder;

	capture_tell(s->c, &(struct capture_state){ .events = in->nevents,
	    .forks = in->nforks, .lost = in->nlost,
	    .running = livetree_size(in->live) });
}

/* Does what is due; how long until something is, for poll(2). */
static int
keep_time(struct bpfsession *s)
{
	uint64_t t = clock_ns(), next;
	int wait = pace_wait(&s->pace, t);

	time_out(s, t);
	if (has_started(s) && t >= s->cpus_at) {
		s->cpus_at = t + (uint64_t)CPUS_MS * 1000000;
		recorder_check_cpus(&s->recorder);
	}
	if (s->done || (s->output == OUTPUT_REMAINS && is_reading(s)))
		return 0;
	if (s->tell_at && t >= s->tell_at) {
		s->tell_at = 0;
		s->phase = PHASE_TOLD;
		tell_waiting(s);
	}
	tell_progress(s);
	if (is_tracing(s))
		recorder_sample(&s->recorder);
	if (s->recorder.cookie && is_tracing(s))
		return has_started(s) ? MARK_AGAIN_MS : ATTACH_MS;
	if (wait >= 0)
		return wait;
	next = clock_earlier(clock_earlier(s->pace.read_at, s->ending.at),
	    clock_earlier(s->tell_at, s->c->progress_at));
	if (is_tracing(s))
		next = clock_earlier(next, recorder_sample_due(&s->recorder));
	return next ? (int)((next - t) / 1000000 + 1) : -1;
}

/* bpftrace ticks once a second, and answers marks. */
static bool
is_stuck(struct bpfsession *s)
{
	/* a time alone would be wrong after this program itself had to wait */
	unsigned limit = !has_started(s) ? STARTING_S * 1000 / ATTACH_MS :
	    SILENT_S * 1000 / MARK_AGAIN_MS;

	return s->recorder.cookie && ++s->unanswered > limit;
}

/* Nothing has come, neither from bpftrace nor from anybody else. */
static void
be_idle(struct bpfsession *s)
{
	if (is_reading(s)) {
		if (s->output == OUTPUT_REMAINS || is_stuck(s)) {
			s->output = s->output == OUTPUT_REMAINS ?
			    OUTPUT_ENDED : OUTPUT_STUCK;
			return;
		}
		recorder_remind(&s->recorder);
	}
	if (has_started(s) && !s->recorder.cookie &&
	    clock_ns() - s->heard > (uint64_t)SILENT_S * 1000000000) {
		s->heard = clock_ns();
		pace_catch_up(&s->pace);
	}
	pace_nap(&s->pace, is_tracing(s) && has_room(s));
}

static void
record(struct bpfsession *s)
{
	struct pollfd fds[] = {
		{ .fd = s->c->signals, .events = POLLIN },
		{ .events = POLLIN }, { .events = POLLIN }, { .events = POLLOUT },
	};
	int n, timeout;

	s->output = OUTPUT_COMES;
	while (!s->done) {
		timeout = keep_time(s);
		fds[1].fd = is_reading(s) ? s->tracer.out : -1;
		fds[2].fd = s->tracer.err;
		fds[3].fd = OUTQUEUE_WAITS(&s->c->out) ? STDOUT_FILENO : -1;
		n = poll(fds, 4, timeout);
		if (n < 0 && errno != EINTR)
			err(CAPTURE_FAILED, "poll");
		if (n == 0)
			be_idle(s);
		if (fds[0].revents)
			take_signal(s);
		if (fds[1].revents)
			read_tracer(s);
		if (fds[2].revents)
			listen_to_tracer(s);
		if (fds[3].revents)
			outqueue_write(&s->c->out);
		if (is_tracing(s) && !s->recorder.cookie)
			decide(s);
		else if (!is_tracing(s) && !s->command)
			s->done = true;
	}
	progress_clear();
}

/* False: it could not be started, or a signal has come that ends this program. */
static bool
trace(struct bpfsession *s, const struct launch_options *options)
{
	bool again;

	do {
		if (!tracer_start(&s->tracer, options, s->c->signals)) {
			s->c->ended_by = s->tracer.ended_by;
			return false;
		}
		record(s);
		if (s->c->ended_by)
			return false;
		again = s->output == OUTPUT_ENDED && !s->heard &&
		    tracer_drops_types(&s->tracer);
		if (again) {
			tracer_stop(&s->tracer);
			s->done = false;
		}
	} while (again);
	return true;
}

struct bpfsession *
bpfsession_new(struct capture *c)
{
	struct bpfsession *s = xcalloc(1, sizeof *s);

	s->c = c;
	s->pace.recorder = &s->recorder;
	recorder_init(&s->recorder, c->argv, !c->scripted, &c->origin, &c->out.bytes);
	return s;
}

bool
bpfsession_run(struct bpfsession *s)
{
	struct capture *c = s->c;
	struct launch_options options = {
		.bpftrace = c->bpftrace, .script = c->script,
		.numbers = { .owner = s->recorder.cookie,
		    .tree = c->tree || c->npids ? s->recorder.cookie : 0,
		    .signals = c->signals_kept },
		.plain = c->plain,
	};

	script_own(&options.numbers);

	if (!trace(s, &options))
		return false;
	c->complete = is_tracing(s) && !s->refused;
	if (!is_tracing(s)) {
		c->cut = recorder_has_begun(&s->recorder);
		tracer_explain(&s->tracer, s->output == OUTPUT_STUCK, c->cut);
		if (c->cut)
			recorder_cut(&s->recorder);
	} else if (!s->refused) {
		if (!s->recorder.root && !is_attached(s)) {
			warnx("the fork of the command was lost");
			c->complete = false;
		} else if (!s->failed && recorder_is_confused(&s->recorder)) {
			warnx("the exec of the command was not seen: bpftrace "
			    "takes processes for others, use --tracer strace");
			c->complete = false;
		}
		recorder_end(&s->recorder);
	}
	recorder_tell_bad(&s->recorder);
	c->root = s->recorder.root;
	c->newest = s->recorder.newest;
	c->nlost = s->recorder.nlost;
	return has_started(s);
}

void
bpfsession_free(struct bpfsession *s)
{
	tracer_stop(&s->tracer);
	pace_free(&s->pace);
	recorder_free(&s->recorder);
	free(s);
}
