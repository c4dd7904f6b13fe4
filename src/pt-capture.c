/* pt-capture - run a command and write down the events of its processes */
#define _GNU_SOURCE
#include <sys/signalfd.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/wait.h>

#include "backlog.h"
#include "clock.h"
#include "command.h"
#include "embed.h"
#include "filter.h"
#include "intake.h"
#include "job.h"
#include "options.h"
#include "out.h"
#include "snapshot.h"
#include "straced.h"
#include "text.h"
#include "tracer.h"

static const char usage[] =
"usage: pt-capture [OPTION ...] [--] COMMAND [ARG ...]\n"
"       pt-capture [OPTION ...] -a | -p PID ...\n"
"       pt-capture [--env] --print-script\n"
"\n"
"Runs COMMAND and writes the events of all processes of the system while it\n"
"runs, or of those that run already. The exit status is that of COMMAND.\n"
"\n"
"  -a, --all                 record everything, until ^C or --timeout\n"
"  -b, --bpftrace-path PATH  the bpftrace to run (default: the one on PATH)\n"
"  -o, --output FILE         write to FILE; standard output is COMMAND's then\n"
"  -p, --pid PID             follow a running process and its descendants\n"
"  -t, --tree                record the processes of COMMAND only\n"
"      --debug               show what bpftrace says\n"
"      --env                 record the environment of each exec: it has secrets\n"
"      --filter COMMAND      write what this shell command makes of it\n"
"      --print-root          say the PID of the root on standard error\n"
"      --print-script        print the built-in script\n"
"      --script FILE         a script to run instead of the built-in one\n"
"      --timeout SECS        end the processes of COMMAND after SECS\n"
"      --tracer NAME         bpftrace, strace, or auto: the first that works\n"
"      --until tree|root     end with the last descendant (default) or COMMAND\n"
"  -h, --help                print this help\n"
"  -V, --version             print the version\n";

enum {
	FAILED = 125,		/* as env(1) and timeout(1) have it */
	TIMED_OUT = 124,
	ATTACH_MS = 2,		/* between marks until the first is answered */
	MARK_AGAIN_MS = 20,	/* until a mark is taken for lost */
	QUIET_MS = 2,		/* without output: it was drained */
	NAP_MS = 200,		/* until it is read again */
	TELL_MS = 500,		/* of waiting for descendants in silence */
	GRACE_MS = 1000,	/* between SIGTERM and SIGKILL */
	READ_SIZE = 256 * 1024,
	BACKLOG_MAX = 256 * 1024 * 1024,
};

enum {
	OPT_DEBUG = 256, OPT_ENV, OPT_FILTER, OPT_PRINT_ROOT, OPT_PRINT_SCRIPT, OPT_SCRIPT,
	OPT_TIMEOUT, OPT_TRACER, OPT_UNTIL,
};

static const struct option longopts[] = {
	{ "all", no_argument, NULL, 'a' },
	{ "pid", required_argument, NULL, 'p' },
	{ "bpftrace-path", required_argument, NULL, 'b' },
	{ "debug", no_argument, NULL, OPT_DEBUG },
	{ "env", no_argument, NULL, OPT_ENV },
	{ "filter", required_argument, NULL, OPT_FILTER },
	{ "print-root", no_argument, NULL, OPT_PRINT_ROOT },
	{ "print-script", no_argument, NULL, OPT_PRINT_SCRIPT },
	{ "script", required_argument, NULL, OPT_SCRIPT },
	{ "timeout", required_argument, NULL, OPT_TIMEOUT },
	{ "tracer", required_argument, NULL, OPT_TRACER },
	{ "tree", no_argument, NULL, 't' },
	{ "until", required_argument, NULL, OPT_UNTIL },
	OPTIONS_COMMON,
	{ NULL, 0, NULL, 0 },
};

enum tracer_kind { TRACER_AUTO, TRACER_BPFTRACE, TRACER_STRACE };

struct capture {
	char **argv;
	struct tracer_options setup;
	const char *filter;	/* NULL: none */
	int32_t *pids;		/* processes to follow instead of a command */
	size_t npids, pids_cap;
	bool attach, all;	/* to these, or to everything */
	enum tracer_kind kind;
	bool debug, until_root, print_root;
	uint64_t timeout;	/* ns; 0: none */

	struct tracer tracer;
	bool tracing;		/* its output has not ended */
	struct intake intake;
	uint64_t read_at;	/* when to read again; 0: now */
	bool flushed;		/* its own buffer, since it was read last */

	struct command_context context;
	pid_t command;		/* as we see it; 0: not started, or waited for */
	bool started, ended;
	bool looked;		/* at who lives, since it has ended */
	int status;		/* exit status, once it has ended */
	uint64_t deadline;	/* of the next step of a timeout; 0: none */
	int timeouts;		/* steps of it that were taken */
	bool describe;		/* what is alive, once the tree is up to date */

	uint64_t tell_at;	/* when to say whom we wait for; 0: not yet,
				 * UINT64_MAX: it was said */
	bool done;
	int interrupted;	/* by this signal, before there was a command */

	struct backlog out;
};

static void
start_command(struct capture *c)
{
	int failed;

	c->started = true;
	intake_open(&c->intake);
	c->command = command_start(c->argv, &c->context, &failed);
	if (c->timeout)
		c->deadline = clock_ns() + c->timeout;
}

/* Nothing is run: what is followed exists already. */
static void
attach(struct capture *c)
{
	c->started = c->ended = c->looked = true;
	c->tell_at = UINT64_MAX;
	if (!intake_attach(&c->intake, c->pids, c->npids, c->all)) {
		c->status = FAILED;
		c->done = true;
	}
	if (c->timeout)
		c->deadline = clock_ns() + c->timeout;
}

static void
read_tracer(struct capture *c)
{
	static char chunk[READ_SIZE];
	ssize_t n = read(c->tracer.out, chunk, sizeof chunk);

	if (n > 0) {
		c->flushed = false;
		intake_take(&c->intake, chunk, (size_t)n);
	} else if (n == 0 || errno != EINTR) {
		c->tracing = false;
	}
}

/* Ends all that lives: with the signal, or else in a while with the next
 * step. */
static void
end_all(struct capture *c, int sig)
{
	if (!family_signal(c->intake.family, sig) && c->command)
		kill(c->command, sig);
	c->deadline = clock_ns() + (uint64_t)GRACE_MS * 1000000;
}

/* First a look at what hangs and SIGTERM, then SIGKILL, then no more waiting. */
static void
time_out(struct capture *c)
{
	c->deadline = 0;
	switch (c->timeouts++) {
	case 0:
		c->describe = true;
		intake_await(&c->intake);
		break;
	case 1:
		end_all(c, SIGKILL);
		break;
	default:
		c->done = true;
		break;
	}
}

static void
describe(struct capture *c)
{
	c->describe = false;
	intake_describe(&c->intake);
	if (c->timeouts && c->attach) {
		c->done = true;
	} else if (c->timeouts == 1 && !c->deadline) {
		warnx("time is up: ending the command and its descendants");
		end_all(c, SIGTERM);
	}
}

static void
take_child(struct capture *c)
{
	siginfo_t si = { .si_pid = 0 };
	int status;

	if (!c->command || waitid(P_PID, (id_t)c->command, &si,
	    WEXITED | WSTOPPED | WNOHANG | WNOWAIT) < 0 || !si.si_pid)
		return;
	if (si.si_code == CLD_STOPPED) {
		job_stop(c->command, si.si_status);
	} else if (waitpid(c->command, &status, 0) == c->command) {
		c->command = 0;
		c->ended = true;
		c->status = command_status(status);
		c->intake.stale = true;
	}
}

/* A signal for this program alone goes on to the command; one from the
 * terminal it gets as well. When there is no command, it ends the recording, or
 * stops this program. */
static void
pass_signal(struct capture *c, int sig, bool alone)
{
	if (c->command) {
		if (alone)
			kill(c->command, sig);
	} else if (sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU) {
		job_suspend(sig);
	} else {
		c->done = true;
		if (!c->started)
			c->interrupted = sig;
	}
}

static void
take_signal(struct capture *c, int fd)
{
	struct signalfd_siginfo si;

	if (read(fd, &si, sizeof si) != sizeof si)
		return;
	switch (si.ssi_signo) {
	case SIGCHLD:
		take_child(c);
		break;
	case SIGCONT:
		if (c->command)
			job_continue(c->command);
		break;
	case SIGUSR1:
		c->describe = true;
		intake_await(&c->intake);
		break;
	case SIGHUP: case SIGINT: case SIGQUIT: case SIGTERM:
		/* now, because those who hang may die of the same signal */
		intake_describe(&c->intake);
		/* FALLTHROUGH */
	default:
		/* when a terminal closes, only the leader is told */
		pass_signal(c, (int)si.ssi_signo, si.ssi_code <= 0 ||
		    (si.ssi_signo == SIGHUP && getsid(0) == getpid()));
		break;
	}
}

static void
tell_waiting(struct capture *c)
{
	size_t n = family_size(c->intake.family);

	warnx("the command has ended, %zu of its descendants %s on (^C ends the "
	    "recording):", n, n == 1 ? "lives" : "live");
	family_print(c->intake.family);
	intake_describe(&c->intake);
}

/* What to do next, when no mark is waited for. */
static void
decide(struct capture *c)
{
	if (!c->started && c->attach) {
		attach(c);
	} else if (!c->started) {
		start_command(c);
	} else if (c->describe) {
		describe(c);
	} else if (c->ended && c->looked &&
	    (c->until_root || (!c->all && !family_size(c->intake.family)))) {
		/* who is not there will fork nobody */
		c->done = true;
	} else if (c->ended && c->intake.stale && !c->all) {
		/* one look more, then the tree is up to date */
		c->intake.stale = false;
		c->looked = true;
		intake_await(&c->intake);
	} else if (c->ended && !c->all) {
		if (c->intake.nlost)
			family_bury(c->intake.family);
		c->done = !family_size(c->intake.family);
		if (!c->tell_at)
			c->tell_at = clock_ns() + (uint64_t)TELL_MS * 1000000;
	}
}

/* A tracer that is not read comes to rest: it does not wake for every event,
 * which costs the traced processes more than all the rest. So it is read in
 * bursts, unless something is waited for. */
static bool
is_hurried(const struct capture *c)
{
	return c->intake.cookie || (c->ended && !c->attach);
}

static bool
is_reading(const struct capture *c)
{
	return c->tracing && c->out.bytes.len < BACKLOG_MAX &&
	    (is_hurried(c) || !c->read_at);
}

/* Nothing came for a while: enough for now. What has been printed since and
 * still sits in bpftrace's buffer comes with the next burst. */
static void
take_nap(struct capture *c)
{
	if (is_hurried(c) || c->read_at)
		return;
	if (!c->flushed)
		tracer_flush(c->intake.owner);
	c->flushed = true;
	c->read_at = clock_ns() + (uint64_t)NAP_MS * 1000000;
}

/* Does what is due; how long until something is, for poll(2). */
static int
keep_time(struct capture *c)
{
	uint64_t t = clock_ns(), next;

	if (c->read_at && t >= c->read_at)
		c->read_at = 0;
	if (c->deadline && t >= c->deadline)
		time_out(c);
	if (c->tell_at && t >= c->tell_at) {
		c->tell_at = UINT64_MAX;
		tell_waiting(c);
	}
	if (c->intake.cookie)
		return c->started ? MARK_AGAIN_MS : ATTACH_MS;
	if (!c->read_at && !is_hurried(c))
		return QUIET_MS;
	next = c->tell_at ? c->tell_at : UINT64_MAX;
	if (c->read_at && c->read_at < next)
		next = c->read_at;
	if (c->deadline && c->deadline < next)
		next = c->deadline;
	return next == UINT64_MAX ? -1 : (int)((next - t) / 1000000 + 1);
}

static void
record(struct capture *c, int signals)
{
	struct pollfd fds[] = {
		{ .fd = signals, .events = POLLIN },
		{ .events = POLLIN }, { .events = POLLIN }, { .events = POLLOUT },
	};

	int n, timeout;

	c->tracing = true;
	while (!c->done) {
		timeout = keep_time(c);
		fds[1].fd = is_reading(c) ? c->tracer.out : -1;
		fds[2].fd = c->tracer.err;
		fds[3].fd = BACKLOG_WAITS(&c->out) ? STDOUT_FILENO : -1;
		n = poll(fds, 4, timeout);
		if (n < 0 && errno != EINTR)
			err(FAILED, "poll");
		if (n == 0) {
			intake_remind(&c->intake);
			take_nap(c);
		}
		if (fds[0].revents)
			take_signal(c, signals);
		if (fds[1].revents)
			read_tracer(c);
		if (fds[2].revents && tracer_listen(&c->tracer, c->debug) <= 0) {
			close(c->tracer.err);
			c->tracer.err = -1;
		}
		if (fds[3].revents)
			backlog_write(&c->out);
		if (c->tracing && !c->intake.cookie)
			decide(c);
		else if (!c->tracing && !c->command)
			c->done = true;
	}
}

/* Writes the rest of the recording, if it is complete: false after a message
 * if it is not, or cannot be written. */
static bool
finish(struct capture *c, bool complete, int32_t root)
{
	backlog_finish(&c->out);
	if (c->out.error && c->out.error != EPIPE) {
		errno = c->out.error;
		warn("<stdout>");
		complete = false;
	}
	if (c->filter && filter_close())
		c->out.error = 0;	/* it has read all that it wanted */
	else if (c->filter)
		complete = false;
	if (c->print_root && root)
		fprintf(stderr, "Process tree root was PID %" PRId32 "\n", root);
	if (c->intake.nlost)
		warnx("%" PRIu64 " events were lost", c->intake.nlost);
	return complete && (c->out.error || out_close() == 0);
}

/* The exit status, or -1: bpftrace cannot trace here, and nothing was run. */
static int
trace_with_bpftrace(struct capture *c, int signals)
{
	bool complete;

	if (!tracer_start(&c->tracer, &c->setup)) {
		c->interrupted = job_ended_by();
		return c->interrupted ? FAILED : -1;
	}
	record(c, signals);
	if (c->interrupted) {
		tracer_stop(&c->tracer);
		return FAILED;
	}
	complete = c->tracing;
	if (!complete)
		tracer_explain(&c->tracer);
	if (c->started) {
		if (complete && !c->intake.root && !c->attach) {
			warnx("the fork of the command was lost");
			complete = false;
		}
		if (c->tracing)
			intake_end(&c->intake);
		if (!finish(c, complete, c->intake.root))
			c->status = FAILED;
		else if (c->timeouts && !c->attach)
			c->status = TIMED_OUT;
	}
	tracer_stop(&c->tracer);
	return c->started || complete ? c->status : -1;
}

static int
trace_with_strace(struct capture *c, int signals)
{
	struct straced s = {
		.argv = c->argv, .timeout = c->timeout, .signals = signals,
		.out = &c->out,
	};
	int status;

	if (c->attach || c->until_root)
		errx(FAILED, "strace can neither attach nor end with the root");
	if (!straced_available())
		errx(FAILED, "strace: not found: apt-get install strace");
	status = straced_run(&s, &c->context);
	if (!finish(c, status != FAILED, s.root))
		return FAILED;
	return s.timed_out ? TIMED_OUT : status;
}

static int
trace(struct capture *c, int signals)
{
	int status = -1;

	if (c->kind != TRACER_STRACE)
		status = trace_with_bpftrace(c, signals);
	if (status < 0 && c->kind == TRACER_AUTO && !c->attach && !c->until_root &&
	    straced_available())
		warnx("tracing with strace instead");
	else if (status < 0 && c->kind != TRACER_STRACE)
		return FAILED;
	return status < 0 ? trace_with_strace(c, signals) : status;
}

static char *
read_file(const char *file)
{
	struct buf b = { 0 };
	FILE *fp = fopen(file, "r");
	size_t n;

	if (!fp)
		err(FAILED, "%s", file);
	do {
		buf_reserve(&b, READ_SIZE);
		n = fread(b.p + b.len, 1, READ_SIZE - 1, fp);
		b.len += n;
	} while (n);
	if (ferror(fp))
		err(FAILED, "%s", file);
	fclose(fp);
	buf_addc(&b, '\0');
	return b.p;
}

static bool
is_ignored(int sig)
{
	struct sigaction act;

	return !sigaction(sig, NULL, &act) && act.sa_handler == SIG_IGN;
}

/* The signals come through a descriptor from now on, but for those that are
 * ignored. */
static int
take_signals(struct command_context *ctx)
{
	static const int list[] = { SIGCHLD, SIGCONT, SIGHUP, SIGINT, SIGQUIT,
	    SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU, SIGUSR1 };
	struct sigaction dfl = { .sa_handler = SIG_DFL };
	sigset_t set, blocked;
	size_t i;
	int fd;

	sigaction(SIGCHLD, &dfl, &ctx->sigchld);
	sigemptyset(&set);
	for (i = 0; i < sizeof list / sizeof *list; i++)
		if (!is_ignored(list[i]))
			sigaddset(&set, list[i]);
	blocked = set;
	sigaddset(&blocked, SIGPIPE);
	sigprocmask(SIG_BLOCK, &blocked, &ctx->mask);
	fd = signalfd(-1, &set, SFD_CLOEXEC);
	if (fd < 0)
		err(FAILED, "signalfd");
	return fd;
}

/* Ends as the signal would have ended it. */
static void
die(const struct capture *c, int sig)
{
	sigprocmask(SIG_SETMASK, &c->context.mask, NULL);
	raise(sig);
	exit(COMMAND_SIGNALED + sig);
}

static char *
built_in_script(bool env)
{
	struct buf b = { 0 };

	if (env)
		buf_add(&b, embed_env_bt.p, embed_env_bt.len);
	buf_add(&b, embed_proctrace_bt.p, embed_proctrace_bt.len);
	buf_addc(&b, '\0');
	return b.p;
}

static enum tracer_kind
find_tracer(const char *arg)
{
	static const char *const names[] = {
		[TRACER_AUTO] = "auto", [TRACER_BPFTRACE] = "bpftrace",
		[TRACER_STRACE] = "strace",
	};
	enum tracer_kind kind;

	for (kind = TRACER_AUTO; kind <= TRACER_STRACE; kind++)
		if (!strcmp(arg, names[kind]))
			return kind;
	errx(FAILED, "--tracer: '%s' is none of auto, bpftrace, strace", arg);
}

/* -p PID */
static void
follow(struct capture *c, const char *arg)
{
	uint64_t pid;

	if (!text_number(arg, strlen(arg), EVENT_PID_MAX, &pid) || !pid)
		errx(FAILED, "--pid: '%s' is not a PID", arg);
	if (!snapshot_lives((int32_t)pid))
		errx(FAILED, "--pid: there is no process %s", arg);
	c->pids = grow(c->pids, c->npids, &c->pids_cap, sizeof *c->pids);
	c->pids[c->npids++] = (int32_t)pid;
	c->attach = true;
}

int
main(int argc, char *argv[])
{
	static struct capture c;
	const char *output = "-";
	bool env = false, print_script = false, tree = false;
	int opt, signals, status;

	exit_failure = FAILED;
	command_hold_closed();
	c.setup.bpftrace = "bpftrace";
	while ((opt = getopt_long(argc, argv, "+ab:ho:p:tV", longopts, NULL)) != -1)
		switch (opt) {
		case 'a': c.attach = c.all = true; break;
		case 'b': c.setup.bpftrace = optarg; break;
		case 'o': output = optarg; break;
		case 'p': follow(&c, optarg); break;
		case 't': tree = true; break;
		case OPT_DEBUG: c.debug = true; break;
		case OPT_FILTER: c.filter = optarg; break;
		case OPT_PRINT_ROOT: c.print_root = true; break;
		case OPT_ENV: env = true; break;
		case OPT_PRINT_SCRIPT: print_script = true; break;
		case OPT_SCRIPT: c.setup.script = read_file(optarg); break;
		case OPT_TIMEOUT:
			if (!text_seconds(optarg, &c.timeout) || !c.timeout)
				errx(FAILED, "--timeout: '%s' is not a number of "
				    "seconds", optarg);
			break;
		case OPT_TRACER: c.kind = find_tracer(optarg); break;
		case OPT_UNTIL:
			c.until_root = !strcmp(optarg, "root");
			if (!c.until_root && strcmp(optarg, "tree"))
				errx(FAILED, "--until: '%s' is neither tree nor root",
				    optarg);
			break;
		default: options_common(opt, usage);
		}
	if (!c.setup.script)
		c.setup.script = built_in_script(env);
	if (print_script) {
		fputs(c.setup.script, stdout);
		return out_close() < 0 ? FAILED : 0;
	}
	if (optind == argc && !c.attach)
		errx(FAILED, "no command: try pt-capture --help");
	if (optind < argc && c.attach)
		errx(FAILED, "a command, and processes to follow: only one of them");
	c.argv = argv + optind;
	c.context.out = command_descriptor(!strcmp(output, "-") ?
	    STDERR_FILENO : STDOUT_FILENO);
	out_open(output);
	if (c.filter)
		filter_open(c.filter);
	intake_init(&c.intake, c.argv, &c.out.bytes);
	c.setup.owner = c.intake.cookie;
	c.setup.tree = tree || c.npids ? c.intake.cookie : 0;
	signals = take_signals(&c.context);
	status = trace(&c, signals);
	intake_free(&c.intake);
	if (c.interrupted)
		die(&c, c.interrupted);
	return status;
}
