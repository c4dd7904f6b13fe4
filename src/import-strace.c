#include <stdlib.h>
#include <string.h>

#include "event.h"
#include "import.h"
#include "straceline.h"
#include "stracetree.h"
#include "text.h"

enum call { FORK, EXEC, EXECAT, SETSID, SETPGID, OTHER };

static const struct {
	const char *name;
	enum call call;
} calls[] = {
	{ "fork", FORK }, { "vfork", FORK }, { "clone", FORK },
	{ "clone2", FORK }, { "clone3", FORK }, { "execve", EXEC },
	{ "execveat", EXECAT }, { "setsid", SETSID }, { "setpgid", SETPGID },
};

static const char unfinished[] = "<unfinished ...>";

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
	struct stracetree tree;
	struct step *queue, **queue_end;
	struct running *running;
	bool begun, rooted;
	enum straceline_clock clock;
	uint64_t start, now, day;	/* ns */

	/* A log that was written to a terminal: it tells the PID only while
	 * there are several, and messages break its lines. */
	int32_t *alive;		/* the oldest first; 0: its PID is not known */
	size_t nalive, alive_cap;
	bool in_call;		/* alive[0] is, while it is 0 */
	struct buf part;
};

static bool
starts(struct slice s, const char *word)
{
	return s.len >= strlen(word) && !memcmp(s.p, word, strlen(word));
}

static bool
take(struct slice *s, const char *word)
{
	if (!starts(*s, word))
		return false;
	s->p += strlen(word);
	s->len -= strlen(word);
	return true;
}

static bool
drop_end(struct slice *s, const char *word)
{
	size_t len = strlen(word);

	if (s->len < len || memcmp(s->p + s->len - len, word, len))
		return false;
	s->len -= len;
	return true;
}

static bool
drop_number(struct slice *s, uint64_t max, uint64_t *val)
{
	size_t n = 0;

	while (n < s->len && s->p[s->len - n - 1] >= '0' &&
	    s->p[s->len - n - 1] <= '9')
		n++;
	s->len -= n;
	return text_number(s->p + s->len, n, max, val);
}

static bool
contains(struct slice s, const char *word)
{
	for (; s.len; s.p++, s.len--)
		if (starts(s, word))
			return true;
	return false;
}

static bool
matches(const char *p, size_t len)
{
	struct slice line = { p, len };
	struct straceline parsed;

	return starts(line, "strace: ") || !straceline_parse(&parsed, p, len);
}

static void *
open_log(void)
{
	struct log *log = xcalloc(1, sizeof *log);

	log->queue_end = &log->queue;
	return log;
}

/* Takes off the mark of a call that has not ended: it goes on in another line,
 * that of the leader when the exec of another thread has made it so. */
static bool
drop_unfinished(struct slice *s)
{
	struct slice rest = *s;
	uint64_t leader;

	if (drop_end(s, unfinished))
		return true;
	if (!drop_end(&rest, " ...>") ||
	    !drop_number(&rest, EVENT_PID_MAX, &leader) ||
	    !drop_end(&rest, "<pid changed to "))
		return false;
	*s = rest;
	return true;
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
	return name.len && take(s, after);
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

/* Which processes there are, in a log that does not always tell the PID. */

static bool
is_alive(const struct log *log, int32_t tid)
{
	size_t i;

	for (i = 0; i < log->nalive; i++)
		if (log->alive[i] == tid)
			return true;
	return false;
}

static void
add_alive(struct log *log, int32_t tid)
{
	if (is_alive(log, tid))
		return;
	log->alive = grow(log->alive, log->nalive, &log->alive_cap,
	    sizeof *log->alive);
	log->alive[log->nalive++] = tid;
}

static void
drop_alive(struct log *log, int32_t tid)
{
	size_t i;

	for (i = 0; i < log->nalive; i++)
		if (log->alive[i] == tid) {
			log->nalive--;
			memmove(log->alive + i, log->alive + i + 1,
			    (log->nalive - i) * sizeof *log->alive);
			return;
		}
}

/* The process that had no PID until now has this one. */
static void
name_first(struct log *log, int32_t tid)
{
	struct running *call;
	struct step *step;

	if (log->nalive && !log->alive[0])
		log->alive[0] = tid;
	for (step = log->queue; step; step = step->next)
		if (!step->it.tid)
			step->it.tid = tid;
	for (call = log->running; call; call = call->next)
		if (!call->tid)
			call->tid = tid;
}

static int32_t
whose(struct log *log, const struct straceline *line)
{
	struct slice text = line->text;

	if (!line->pid) {
		if (!log->nalive)
			add_alive(log, 0);
		if (!log->alive[0])
			log->in_call = drop_unfinished(&text);
		return log->alive[0];
	}
	/* while the first one is in a call, a new PID is not its own, unless
	 * the call goes on */
	if (log->nalive && !log->alive[0] && !is_alive(log, line->pid) &&
	    (!log->in_call || starts(text, "<... ")))
		name_first(log, line->pid);
	else if (line->brackets)
		add_alive(log, line->pid);
	return line->pid;
}

/* "strace: Process N attached" comes in the middle of another line, which
 * goes on in the next. True if that is to be waited for. */
static bool
take_message(struct log *log, struct slice *line)
{
	struct slice rest = *line;
	uint64_t pid;

	if (drop_end(&rest, " attached") &&
	    drop_number(&rest, EVENT_PID_MAX, &pid) &&
	    drop_end(&rest, "strace: Process ")) {
		add_alive(log, (int32_t)pid);
		buf_add(&log->part, rest.p, rest.len);
		return true;
	}
	if (starts(*line, "strace: "))
		return true;
	if (log->part.len) {
		buf_add(&log->part, line->p, line->len);
		*line = (struct slice){ log->part.p, log->part.len };
	}
	return false;
}

/* What the lines say. */

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
		it->what = contains(text, "CLONE_THREAD") ? STRACETREE_THREAD :
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
	else if (call == FORK && result.value > 0 && log->nalive)
		add_alive(log, (int32_t)result.value);
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
	if (drop_unfinished(&text)) {
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
	if (take(&text, "exited with ") &&
	    text_number(text.p, text.len, 255, &n)) {
		event_add_number(&step->rest, "status", n);
	} else if (take(&text, "killed by ")) {
		signal = text;
		if (drop_end(&signal, " (core dumped)"))
			event_add(&step->rest, "signal", signal.p, signal.len);
		else
			event_add(&step->rest, "signal", text.p, text.len);
		if (signal.len < text.len)
			event_add_number(&step->rest, "core", 1);
	} else if (take(&text, "superseded by execve in pid ") &&
	    text_number(text.p, text.len, EVENT_PID_MAX, &n)) {
		/* the call goes on as the leader's */
		step->it.what = STRACETREE_SUPERSEDED;
		step->it.a = (int32_t)n;
		call = find_running(log, (int32_t)n);
		if (*call)
			(*call)->tid = step->it.tid;
		drop_alive(log, (int32_t)n);
		return NULL;
	} else {
		return "an end of a process that is not known";
	}
	drop_alive(log, step->it.tid);
	return NULL;
}

static const char *
push_text(struct log *log, int32_t tid, uint64_t ts, struct slice text)
{
	struct step *step;
	const char *why;

	if (starts(text, "--- "))
		return NULL;
	if (take(&text, "<... "))
		return push_resumed(log, tid, ts, text);
	if (!take(&text, "+++ "))
		return push_call(log, tid, ts, text);
	if (!drop_end(&text, " +++"))
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
	uint64_t ts;

	if (take_message(log, &text))
		return NULL;
	why = straceline_parse(&line, text.p, text.len);
	if (!why && log->begun && line.clock != log->clock)
		why = "another kind of time than before";
	if (!why) {
		ts = tell_time(log, &line);
		if (!log->begun)
			begin(log, &line, events);
		why = push_text(log, whose(log, &line), ts, line.text);
		release(log, events);
	}
	log->part.len = 0;
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
	free(log->alive);
	free(log->part.p);
	free(log);
}

const struct import_format import_strace = {
	"strace", matches, open_log, push, close_log,
};
