#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/text.h"
#include "event/event.h"
#include "import/attempts.h"
#include "import/import.h"

struct log {
	struct attempts attempts;
	bool begun;
	bool wide;		/* a time has more than 32 bits */
	uint64_t rounds;	/* of a clock of 32 bits, as ns */
	uint64_t last_ts;
};

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
	char digits[21];
	const struct slice ts = { digits, (size_t)snprintf(digits,
	    sizeof digits, "%" PRIu64, rec->ts_value) };
	const struct {
		const char *name;
		struct slice val;
	} keys[] = {
		{ "ts", ts }, { "pid", rec->pid }, { "ppid", rec->ppid },
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

static const char *
push_exec(struct log *log, const struct record *rec, struct buf *events)
{
	struct attempts_one *a = attempts_find(&log->attempts, rec->pid_value);
	struct slice text = rec->text;
	const char *why;

	if (a && (a->ts != rec->ts_value ||
	    (rec->kind == EXEC && a->event.len))) {
		attempts_end(&log->attempts, a, events);
		a = NULL;
	}
	if (!a)
		a = attempts_add(&log->attempts, rec->pid_value,
		    rec->ts_value);
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
		attempts_end(&log->attempts, a, events);
	return NULL;
}

/* Of its process: an exec whose arguments did not follow is as whole as it will
 * be; an attempt ends with BADEXEC. A fork is the parent's doing. */
static const char *
push_other(struct log *log, const struct record *rec, struct buf *events)
{
	struct attempts_one *a = attempts_find(&log->attempts, rec->pid_value);
	size_t start;
	const char *why;

	if (a && a->event.len && rec->kind != FORK)
		attempts_end(&log->attempts, a, events);
	start = events->len;
	if ((why = build(events, rec)))
		return why;
	a = attempts_find(&log->attempts, rec->pid_value);
	if (a && (rec->kind == BADEXEC || rec->kind == EXIT)) {
		if (rec->kind == BADEXEC)
			attempts_add_file(a, events);
		attempts_end(&log->attempts, a, events);
	}
	return import_end(events, start);
}

/* The first versions of the tool printed the lower 32 bits of the time, which
 * begin again every 4.3 s. As long as no time is larger, half of a round back
 * is a new round; a line that is late may still be of the one before. */
static void
unwrap(struct log *log, struct record *rec)
{
	const uint64_t round = UINT64_C(1) << 32;
	uint64_t ts = rec->ts_value + log->rounds;

	if (log->wide || rec->ts_value >= round) {
		log->wide = true;
		return;
	}
	if (ts + round / 2 < log->last_ts) {
		log->rounds += round;
		ts += round;
	} else if (log->rounds && ts > log->last_ts + round / 2) {
		ts -= round;
	}
	rec->ts_value = ts;
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
	unwrap(log, &rec);
	if (rec.ts_value > log->last_ts)
		log->last_ts = rec.ts_value;
	attempts_end_old(&log->attempts, rec.ts_value, events);
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

	attempts_end_all(&log->attempts, events);
	free(log);
}

static const char *
finish(void *state, struct buf *events, struct buf *notes)
{
	struct log *log = state;

	attempts_end_all(&log->attempts, events);
	if (log->rounds)
		buf_printf(notes, "the times have only 32 bits, which begin again "
		    "every 4.3 s: they were put together, but for silences that "
		    "are longer\n");
	return NULL;
}

const struct import_format import_proctrace = {
	"proctrace", matches, open_log, NULL, push, finish, close_log,
};
