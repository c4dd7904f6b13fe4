#define _GNU_SOURCE
#include "capture/recorder.h"

#include <err.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "capture/cpus.h"
#include "capture/marks.h"

enum { SHOWN = 100 };	/* of a line that is none */

void
recorder_init(struct recorder *in, char *const argv[], bool execs,
    const struct origin *origin, struct buf *out)
{
	in->argv = argv;
	in->has_execs = execs;
	in->from = origin;
	in->out = out;
	in->owner = in->cookie = marks_cookie();
	in->cpus = cpus_new();
	in->live = livetree_new(cpus_online());
}

void
recorder_await(struct recorder *in)
{
	in->cookie = in->owner + 1 + in->nmarks++ % (MARKS_IDLE - 1);
	cpus_await(in->cpus);
	cpus_visit(in->cpus, marks_add, in->cookie);
	marks_flush(in->owner);
}

static void
add_trace(const struct recorder *in)
{
	struct buf *b = in->out;
	char *const *arg;
	const char *start = in->start ? in->start : "0";
	const char *cpus = cpus_online();

	event_begin(b, event_kind_name(EVENT_TRACE));
	event_add_number(b, "version", 1);
	event_add(b, "start", start, strlen(start));
	origin_add(in->from, b);
	event_add(b, "tracer", "bpftrace", strlen("bpftrace"));
	event_add(b, "cpus", cpus, strlen(cpus));
	if (*in->argv)
		event_add_argv(b);
	for (arg = in->argv; *arg; arg++)
		event_add_arg(b, arg == in->argv, *arg, strlen(*arg));
	buf_addc(b, '\n');
}

static void
add_root(const struct recorder *in, uint64_t ts, int32_t pid)
{
	event_begin(in->out, event_kind_name(EVENT_ROOT));
	event_add_number(in->out, "ts", ts);
	event_add_number(in->out, "pid", (uint64_t)pid);
	buf_addc(in->out, '\n');
}

static void
add_held(struct recorder *in)
{
	buf_add(in->out, in->held.p, in->held.len);
	in->held.len = 0;
}

/* The root has been forked: the recording begins. */
static void
begin(struct recorder *in, const struct event *fork)
{
	in->root = fork->pid;
	in->executed = members_has(&in->early, in->root);
	livetree_set_root(in->live, in->root);
	add_trace(in);
	add_root(in, fork->ts, in->root);
	add_held(in);
}

/* All is there that happened while we looked around: the recording begins. */
static void
begin_attached(struct recorder *in)
{
	size_t i;

	in->attaching = false;
	add_trace(in);
	for (i = 0; i < in->nroots; i++)
		add_root(in, 0, in->roots[i]);
	livetree_snapshot(in->live, &in->forked, in->opened, in->out);
	add_held(in);
}

/* A mark of ours has come that was made at this time: not later than now. */
static void
set_origin(struct recorder *in, uint64_t ts)
{
	struct timespec now;
	uint64_t origin;

	clock_gettime(CLOCK_BOOTTIME, &now);
	origin = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec - ts;
	if (!in->origin || origin < in->origin)
		livetree_set_origin(in->live, in->origin = origin);
}

/* Ends the wait for marks if all have come. */
static void
end_wait(struct recorder *in)
{
	if (!in->self || !in->cookie || !cpus_all_heard(in->cpus))
		return;
	in->cookie = 0;
	if (in->attaching)
		begin_attached(in);
}

static void
take_mark(struct recorder *in, const struct event *ev)
{
	uint64_t cookie;

	if (!event_get_number(ev, "cookie", &cookie) || cookie != in->cookie ||
	    (in->self && ev->pid != in->self))
		return;
	set_origin(in, ev->ts);
	if (!in->self) {
		in->self = ev->pid;
		if (in->self != getpid())
			livetree_set_foreign(in->live);
		in->cookie = 0;
		return;
	}
	cpus_heard(in->cpus, ev->cpu);
	end_wait(in);
}

bool
recorder_is_confused(const struct recorder *in)
{
	return in->root && (in->nexecs || in->has_execs) && !in->executed &&
	    !in->nlost;
}

bool
recorder_has_begun(const struct recorder *in)
{
	return in->attached ? !in->attaching : in->root != 0;
}

static void
keep(struct recorder *in, const struct event *ev)
{
	struct buf *b = recorder_has_begun(in) ? in->out : &in->held;

	buf_add(b, ev->line.p, ev->line.len);
	buf_addc(b, '\n');
	in->nevents++;
	in->nforks += ev->kind == EVENT_FORK;
	in->nexecs += ev->kind == EVENT_EXEC;
	if (ev->kind == EVENT_EXEC && ev->pid == in->root)
		in->executed = true;
	/* of another CPU, and the fork is still to be read */
	if (ev->kind == EVENT_EXEC && !in->root)
		members_add(&in->early, ev->pid);
}

static void
take_event(struct recorder *in, const struct event *ev)
{
	struct slice start;

	if (ev->kind == EVENT_TRACE) {
		if (!in->start && event_get(ev, "start", &start))
			in->start = xmemdup(start.p, start.len);
		return;
	}
	if (ev->ts > in->newest)
		in->newest = ev->ts;
	if (bare_is_mark(ev)) {
		take_mark(in, ev);
		livetree_take(in->live, ev);
		return;
	}
	if (!in->open)
		return;
	if (ev->kind == EVENT_LOST)
		event_count_lost(ev, &in->nlost);
	if (ev->kind == EVENT_FORK && in->attaching)
		members_add(&in->forked, ev->pid);
	if (ev->kind == EVENT_FORK && ev->ppid == in->self && !in->root &&
	    !in->attached)
		begin(in, ev);
	keep(in, ev);
	if (ev->kind == EVENT_EXIT && livetree_has(in->live, ev->pid))
		in->ended = true;
	if (ev->kind == EVENT_FORK || ev->kind == EVENT_EXIT ||
	    ev->kind == EVENT_TICK)
		livetree_take(in->live, ev);
}

static void
take_ready(struct recorder *in)
{
	struct event ev;

	while (bare_take(&in->bare, &ev))
		take_event(in, &ev);
}

static void
take_line(struct recorder *in, const char *line, size_t len)
{
	const char *why;
	struct event ev;

	if (bare_bpftrace(line, len))
		return;
	why = event_parse(&ev, line, len);
	if (!why && ev.has & HAS_SEQ)
		why = bare_push(&in->bare, &ev);
	else if (!why)
		take_event(in, &ev);
	if (why && !in->nbad++)
		warnx("from bpftrace: %s: %.*s", why, (int)(len < SHOWN ? len : SHOWN),
		    line);
	take_ready(in);
}

void
recorder_take(struct recorder *in, const char *p, size_t len)
{
	const char *line, *end, *nl;

	in->came = true;
	buf_add(&in->in, p, len);
	line = in->in.p;
	end = line + in->in.len;
	for (; (nl = memchr(line, '\n', (size_t)(end - line))); line = nl + 1)
		take_line(in, line, (size_t)(nl - line));
	in->in.len = (size_t)(end - line);
	memmove(in->in.p, line, in->in.len);
	samples_heard(&in->samples, in->newest, clock_ns());
}

void
recorder_open(struct recorder *in)
{
	in->open = true;
	in->opened = in->newest;
}

bool
recorder_attach(struct recorder *in, const int32_t *pids, size_t n, bool all)
{
	if (in->self != getpid()) {
		warnx("in a PID namespace of its own this cannot tell which "
		    "processes are meant");
		return false;
	}
	in->roots = pids;
	in->nroots = n;
	in->attached = in->attaching = true;
	recorder_open(in);
	if (!livetree_adopt(in->live, pids, n, all))
		return false;
	recorder_await(in);
	return true;
}

/* From now on nothing is known of what happens on this CPU. */
static void
lose_cpu(void *arg, int32_t cpu)
{
	struct recorder *in = arg;
	struct buf *b = recorder_has_begun(in) ? in->out : &in->held;

	warnx("CPU %" PRId32 " went off, came or does not answer: what happens "
	    "there is not recorded", cpu);
	event_begin(b, event_kind_name(EVENT_LOST));
	event_add_number(b, "ts", in->newest);
	event_add_number(b, "cpu", (uint64_t)cpu);
	event_add_number(b, "rest", 1);
	buf_addc(b, '\n');
	in->nlost++;
	livetree_forget(in->live, cpu);
}

void
recorder_check_cpus(struct recorder *in)
{
	cpus_find_changes(in->cpus, lose_cpu, in);
	end_wait(in);
}

void
recorder_remind(struct recorder *in)
{
	if (!in->cookie)
		return;
	if (!in->self)
		marks_add(in->cookie);
	else
		cpus_visit(in->cpus, marks_add, in->cookie);
	marks_flush(in->owner);
	if (in->self && in->came)
		cpus_give_up(in->cpus, lose_cpu, in);
	in->came = false;
	end_wait(in);
}

void
recorder_describe(struct recorder *in)
{
	if (in->root || in->attached)
		livetree_describe(in->live, in->newest, in->out);
}

void
recorder_note_end(struct recorder *in)
{
	in->ended = true;
}

bool
recorder_saw_end(struct recorder *in)
{
	bool ended = in->ended;

	in->ended = false;
	return ended;
}

void
recorder_begin_samples(struct recorder *in)
{
	samples_begin(&in->samples);
}

uint64_t
recorder_sample_due(const struct recorder *in)
{
	return recorder_has_begun(in) ? samples_due(&in->samples) : 0;
}

void
recorder_sample(struct recorder *in)
{
	if (recorder_has_begun(in))
		samples_take(&in->samples, in->out);
}

void
recorder_end(struct recorder *in)
{
	if (recorder_has_begun(in))
		in->newest = samples_end(&in->samples, in->out, in->newest);
	event_begin(in->out, event_kind_name(EVENT_END));
	event_add_number(in->out, "ts", in->newest);
	buf_addc(in->out, '\n');
}

void
recorder_add_cut(struct buf *b, uint64_t ts)
{
	event_begin(b, event_kind_name(EVENT_LOST));
	event_add_number(b, "ts", ts);
	buf_addc(b, '\n');
	event_begin(b, event_kind_name(EVENT_END));
	event_add_number(b, "ts", ts);
	event_add_number(b, "cut", 1);
	buf_addc(b, '\n');
}

void
recorder_cut(struct recorder *in)
{
	in->in.len = 0;		/* half a line */
	bare_finish(&in->bare);
	take_ready(in);
	in->newest = samples_end(&in->samples, in->out, in->newest);
	recorder_add_cut(in->out, in->newest);
}

void
recorder_tell_bad(const struct recorder *in)
{
	if (in->nbad > 1)
		warnx("from bpftrace: %" PRIu64 " lines more that are not understood",
		    in->nbad - 1);
}

void
recorder_free(struct recorder *in)
{
	cpus_free(in->cpus);
	samples_free(&in->samples);
	livetree_free(in->live);
	bare_free(&in->bare);
	members_free(&in->forked);
	members_free(&in->early);
	free(in->in.p);
	free(in->held.p);
	free(in->start);
	*in = (struct recorder){ 0 };
}
