/* pt-capture - run a command and write down the events of its processes */
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "capture/bpfsession.h"
#include "capture/capture.h"
#include "capture/command.h"
#include "capture/outfilter.h"
#include "capture/recorder.h"
#include "capture/script.h"
#include "capture/signals.h"
#include "capture/stracelaunch.h"
#include "capture/straceprobe.h"
#include "capture/stracesession.h"
#include "capture/untraced.h"
#include "cli/options.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "event/event.h"
#include "proc/snapshot.h"

static const char usage[] =
"usage: pt-capture [OPTION ...] -a | -p PID ... | [--] COMMAND [ARG ...]\n"
"Runs COMMAND and writes the events of all processes meanwhile; exits as it does.\n"
"\n"
"  -a, --all                 record everything, until ^C or --timeout\n"
"  -b, --bpftrace-path PATH  the bpftrace to run (default: the one on PATH)\n"
"  -o, --output FILE         write to FILE; standard output is COMMAND's then\n"
"  -p, --pid PID             follow a running process and its descendants\n"
"  -t, --tree                record the processes of COMMAND only\n"
"      --debug               show what bpftrace says\n"
"      --env                 record the environment of each exec: it has secrets\n"
"      --files               record which files are written, and read afterwards\n"
"      --filter COMMAND      write what this shell command makes of it\n"
"      --keep-status         exit as COMMAND does even if it cannot be recorded\n"
"      --label KEY=VALUE     say of what the recording is; may be repeated\n"
"      --print-root          say the PID of the root on standard error\n"
"      --print-script        print the built-in script\n"
"      --progress            show on the terminal how far it is\n"
"      --signals all|fatal|none  which signals that its processes are sent\n"
"      --script FILE         a script to run instead of the built-in one\n"
"      --timeout SECS        end the processes of COMMAND after SECS\n"
"      --tracer auto|bpftrace|strace  what traces; auto is the first that works\n"
"      --until tree|root|look  end with the last descendant (default) or COMMAND\n"
"  -h, --help                print this help\n"
"  -V, --version             print the version\n";

enum {
	OPT_DEBUG = 256, OPT_ENV, OPT_FILES, OPT_FILTER, OPT_KEEP_STATUS, OPT_LABEL,
	OPT_PRINT_ROOT, OPT_PRINT_SCRIPT, OPT_PROGRESS, OPT_SCRIPT, OPT_SIGNALS, OPT_TIMEOUT,
	OPT_TRACER, OPT_UNTIL,
};

static const struct option longopts[] = {
	{ "all", no_argument, NULL, 'a' },
	{ "pid", required_argument, NULL, 'p' },
	{ "bpftrace-path", required_argument, NULL, 'b' },
	{ "debug", no_argument, NULL, OPT_DEBUG },
	{ "env", no_argument, NULL, OPT_ENV },
	{ "files", no_argument, NULL, OPT_FILES },
	{ "filter", required_argument, NULL, OPT_FILTER },
	{ "keep-status", no_argument, NULL, OPT_KEEP_STATUS },
	{ "label", required_argument, NULL, OPT_LABEL },
	{ "print-root", no_argument, NULL, OPT_PRINT_ROOT },
	{ "print-script", no_argument, NULL, OPT_PRINT_SCRIPT },
	{ "progress", no_argument, NULL, OPT_PROGRESS },
	{ "script", required_argument, NULL, OPT_SCRIPT },
	{ "signals", required_argument, NULL, OPT_SIGNALS },
	{ "timeout", required_argument, NULL, OPT_TIMEOUT },
	{ "tracer", required_argument, NULL, OPT_TRACER },
	{ "tree", no_argument, NULL, 't' },
	{ "until", required_argument, NULL, OPT_UNTIL },
	OPTIONS_COMMON,
	{ NULL, 0, NULL, 0 },
};

enum tracer_kind { TRACER_AUTO, TRACER_BPFTRACE, TRACER_STRACE };

struct settings {
	enum tracer_kind tracer;
	const char *output, *filter;	/* NULL: none */
	int32_t *pids;		/* -p */
	size_t npids, pids_cap;
	bool env, keep_status, print_root, print_script;
};

/* It could not be written, or cannot have its name: a recording cannot be made
 * again, so that its part is kept, which says that it is one. */
static void
keep_part(const struct capture *c, const struct settings *set)
{
	struct buf end = { 0 };

	if (!set->filter && c->out.error) {
		recorder_add_cut(&end, c->newest);
		outqueue_put_end(&c->out, end.p, end.len);
		free(end.p);
	}
	out_keep();
}

/* Writes the rest of the recording: the exit status. */
static int
finish(struct capture *c, const struct settings *set)
{
	bool written, kept;

	c->ended_by = outqueue_finish(&c->out, c->signals);
	if (c->ended_by)
		return CAPTURE_FAILED;
	written = !c->out.error || c->out.error == EPIPE;
	if (!written) {
		errno = c->out.error;
		warn("%s", out_name());
	}
	if (set->filter && outfilter_close(c->signals))
		c->out.error = 0;	/* it has read all that it wanted */
	else if (set->filter)
		written = false;
	if (set->print_root && c->root)
		fprintf(stderr, "Process tree root was PID %" PRId32 "\n", c->root);
	if (c->nlost)
		warnx("%" PRIu64 " events were lost", c->nlost);
	/* what is not complete replaces no file, unless the rest is lost */
	kept = c->complete || c->cut;
	if (kept && (!written || (!c->out.error && out_close() < 0))) {
		keep_part(c, set);
		kept = false;
	}
	if (!kept || c->cut)
		return CAPTURE_FAILED;
	untraced_release();
	return c->timed_out ? CAPTURE_TIMED_OUT : c->status;
}

/* The exit status, or -1: bpftrace cannot trace here, and nothing was run. */
static int
trace_with_bpftrace(struct capture *c, const struct settings *set)
{
	struct bpfsession *s;
	int status = -1;

	command_show_self(false);
	s = bpfsession_new(c);
	if (bpfsession_run(s))
		status = finish(c, set);
	else if (c->ended_by)
		status = CAPTURE_FAILED;
	bpfsession_free(s);
	return status;
}

static int
trace_with_strace(struct capture *c, const struct settings *set)
{
	if (!c->argv[0] || c->until_root)
		errx(CAPTURE_FAILED,
		    "strace can neither attach nor end with the root");
	if (!stracelaunch_available())
		errx(CAPTURE_FAILED, "strace: not found: apt-get install strace");
	if (set->env)
		warnx("--env: with strace there are no environments");
	stracesession_run(c);
	return c->ended_by ? CAPTURE_FAILED : finish(c, set);
}

static int
trace(struct capture *c, const struct settings *set)
{
	int status;

	if (set->tracer == TRACER_STRACE)
		return trace_with_strace(c, set);
	status = trace_with_bpftrace(c, set);
	if (status >= 0)
		return status;
	if (set->tracer == TRACER_BPFTRACE || !c->argv[0] || c->until_root ||
	    !stracelaunch_available())
		return CAPTURE_FAILED;
	warnx("tracing with strace instead");
	return trace_with_strace(c, set);
}

static char *
read_file(const char *file)
{
	enum { SIZE = 64 * 1024 };
	struct buf b = { 0 };
	FILE *fp = fopen(file, "r");
	size_t n;

	if (!fp)
		err(CAPTURE_FAILED, "%s", file);
	do {
		buf_reserve(&b, SIZE);
		n = fread(b.p + b.len, 1, SIZE - 1, fp);
		b.len += n;
	} while (n);
	if (ferror(fp))
		err(CAPTURE_FAILED, "%s", file);
	fclose(fp);
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
	errx(CAPTURE_FAILED, "--tracer: '%s' is none of auto, bpftrace, strace", arg);
}

/* --signals all|fatal|none */
static enum script_signals
find_signals(const char *arg)
{
	static const char *const names[] = {
		[SCRIPT_FATAL_SIGNALS] = "fatal", [SCRIPT_ALL_SIGNALS] = "all",
		[SCRIPT_NO_SIGNALS] = "none",
	};
	enum script_signals choice;

	for (choice = SCRIPT_FATAL_SIGNALS; choice <= SCRIPT_NO_SIGNALS; choice++)
		if (!strcmp(arg, names[choice]))
			return choice;
	errx(CAPTURE_FAILED, "--signals: '%s' is none of all, fatal, none", arg);
}

/* --timeout SECS, in ns */
static uint64_t
find_timeout(const char *arg)
{
	uint64_t ns;

	if (!text_seconds(arg, &ns) || !ns)
		errx(CAPTURE_FAILED, "--timeout: '%s' is not a number of seconds",
		    arg);
	return ns;
}

/* --until tree|root|look */
static void
set_until(struct capture *c, const char *arg)
{
	c->until_root = !strcmp(arg, "root");
	c->until_look = !strcmp(arg, "look");
	if (!c->until_root && !c->until_look && strcmp(arg, "tree"))
		errx(CAPTURE_FAILED, "--until: '%s' is none of tree, root, look",
		    arg);
}

/* --label KEY=VALUE */
static void
add_label(struct origin *origin, const char *arg)
{
	const char *why = origin_label(origin, arg);

	if (why)
		errx(CAPTURE_FAILED, "--label: '%s' %s", arg, why);
}

/* -p PID */
static void
follow(struct settings *set, const char *arg)
{
	uint64_t pid;

	if (!text_number(arg, strlen(arg), EVENT_PID_MAX, &pid) || !pid)
		errx(CAPTURE_FAILED, "--pid: '%s' is not a PID", arg);
	if (!snapshot_lives((int32_t)pid))
		errx(CAPTURE_FAILED, "--pid: there is no process %s", arg);
	if (snapshot_thread_of((int32_t)pid))
		errx(CAPTURE_FAILED, "--pid: %s is a thread of process %" PRId32,
		    arg, snapshot_thread_of((int32_t)pid));
	set->pids = grow(set->pids, set->npids, &set->pids_cap, sizeof *set->pids);
	set->pids[set->npids++] = (int32_t)pid;
}

static void
set_option(struct capture *c, struct settings *set, int opt)
{
	switch (opt) {
	case 'a': c->all = true; break;
	case 'b': c->bpftrace = optarg; break;
	case 'o': set->output = strcmp(optarg, "-") ? optarg : NULL; break;
	case 'p': follow(set, optarg); break;
	case 't': c->tree = true; break;
	case OPT_DEBUG: c->debug = true; break;
	case OPT_ENV: set->env = true; break;
	case OPT_FILES: c->files = true; break;
	case OPT_FILTER: set->filter = optarg; break;
	case OPT_KEEP_STATUS: set->keep_status = true; break;
	case OPT_LABEL: add_label(&c->origin, optarg); break;
	case OPT_PRINT_ROOT: set->print_root = true; break;
	case OPT_PRINT_SCRIPT: set->print_script = true; break;
	case OPT_PROGRESS: c->progress = true; break;
	case OPT_SCRIPT:
		c->script = read_file(optarg);
		c->scripted = true;
		break;
	case OPT_SIGNALS: c->signals_kept = find_signals(optarg); break;
	case OPT_TIMEOUT: c->timeout = find_timeout(optarg); break;
	case OPT_TRACER: set->tracer = find_tracer(optarg); break;
	case OPT_UNTIL: set_until(c, optarg); break;
	default: options_common(opt, usage);
	}
}

/* Either there is a command, or there are processes to follow. */
static void
check_subject(const struct capture *c, const struct settings *set)
{
	bool attach = c->all || set->npids;

	if (!c->argv[0] && !attach) {
		warnx("no command");
		options_common('?', usage);
	}
	if (c->argv[0] && attach)
		errx(CAPTURE_FAILED,
		    "a command, and processes to follow: only one of them");
	if (attach && set->keep_status)
		errx(CAPTURE_FAILED, "--keep-status: there is no command");
	if (attach && c->until_root)
		errx(CAPTURE_FAILED, "--until root: there is no command");
}

/* What is to be recorded is whole: what follows from it. */
static void
complete(struct capture *c, const struct settings *set)
{
	c->pids = set->pids;
	c->npids = set->npids;
	/* a command has the terminal for itself, if it is not asked for */
	if (!c->argv[0] && set->output)
		c->progress = true;
	c->progress = c->progress && progress_visible();
	c->plain = !c->scripted && !set->env && !c->files &&
	    !strcmp(c->bpftrace, "bpftrace");
}

/* From here on what the recording goes to is open, and signals are taken. */
static void
open_all(struct capture *c, const struct settings *set)
{
	c->context.out = command_descriptor(set->output ? STDOUT_FILENO :
	    STDERR_FILENO);
	if (set->keep_status)
		untraced_promise(c);
	if (set->env)
		out_private();
	out_open(set->output ? set->output : "-");
	if (set->filter)
		outfilter_open(set->filter);
	c->signals = signals_open(&c->context);
}

int
main(int argc, char *argv[])
{
	static struct capture c = { .bpftrace = "bpftrace" };
	static struct settings set = { .tracer = TRACER_AUTO };
	int opt, status;

	straceprobe_become(argv);
	exit_failure = CAPTURE_FAILED;
	command_hold_closed();
	while ((opt = options_next(argc, argv, "+ab:ho:p:tV", longopts)) != -1)
		set_option(&c, &set, opt);
	c.argv = argv + optind;
	if (!c.script)
		c.script = script_built_in(c.signals_kept, set.env, c.files);
	if (set.print_script) {
		fputs(c.script, stdout);
		return out_close() < 0 ? CAPTURE_FAILED : 0;
	}
	check_subject(&c, &set);
	complete(&c, &set);
	open_all(&c, &set);
	status = trace(&c, &set);
	if (c.ended_by) {
		untraced_release();
		signals_die(&c.context, c.ended_by);
	}
	return status;
}
