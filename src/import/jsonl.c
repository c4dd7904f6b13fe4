#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/text.h"
#include "event/event.h"
#include "event/jsonnames.h"
#include "import/import.h"
#include "json/parse.h"

enum { NFIRST = 5 };

struct log {
	struct json_parse in;
	bool begun;

	/* The last exec, whose ExecArgs may follow. The earlier tool has only
	 * these, with the arguments joined by spaces, and twice at times, one
	 * of them cut: the exec waits for them in event, without argv. */
	uint64_t ts, pid;
	bool has_exec;
	struct buf event, joined;
};

static bool
matches(const char *p, size_t len)
{
	struct slice line = { p, len };

	return (slice_starts(line, "{") && !import_foreign(p, len)) ||
	    slice_starts(line, "PID ");
}

static void *
open_log(void)
{
	return xcalloc(1, sizeof(struct log));
}

static bool
is_exec(struct slice name)
{
	return slice_is(name, "Exec") || slice_is(name, "ExecFull");
}

static const struct jsonnames *
find_kind(struct slice name)
{
	if (slice_is(name, "ExecFull"))
		return jsonnames_kind(EVENT_EXEC);
	return jsonnames_name(name.p, name.len);
}

static bool
is_process(const struct jsonnames *kind)
{
	return jsonnames_event_key(kind, "ppid", 4) != NULL;
}

/* The field of the line that is the event's key of that name, if it says
 * anything. */
static const struct json_parse_field *
find_field(const struct json_parse *in, const struct jsonnames *kind,
    const char *name)
{
	const struct jsonnames_key *key;
	const struct json_parse_field *f;

	key = jsonnames_event_key(kind, name, strlen(name));
	f = json_parse_find(in, key ? key->json : name);
	return f && f->type != JSON_PARSE_NULL ? f : NULL;
}

/* Adds the keys that come first in every event, and says which fields they
 * are. The earlier tool did not record sessions, and of a failed exec hardly
 * anything: 0 is for what is unknown. */
static void
add_first(struct buf *b, const struct json_parse *in,
    const struct jsonnames *kind, const struct json_parse_field *first[NFIRST])
{
	static const char *const names[NFIRST] = {
		"ts", "pid", "ppid", "pgid", "sid",
	};
	size_t i;

	for (i = 0; i < NFIRST; i++) {
		first[i] = find_field(in, kind, names[i]);
		if (first[i])
			event_add(b, names[i], first[i]->text.p,
			    first[i]->text.len);
		else if (is_process(kind) && (!strcmp(names[i], "sid") ||
		    (i >= 2 && kind->kind == EVENT_EXECFAIL)))
			event_add_number(b, names[i], 0);
	}
}

static bool
is_one_of(const struct json_parse_field *f, const struct json_parse_field *const *list)
{
	size_t i;

	for (i = 0; i < NFIRST; i++)
		if (list[i] == f)
			return true;
	return false;
}

/* What the event calls the key of a line, as a string, in name; "argv" for
 * what holds the arguments. NULL, or the reason why it cannot be a key. */
static const char *
event_name(struct buf *name, const struct jsonnames *kind, struct slice key)
{
	const struct jsonnames_key *known;

	name->len = 0;
	if ((known = jsonnames_json_key(kind, key.p, key.len)))
		buf_adds(name, known->event);
	else if (kind->kind == EVENT_EXEC && slice_is(key, "args"))
		buf_adds(name, "argv");
	else if (slice_is(key, "seq"))	/* this one is the bare tracer's */
		buf_adds(name, "order");
	else if (memchr(key.p, '\t', key.len) || memchr(key.p, '=', key.len))
		return "a key that is no word";
	else
		buf_add(name, key.p, key.len);
	buf_addc(name, '\0');
	return NULL;
}

static void
add_argv(struct buf *b, const struct json_parse *in, const struct json_parse_field *f)
{
	size_t i;

	if (f->n)
		event_add_argv(b);
	for (i = 0; i < f->n; i++)
		event_add_arg(b, i == 0, in->items[f->first + i].p,
		    in->items[f->first + i].len);
}

/* Begins the event of a line, all but argv, whose field is in *argv. */
static const char *
build(struct buf *b, const struct json_parse *in, const struct jsonnames *kind,
    const struct json_parse_field **argv)
{
	const struct json_parse_field *f, *first[NFIRST];
	struct buf name = { 0 };
	const char *why = NULL;
	size_t i;

	if (kind->name)
		event_begin(b, event_kind_name(kind->kind));
	else if (memchr(in->name.p, '\t', in->name.len))
		return "a name that is no word";
	else
		buf_add(b, in->name.p, in->name.len);
	add_first(b, in, kind, first);
	for (i = 0; i < in->nfields && !why; i++) {
		f = &in->fields[i];
		why = event_name(&name, kind, f->key);
		if (why || f->type == JSON_PARSE_NULL || is_one_of(f, first))
			continue;
		if (strcmp(name.p, "argv"))
			event_add(b, name.p, f->text.p, f->text.len);
		else if (*argv)
			why = "a key stands twice";
		else
			*argv = f;
	}
	free(name.p);
	return why;
}

/* The exec that waited, if any, is whole. */
static void
end_exec(struct log *log, struct buf *events)
{
	if (log->event.len) {
		buf_add(events, log->event.p, log->event.len);
		if (log->joined.len) {
			event_add_number(events, "joined", 1);
			event_add_argv(events);
			event_add_arg(events, true, log->joined.p,
			    log->joined.len);
		}
		buf_addc(events, '\n');
	}
	log->event.len = log->joined.len = 0;
	log->has_exec = false;
}

static void
use_longer(struct buf *joined, struct slice text)
{
	if (text.len > joined->len) {
		joined->len = 0;
		buf_add(joined, text.p, text.len);
	}
}

static const char *
push_args(struct log *log, struct buf *events)
{
	const struct json_parse_field *ts = json_parse_find(&log->in, "timestamp"),
	    *pid = json_parse_find(&log->in, "pid"),
	    *args = json_parse_find(&log->in, "args");
	uint64_t n;

	if (!log->has_exec || !ts || !pid || !args ||
	    !text_number(ts->text.p, ts->text.len, UINT64_MAX, &n) ||
	    n != log->ts ||
	    !text_number(pid->text.p, pid->text.len, UINT64_MAX, &n) ||
	    n != log->pid)
		return "ExecArgs does not follow its Exec";
	if (!log->event.len)
		return NULL;	/* Exec told all */
	if (args->type == JSON_PARSE_ARRAY && args->n) {
		add_argv(&log->event, &log->in, args);
		log->joined.len = 0;
		end_exec(log, events);
	} else if (args->type == JSON_PARSE_TEXT) {
		use_longer(&log->joined, args->text);
	}
	return NULL;
}

static const char *
push_exec(struct log *log, struct buf *events)
{
	const struct json_parse_field *argv = NULL;
	struct event ev;
	const char *why;

	why = build(&log->event, &log->in, jsonnames_kind(EVENT_EXEC), &argv);
	if (!why)
		why = event_parse(&ev, log->event.p, log->event.len);
	if (why) {
		log->event.len = 0;
		return why;
	}
	log->has_exec = true;
	log->ts = ev.ts;
	log->pid = (uint64_t)ev.pid;
	if (argv && argv->type == JSON_PARSE_ARRAY && argv->n) {
		buf_add(events, log->event.p, log->event.len);
		add_argv(events, &log->in, argv);
		buf_addc(events, '\n');
		log->event.len = 0;
	} else if (argv && argv->type == JSON_PARSE_TEXT) {
		use_longer(&log->joined, argv->text);
	}
	return NULL;
}

static const char *
push_event(struct log *log, const struct jsonnames *kind, struct buf *events)
{
	const struct json_parse_field *argv = NULL,
	    *child = json_parse_find(&log->in, "child_pid");
	size_t start = events->len;
	const char *why;

	/* the earlier tool's way to say that a clone() failed */
	if (kind->kind == EVENT_FORK && child && child->type == JSON_PARSE_TEXT &&
	    slice_starts(child->text, "-"))
		return NULL;
	why = build(events, &log->in, kind, &argv);
	if (why) {
		events->len = start;
		return why;
	}
	if (argv && argv->type == JSON_PARSE_ARRAY) {
		add_argv(events, &log->in, argv);
	} else if (argv) {
		event_add_argv(events);
		event_add_arg(events, true, argv->text.p, argv->text.len);
	}
	return import_end(events, start);
}

/* Events without a session come from the earlier tool, which did not say when
 * it began. */
static void
add_trace(const struct json_parse *in, const struct jsonnames *kind,
    struct buf *events)
{
	if (!is_process(kind) || json_parse_find(in, "sid"))
		return;
	event_begin(events, event_kind_name(EVENT_TRACE));
	event_add_number(events, "version", 1);
	event_add(events, "tracer", "proctrace", strlen("proctrace"));
	buf_addc(events, '\n');
}

static const char *
push(void *state, const char *p, size_t len, struct buf *events)
{
	struct log *log = state;
	struct slice line = { p, len };
	const struct jsonnames *kind;
	const char *why;

	if (!len || slice_starts(line, "PID "))
		return NULL;
	why = json_parse(&log->in, p, len);
	if (!why && slice_is(log->in.name, "ExecArgs"))
		return push_args(log, events);
	end_exec(log, events);
	if (why)
		return why;
	kind = find_kind(log->in.name);
	if (!log->begun)
		add_trace(&log->in, kind, events);
	log->begun = true;
	return is_exec(log->in.name) ? push_exec(log, events) :
	    push_event(log, kind, events);
}

static void
close_log(void *state, struct buf *events)
{
	struct log *log = state;

	end_exec(log, events);
	json_parse_free(&log->in);
	free(log->event.p);
	free(log->joined.p);
	free(log);
}

const struct import_format import_jsonl = {
	"jsonl", matches, open_log, NULL, push, NULL, close_log,
};
