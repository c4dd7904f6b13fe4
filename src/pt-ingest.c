/* pt-ingest - the events of one process tree, in the order of time */
#include <err.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "cli/out.h"
#include "event/runs.h"
#include "event/timeline.h"
#include "tree/lives.h"
#include "tree/members.h"

static const char usage[] =
"usage: pt-ingest [-hV] [-o FILE] [-p PID[@TIME]] [FILE ...]\n"
"\n"
"Reads recordings and writes the events of one process tree in the order of\n"
"time: the root and all that descend from it. Standard input if no FILE is\n"
"given, or for '-'.\n"
"\n"
"  -p, --root-pid PID[@TIME]  the root; TIME (ns) chooses among several lives\n"
"                             of the PID (default: as the recording says)\n"
"  -o, --output FILE          write to FILE, replaced once it is complete\n"
"  -h, --help                 print this help\n"
"  -V, --version              print the version\n";

static const struct option longopts[] = {
	{ "root-pid", required_argument, NULL, 'p' },
	OPTIONS_COMMON,
	{ NULL, 0, NULL, 0 },
};

/* the tree of one recording */
struct ingest {
	struct ingest *next;
	struct slice run;	/* its name, if there are several */
	struct lives root;
	bool found;
	bool traced;		/* saw the trace line */
	uint64_t nlost;
	struct members tree;
	struct buf trace, roots, held;	/* lines to be written once the root is
					 * found */
};

/* The trace line, without the list of CPUs: what follows is in order. */
static void
hold_trace(struct ingest *in, const struct event *ev)
{
	if (in->traced)
		return;
	in->traced = true;
	event_add_without(&in->trace, ev, "cpus");
	if (!memchr(in->trace.p, '\t', in->trace.len))
		buf_adds(&in->trace, "\tversion=1");	/* no event has no fields */
	buf_addc(&in->trace, '\n');
}

static void
write_out(struct buf *b)
{
	if (b->len)
		fwrite(b->p, 1, b->len, stdout);
	free(b->p);
	*b = (struct buf){ 0 };
}

/* The root's life begins: all that was held, and its name. */
static void
begin_output(struct ingest *in)
{
	struct buf name = { 0 };

	in->found = true;
	members_add(&in->tree, in->root.pid);
	event_begin(&name, event_kind_name(EVENT_ROOT));
	event_add_number(&name, "ts", in->root.all[in->root.n - 1].begin);
	event_add_number(&name, "pid", (uint64_t)in->root.pid);
	if (in->run.len)
		buf_printf(&name, "\trun=%.*s", (int)in->run.len, in->run.p);
	buf_addc(&name, '\n');
	write_out(&in->trace);
	if (in->roots.len) {
		/* it has existed before the recording, as they have */
		write_out(&name);
		write_out(&in->roots);
	}
	write_out(&in->held);
	write_out(&name);
}

/* The event belongs to a member; the tree is as it is after the event. */
static bool
is_members(struct ingest *in, const struct event *ev)
{
	unsigned rules = event_kind_rules(ev->kind);
	bool member;

	if (rules & EVENT_BEGINS)
		return members_fork(&in->tree, ev->ppid, ev->pid);
	if (rules & (EVENT_DOES | EVENT_ENDS))
		member = members_seen(&in->tree, ev->ppid, ev->pid);
	else
		member = members_has(&in->tree, ev->pid);
	if (rules & EVENT_ENDS)
		members_remove(&in->tree, ev->pid);
	return member;
}

static void
hold(struct ingest *in, const struct event *ev)
{
	buf_add(&in->held, ev->line.p, ev->line.len);
	buf_addc(&in->held, '\n');
}

static void
take_process(struct ingest *in, const struct event *ev)
{
	bool begins = lives_event(&in->root, ev) && !in->found;

	if (begins)
		begin_output(in);
	if (!in->found) {
		if (is_members(in, ev))
			hold(in, ev);
		return;
	}
	if ((begins && event_kind_rules(ev->kind) & EVENT_BEGINS &&
	    ev->pid == in->root.pid) || is_members(in, ev))
		event_write(ev, stdout);
}

/* Lines of no process are written from the root's begin on, and before it with
 * it: what was lost there can be a begin that is missing. */
static void
take_other(struct ingest *in, const struct event *ev)
{
	if (in->found)
		event_write(ev, stdout);
	else
		hold(in, ev);
}

/* The recording names its root, or more of them: processes that have existed
 * before. */
static void
take_root(struct ingest *in, const struct event *ev)
{
	if (!in->root.pid) {
		lives_name(&in->root, ev);
	} else if (in->root.named && ev->pid != in->root.pid && !in->found &&
	    !members_has(&in->tree, ev->pid)) {
		members_add(&in->tree, ev->pid);
		buf_add(&in->roots, ev->line.p, ev->line.len);
		buf_addc(&in->roots, '\n');
	}
}

static void
take(struct ingest *in, const struct event *ev)
{
	switch (ev->kind) {
	case EVENT_TICK:
		break;
	case EVENT_TRACE:
		hold_trace(in, ev);
		break;
	case EVENT_ROOT:
		take_root(in, ev);
		break;
	case EVENT_END:
		if (in->found)
			event_write(ev, stdout);
		break;
	case EVENT_LOST:
		event_count_lost(ev, &in->nlost);
		take_other(in, ev);
		break;
	default:
		if (ev->has & HAS_PID)
			take_process(in, ev);
		else
			take_other(in, ev);
		break;
	}
}

static void
not_found(const struct lives *root)
{
	if (!root->pid)
		errx(1, "the recording names no root: choose one with --root-pid");
	if (!root->n)
		errx(1, "process %" PRId32 " is not in the recording", root->pid);
	warnx("no process %" PRId32 " begins at %" PRIu64 " or later:", root->pid,
	    root->since);
	lives_print(root);
	exit(1);
}

/* several recordings in one stream, each with its own PIDs */
struct stream {
	const char *root;	/* of --root-pid, or NULL */
	struct runs runs;
	struct ingest *first, **last;
	struct ingest **by_number;
	size_t n, cap;
};

static struct ingest *
of_run(struct stream *s, const struct event *ev)
{
	size_t number = runs_number(&s->runs, ev);
	struct ingest *in;

	if (number < s->n)
		return s->by_number[number];
	in = xcalloc(1, sizeof *in);
	in->run = s->runs.names.list[number];
	if (s->root)
		lives_parse(&in->root, s->root);
	*s->last = in;
	s->last = &in->next;
	s->by_number = grow(s->by_number, s->n, &s->cap, sizeof *s->by_number);
	return s->by_number[s->n++] = in;
}

/* The root that was asked for is one process of one recording. */
static void
check_root(const struct stream *s)
{
	const struct ingest *in;
	size_t n = 0;

	for (in = s->first; in; in = in->next) {
		n += in->found;
		if (lives_ambiguous(&in->root))
			n = 2;
	}
	if (n < 2 || (!s->root && s->n > 1))
		return;
	warnx("%" PRId32 " was several processes, choose with --root-pid%s:",
	    s->first->root.pid, s->n > 1 ? " among the lines of one run=" : "");
	for (in = s->first; in; in = in->next)
		lives_print(&in->root);
	exit(2);
}

static uint64_t
free_all(struct stream *s)
{
	struct ingest *in;
	uint64_t nlost = 0;

	while ((in = s->first)) {
		s->first = in->next;
		event_add_lost(&nlost, in->nlost);
		lives_free(&in->root);
		members_free(&in->tree);
		free(in->trace.p);
		free(in->roots.p);
		free(in->held.p);
		free(in);
	}
	free(s->by_number);
	runs_free(&s->runs);
	return nlost;
}

/* What a person must know, and the exit status. */
static int
finish(struct stream *s, bool bad)
{
	struct ingest *in = s->first;
	uint64_t nlost;

	while (in && !in->found)
		in = in->next;
	if (!in) {
		if (!s->first)
			of_run(s, &(struct event){ 0 });
		not_found(&s->first->root);
	}
	check_root(s);
	for (in = s->first; in && !s->root; in = in->next)
		if (!in->found && in->run.len)
			warnx("%.*s: no root, or it is not in the recording: left out",
			    (int)in->run.len, in->run.p);
	nlost = free_all(s);
	if (nlost)
		warnx("%" PRIu64 " events were lost: processes may lack their "
		    "begin, their end, or be missing", nlost);
	return out_close() < 0 ? 2 : bad;
}

int
main(int argc, char *argv[])
{
	static struct stream s;
	struct lives root = { 0 };
	struct timeline *events;
	struct event ev;
	int c, r;
	bool bad;

	while ((c = options_next(argc, argv, "ho:p:V", longopts)) != -1)
		switch (c) {
		case 'p':
			if (!lives_parse(&root, optarg))
				errx(2, "--root-pid: '%s' is not PID or PID@TIME",
				    optarg);
			s.root = optarg;
			break;
		default: options_common(c, usage);
		}
	s.last = &s.first;
	out_open(options_output());
	events = timeline_open(argv + optind);
	while ((r = timeline_next(events, &ev)) > 0 && !ferror(stdout))
		take(of_run(&s, &ev), &ev);
	bad = timeline_close(events, r);
	return finish(&s, bad);
}
