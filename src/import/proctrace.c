#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/text.h"
#include "event/event.h"
#include "import/import.h"

/* An exec that is not whole: some generations print EXEC and then its
 * arguments, others the file name and the arguments of every attempt and then
 * EXEC or BADEXEC. */
struct attempt {
	struct attempt *next;
	uint64_t pid, ts;
	struct buf event;	/* of EXEC; empty: it did not come yet */
	struct buf file, args;
	bool has_args;
};

struct log {
	struct attempt *attempts;	/* the oldest first */
	bool begun;
	uint64_t last_ts;
};

/* how long an attempt waits for what is missing */
enum { PATIENCE_NS = 2000000000 };

enum kind {
	FORK, EXEC, EXEC_ARGS, EXEC_FILENAME, BADEXEC, EXIT, SETSID, SETPGID,
	NKINDS
};

static const struct {
	const char *word;
	const char *event;
} kinds[NKINDS] = {
	[FORK] = { "FORK: ", "fork" },
	[EXEC] = { "EXEC: ", "exec" },
	[EXEC_ARGS] = { "EXEC_ARGS: ", NULL },
	[EXEC_FILENAME] = { "EXEC_FILENAME: ", NULL },
	[BADEXEC] = { "BADEXEC: ", "execfail" },
	[EXIT] = { "EXIT: ", "exit" },
	[SETSID] = { "SETSID: ", "setsid" },
	[SETPGID] = { "SETPGID: ", "setpgid" },
};

/* a line: its numbers, and the text behind them */
struct record {
	enum kind kind;
	struct slice ts, pid, ppid, pgid, sid, seq;
	struct slice text;
	uint64_t ts_value, pid_value;
};

static enum kind
find_kind(struct slice line)
{
	enum kind kind;

	for (kind = 0; kind < NKINDS; kind++)
		if (slice_starts(line, kinds[kind].word))
			break;
	return kind;
}

/* what bpftrace prints by itself */
static bool
is_chatter(struct slice line)
{
	return !line.len || slice_starts(line, "Attaching ") || *line.p == '@';
}

static bool
matches(const char *p, size_t len)
{
	struct slice line = { p, len };

	return find_kind(line) < NKINDS || slice_starts(line, "Attaching ");
}

static void *
open_log(void)
{
	return xcalloc(1, sizeof(struct log));
}

/* The next KEY=VALUE of *s, with its comma taken off: false if there is none
 * with a key that is known. */
static bool
take_field(struct slice *s, struct record *rec)
{
	static const struct {
		const char *key;
		size_t offset;
	} keys[] = {
		{ "seq=", offsetof(struct record, seq) },
		{ "ts=", offsetof(struct record, ts) },
		{ "pid=", offsetof(struct record, pid) },
		{ "ppid=", offsetof(struct record, ppid) },
		{ "pgid=", offsetof(struct record, pgid) },
		{ "sid=", offsetof(struct record, sid) },
		{ "parent_pid=", offsetof(struct record, ppid) },
		{ "child_pid=", offsetof(struct record, pid) },
		{ "parent_pgid=", offsetof(struct record, pgid) },
	};
	const char *comma;
	struct slice *val;
	size_t i;

	for (i = 0; i < sizeof keys / sizeof *keys; i++)
		if (slice_starts(*s, keys[i].key))
			break;
	if (i == sizeof keys / sizeof *keys)
		return false;
	val = (struct slice *)(void *)((char *)rec + keys[i].offset);
	if (val->p)
		return false;
	slice_take(s, keys[i].key);
	comma = memchr(s->p, ',', s->len);
	*val = (struct slice){ s->p, comma ? (size_t)(comma - s->p) : s->len };
	slice_skip(s, val->len + (comma != NULL));
	return true;
}

static const char *
parse(struct record *rec, struct slice s)
{
	*rec = (struct record){ .kind = find_kind(s) };
	if (rec->kind == NKINDS)
		return "no line of proctrace";
	slice_skip(&s, strlen(kinds[rec->kind].word));
	while (!(rec->kind == EXEC_ARGS && rec->pid.p) && take_field(&s, rec))
		;
	if (!text_number(rec->ts.p, rec->ts.len, INT64_MAX, &rec->ts_value))
		return "ts is missing, no number or too large";
	rec->text = s;
	if (rec->kind == FORK && rec->pid.len && *rec->pid.p == '-')
		return NULL;
	if (!text_number(rec->pid.p, rec->pid.len, EVENT_PID_MAX,
	    &rec->pid_value))
		return "a PID is missing, no number or too large";
	if (rec->kind == EXEC_FILENAME ? !slice_starts(s, "filename=") :
	    rec->kind != EXEC_ARGS && s.len)
		return "something behind the last number";
	return NULL;
}

/* Begins the event of a record. The tool did not record sessions, and nothing
 * but the PID of a failed exec: 0 is for what is unknown. */
static const char *
build(struct buf *b, const struct record *rec)
{
	static const char zero[] = "0";
	const struct {
		const char *name;
		struct slice val;
	} keys[] = {
		{ "ts", rec->ts }, { "pid", rec->pid }, { "ppid", rec->ppid },
		{ "pgid", rec->pgid }, { "sid", rec->sid },
	};
	size_t i, start = b->len;

	event_begin(b, kinds[rec->kind].event);
	for (i = 0; i < sizeof keys / sizeof *keys; i++)
		if (keys[i].val.p)
			event_add(b, keys[i].name, keys[i].val.p, keys[i].val.len);
		else if (i == 4 || rec->kind == BADEXEC)
			event_add(b, keys[i].name, zero, 1);
	if (rec->seq.p)
		event_add(b, "order", rec->seq.p, rec->seq.len);
	return import_check(b, start);
}

static struct attempt **
find_attempt(struct log *log, uint64_t pid)
{
	struct attempt **a;

	for (a = &log->attempts; *a && (*a)->pid != pid; a = &(*a)->next)
		;
	return a;
}

static void
add_file(struct buf *events, const struct attempt *a)
{
	static const char dots[] = "...";
	size_t len = a->file.len;

	if (!len)
		return;
	event_add(events, "file", a->file.p, len);
	/* it printed at most 512 bytes */
	if (len == 512 + 3 && !memcmp(a->file.p + 512, dots, 3))
		event_add_number(events, "filecut", 1);
}

/* The attempt leaves the list: as an exec if it was one. */
static void
end_attempt(struct attempt **at, struct buf *events)
{
	struct attempt *a = *at;

	if (a->event.len) {
		buf_add(events, a->event.p, a->event.len);
		add_file(events, a);
		if (a->has_args) {
			event_add_number(events, "joined", 1);
			event_add_argv(events);
			event_add_arg(events, true, a->args.p, a->args.len);
		}
		buf_addc(events, '\n');
	}
	*at = a->next;
	free(a->event.p);
	free(a->file.p);
	free(a->args.p);
	free(a);
}

/* What is missing was lost. Now is the time of this line and not the latest of
 * all, as another log, or a wrong time, may stand before it. */
static void
end_old_attempts(struct log *log, uint64_t now, struct buf *events)
{
	struct attempt **a = &log->attempts;

	while (*a)
		if ((*a)->ts < now && now - (*a)->ts > PATIENCE_NS)
			end_attempt(a, events);
		else
			a = &(*a)->next;
}

static struct attempt *
new_attempt(struct attempt **at, const struct record *rec)
{
	struct attempt *a = xcalloc(1, sizeof *a);

	a->pid = rec->pid_value;
	a->ts = rec->ts_value;
	return *at = a;
}

static const char *
push_exec(struct log *log, const struct record *rec, struct buf *events)
{
	struct attempt **at = find_attempt(log, rec->pid_value), *a = *at;
	struct slice text = rec->text;
	const char *why;

	if (a && (a->ts != rec->ts_value ||
	    (rec->kind == EXEC && a->event.len))) {
		end_attempt(at, events);
		at = find_attempt(log, rec->pid_value);
		a = NULL;
	}
	if (!a)
		a = new_attempt(at, rec);
	if (rec->kind == EXEC_FILENAME) {
		slice_take(&text, "filename=");
		a->file.len = 0;
		buf_add(&a->file, text.p, text.len);
	} else if (rec->kind == EXEC_ARGS) {
		a->args.len = 0;
		buf_add(&a->args, text.p, text.len);
		a->has_args = true;
	} else if ((why = build(&a->event, rec))) {
		return why;
	}
	if (a->event.len && a->has_args)
		end_attempt(at, events);
	return NULL;
}

/* Of its process: an exec whose arguments did not follow is as whole as it will
 * be; an attempt ends with BADEXEC. A fork is the parent's doing. */
static const char *
push_other(struct log *log, const struct record *rec, struct buf *events)
{
	struct attempt **at = find_attempt(log, rec->pid_value);
	size_t start;
	const char *why;

	if (*at && (*at)->event.len && rec->kind != FORK)
		end_attempt(at, events);
	start = events->len;
	if ((why = build(events, rec)))
		return why;
	at = find_attempt(log, rec->pid_value);
	if (*at && (rec->kind == BADEXEC || rec->kind == EXIT)) {
		if (rec->kind == BADEXEC)
			add_file(events, *at);
		end_attempt(at, events);
	}
	return import_end(events, start);
}

/* "Lost 12 events", as bpftrace says it */
static bool
push_lost(struct log *log, struct slice line, struct buf *events)
{
	uint64_t n;

	if (!slice_take(&line, "Lost ") ||
	    !slice_take_number(&line, INT64_MAX, &n) ||
	    !slice_is(line, " events"))
		return false;
	event_begin(events, event_kind_name(EVENT_LOST));
	event_add_number(events, "ts", log->last_ts);
	event_add_number(events, "count", n);
	buf_addc(events, '\n');
	return true;
}

static const char *
push(void *state, const char *p, size_t len, struct buf *events)
{
	struct log *log = state;
	struct slice line = { p, len };
	struct record rec;
	const char *why;

	if (is_chatter(line) || push_lost(log, line, events))
		return NULL;
	if ((why = parse(&rec, line)))
		return why;
	if (!log->begun) {
		event_begin(events, event_kind_name(EVENT_TRACE));
		event_add_number(events, "version", 1);
		event_add(events, "tracer", "proctrace", strlen("proctrace"));
		buf_addc(events, '\n');
		log->begun = true;
	}
	if (rec.ts_value > log->last_ts)
		log->last_ts = rec.ts_value;
	end_old_attempts(log, rec.ts_value, events);
	if (rec.kind == FORK && *rec.pid.p == '-')
		return NULL;	/* a clone() that failed */
	if (rec.kind == EXEC || rec.kind == EXEC_ARGS ||
	    rec.kind == EXEC_FILENAME)
		return push_exec(log, &rec, events);
	return push_other(log, &rec, events);
}

static void
close_log(void *state, struct buf *events)
{
	struct log *log = state;

	while (log->attempts)
		end_attempt(&log->attempts, events);
	free(log);
}

const struct import_format import_proctrace = {
	"proctrace", matches, open_log, push, close_log,
};
