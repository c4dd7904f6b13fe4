#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/text.h"
#include "event/event.h"
#include "import/import.h"
#include "import/straceline.h"
#include "import/straceterm.h"
#include "import/stracetree.h"

enum call { FORK, EXEC, EXECAT, SETSID, SETPGID, OTHER };

static const struct {
	const char *name;
	enum call call;
} calls[] = {
	{ "fork", FORK }, { "vfork", FORK }, { "clone", FORK },
	{ "clone2", FORK }, { "clone3", FORK }, { "execve", EXEC },
	{ "execveat", EXECAT }, { "setsid", SETSID }, { "setpgid", SETPGID },
};

/* Something that happened, in the order in which it is to be told. A fork
 * stands where it began, and what follows waits until the child is known:
 * strace may show what the child does before it shows the end of the call. */
struct step {
	struct step *next;
	enum { READY, WAITING, DROPPED } state;
	struct stracetree_step it;
	struct buf rest;
};

/* a call that has begun */
struct running {
	struct running *next;
	enum call call;
	int32_t tid;
	struct buf text;
	struct step *fork;	/* its place, if it is one */
};

struct log {
	struct straceterm term;
	struct stracetree tree;
	struct step *queue, **queue_end;
	struct running *running;
	bool begun, rooted;
	enum straceline_clock clock;
	uint64_t start, now, day;	/* ns */
};

static bool
matches(const char *p, size_t len)
{
	struct slice line = { p, len };
	struct straceline parsed;

	return slice_starts(line, "strace: ") ||
	    !straceline_parse(&parsed, p, len);
}

static void *
open_log(void)
{
	struct log *log = xcalloc(1, sizeof *log);

	log->queue_end = &log->queue;
	return log;
}

/* A name of letters, digits and underscores off *s: that of a call, if the
 * given text follows. */
static bool
take_name(struct slice *s, const char *after, enum call *call)
{
	struct slice name = { s->p, 0 };
	size_t i;

	while (name.len < s->len && (s->p[name.len] == '_' ||
	    s->p[name.len] == '?' ||
	    (s->p[name.len] >= '0' && s->p[name.len] <= '9') ||
	    (s->p[name.len] >= 'a' && s->p[name.len] <= 'z')))
		name.len++;
	s->p += name.len;
	s->len -= name.len;
	*call = OTHER;
	for (i = 0; i < sizeof calls / sizeof *calls; i++)
		if (strlen(calls[i].name) == name.len &&
		    !memcmp(calls[i].name, name.p, name.len))
			*call = calls[i].call;
	return name.len && slice_take(s, after);
}

/* The queue. */

static struct step *
enqueue(struct log *log, int32_t tid, uint64_t ts)
{
	struct step *step = xcalloc(1, sizeof *step);

	step->it.tid = tid;
	step->it.ts = ts;
	*log->queue_end = step;
	log->queue_end = &step->next;
	return step;
}

static void
tell(struct log *log, struct step *step, struct buf *events)
{
	if (step->state == DROPPED)
		return;
	if (!log->rooted) {
		event_begin(events, event_kind_name(EVENT_ROOT));
		event_add_number(events, "ts", step->it.ts);
		event_add_number(events, "pid", (uint64_t)step->it.tid);
		buf_addc(events, '\n');
		log->rooted = true;
	}
	step->it.rest = (struct slice){ step->rest.p, step->rest.len };
	stracetree_step(&log->tree, &step->it, events);
}

/* Tells what does not have to wait any more. */
static void
release(struct log *log, struct buf *events)
{
	struct step *step;

	while ((step = log->queue) && step->state != WAITING && step->it.tid) {
		tell(log, step, events);
		if (!(log->queue = step->next))
			log->queue_end = &log->queue;
		free(step->rest.p);
		free(step);
	}
}

/* The process that had no PID until now has this one. */
static void
name_first(struct log *log, int32_t tid)
{
	struct running *call;
	struct step *step;

	for (step = log->queue; step; step = step->next)
		if (!step->it.tid)
			step->it.tid = tid;
	for (call = log->running; call; call = call->next)
		if (!call->tid)
			call->tid = tid;
}

/* ns since the log began, which a clock set back does not change */
static uint64_t
tell_time(struct log *log, const struct straceline *line)
{
	const uint64_t hour = UINT64_C(3600) * 1000000000;
	uint64_t now = line->ns;

	if (line->clock == STRACELINE_DELTA)
		now += log->now;
	if (line->clock == STRACELINE_DAY) {
		if (now + log->day + 12 * hour < log->now)
			log->day += 24 * hour;
		now += log->day;
	}
	if (!log->begun)
		log->start = now;
	if (now > log->now)
		log->now = now;
	return log->now - log->start;
}

static void
begin(struct log *log, const struct straceline *line, struct buf *events)
{
	event_begin(events, event_kind_name(EVENT_TRACE));
	event_add_number(events, "version", 1);
	if (line->clock == STRACELINE_EPOCH)
		event_add_number(events, "start", line->ns);
	event_add(events, "tracer", "strace", strlen("strace"));
	buf_addc(events, '\n');
	log->clock = line->clock;
	log->begun = true;
}

/* The call's arguments and result, as a step. NULL, or why they are none;
 * a call that has failed or will be made again is DROPPED. */
static const char *
set_call(struct step *step, enum call call, struct slice text,
    const struct straceline_result *result)
{
	struct stracetree_step *it = &step->it;
	uint64_t a, b;

	switch (call) {
	case FORK:
		if (result->value <= 0)
			step->state = DROPPED;
		it->what = slice_has(text, "CLONE_THREAD") ? STRACETREE_THREAD :
		    STRACETREE_FORK;
		it->a = (int32_t)result->value;
		return NULL;
	case EXEC:
	case EXECAT:
		it->what = result->value ? STRACETREE_EXECFAIL : STRACETREE_EXEC;
		if (result->value)
			event_add(&step->rest, "errno", result->error.p,
			    result->error.len);
		return straceline_exec(text, call == EXECAT, !result->value,
		    &step->rest) ? NULL : "malformed arguments of execve";
	case SETSID:
		it->what = STRACETREE_SETSID;
		if (result->value < 0)
			step->state = DROPPED;
		return NULL;
	case SETPGID:
		it->what = STRACETREE_SETPGID;
		if (result->value < 0)
			step->state = DROPPED;
		if (!straceline_integer(&text, EVENT_PID_MAX, &a) ||
		    !straceline_integer(&text, EVENT_PID_MAX, &b))
			return "malformed arguments of setpgid";
		it->a = (int32_t)a;
		it->b = (int32_t)b;
		return NULL;
	default:
		return NULL;
	}
}

/* A call is over; text: what stands behind "NAME(". */
static const char *
end_call(struct log *log, enum call call, struct step *step, struct slice text)
{
	struct straceline_result result;
	const char *why;

	step->state = READY;
	if (!straceline_result(text, &result)) {
		step->state = DROPPED;
		return NULL;
	}
	if (result.value > EVENT_PID_MAX)
		why = "a PID that is too large";
	else
		why = set_call(step, call, text, &result);
	if (why)
		step->state = DROPPED;
	else if (call == FORK && result.value > 0 && log->term.nalive)
		straceterm_add(&log->term, (int32_t)result.value);
	return why;
}

static struct running **
find_running(struct log *log, int32_t tid)
{
	struct running **r;

	for (r = &log->running; *r && (*r)->tid != tid; r = &(*r)->next)
		;
	return r;
}

static void
end_running(struct running **at)
{
	struct running *r = *at;

	if (r->fork && r->fork->state == WAITING)
		r->fork->state = DROPPED;
	*at = r->next;
	free(r->text.p);
	free(r);
}

static void
begin_call(struct log *log, enum call call, int32_t tid, uint64_t ts,
    struct slice text)
{
	struct running **at = find_running(log, tid), *r;

	if (*at)
		end_running(at);
	r = xcalloc(1, sizeof *r);
	r->call = call;
	r->tid = tid;
	buf_add(&r->text, text.p, text.len);
	if (call == FORK) {
		r->fork = enqueue(log, tid, ts);
		r->fork->state = WAITING;
	}
	r->next = log->running;
	log->running = r;
}

static const char *
push_call(struct log *log, int32_t tid, uint64_t ts, struct slice text)
{
	enum call call;

	if (!take_name(&text, "(", &call))
		return "no line of strace";
	if (call == OTHER)
		return NULL;
	if (straceline_unfinished(&text)) {
		begin_call(log, call, tid, ts, text);
		return NULL;
	}
	return end_call(log, call, enqueue(log, tid, ts), text);
}

static const char *
push_resumed(struct log *log, int32_t tid, uint64_t ts, struct slice text)
{
	struct running **at = find_running(log, tid), *r = *at;
	enum call call;
	const char *why;

	if (!take_name(&text, " resumed>", &call))
		return "no line of strace";
	if (call == OTHER)
		return NULL;
	if (!r || r->call != call)
		return "the end of a call that did not begin";
	buf_add(&r->text, text.p, text.len);
	why = end_call(log, call, r->fork ? r->fork : enqueue(log, tid, ts),
	    (struct slice){ r->text.p, r->text.len });
	end_running(at);
	return why;
}

/* "exited with 1", "killed by SIGSEGV (core dumped)" or "superseded by execve
 * in pid 2" */
static const char *
set_end(struct log *log, struct step *step, struct slice text)
{
	struct running **call = find_running(log, step->it.tid);
	struct slice signal;
	uint64_t n;

	if (*call)
		end_running(call);
	step->it.what = STRACETREE_EXIT;
	if (slice_take(&text, "exited with ") &&
	    text_number(text.p, text.len, 255, &n)) {
		event_add_number(&step->rest, "status", n);
	} else if (slice_take(&text, "killed by ")) {
		signal = text;
		if (slice_drop(&signal, " (core dumped)"))
			event_add(&step->rest, "signal", signal.p, signal.len);
		else
			event_add(&step->rest, "signal", text.p, text.len);
		if (signal.len < text.len)
			event_add_number(&step->rest, "core", 1);
	} else if (slice_take(&text, "superseded by execve in pid ") &&
	    text_number(text.p, text.len, EVENT_PID_MAX, &n)) {
		/* the call goes on as the leader's */
		step->it.what = STRACETREE_SUPERSEDED;
		step->it.a = (int32_t)n;
		call = find_running(log, (int32_t)n);
		if (*call)
			(*call)->tid = step->it.tid;
		straceterm_end(&log->term, (int32_t)n);
		return NULL;
	} else {
		return "an end of a process that is not known";
	}
	straceterm_end(&log->term, step->it.tid);
	return NULL;
}

static const char *
push_text(struct log *log, int32_t tid, uint64_t ts, struct slice text)
{
	struct step *step;
	const char *why;

	if (slice_starts(text, "--- "))
		return NULL;
	if (slice_take(&text, "<... "))
		return push_resumed(log, tid, ts, text);
	if (!slice_take(&text, "+++ "))
		return push_call(log, tid, ts, text);
	if (!slice_drop(&text, " +++"))
		return "an end of a process that is not known";
	step = enqueue(log, tid, ts);
	if ((why = set_end(log, step, text)))
		step->state = DROPPED;
	return why;
}

static const char *
push(void *state, const char *p, size_t len, struct buf *events)
{
	struct log *log = state;
	struct slice text = { p, len };
	struct straceline line;
	const char *why;
	int32_t tid, first = 0;
	uint64_t ts;

	if (!straceterm_join(&log->term, &text))
		return NULL;
	why = straceline_parse(&line, text.p, text.len);
	if (!why && log->begun && line.clock != log->clock)
		why = "another kind of time than before";
	if (!why) {
		ts = tell_time(log, &line);
		if (!log->begun)
			begin(log, &line, events);
		tid = straceterm_whose(&log->term, &line, &first);
		if (first)
			name_first(log, first);
		why = push_text(log, tid, ts, line.text);
		release(log, events);
	}
	return why;
}

/* What is still waiting does so in vain; a log of one process does not have to
 * tell its PID, which is 1 then. The log is whole if everybody's end is in
 * it. */
static void
close_log(void *state, struct buf *events)
{
	struct log *log = state;

	while (log->running)
		end_running(&log->running);
	name_first(log, 1);
	release(log, events);
	if (log->rooted && !log->tree.tasks) {
		event_begin(events, event_kind_name(EVENT_END));
		event_add_number(events, "ts", log->now - log->start);
		buf_addc(events, '\n');
	}
	stracetree_free(&log->tree);
	straceterm_free(&log->term);
	free(log);
}

const struct import_format import_strace = {
	"strace", matches, open_log, push, close_log,
};
