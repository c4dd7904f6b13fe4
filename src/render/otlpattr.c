#include "render/otlpattr.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/text.h"

enum { NUMBER_MAX = 24 };

/* --- values --- */

static void
begin(struct json_writer *j, const char *key, size_t len)
{
	json_writer_object(j, NULL);
	json_writer_string(j, "key", key, len);
	json_writer_object(j, "value");
}

static void
end(struct json_writer *j)
{
	json_writer_close(j);
	json_writer_close(j);
}

/* Bytes as a string, which in OTLP is UTF-8. */
static void
add_text(struct json_writer *j, const char *p, size_t n)
{
	struct buf b = { 0 };

	text_utf8_show(&b, p, n);
	json_writer_string(j, "stringValue", b.p ? b.p : "", b.len);
	free(b.p);
}

/* JSON has int64 as a string (Protobuf's mapping to JSON). */
static void
add_number(struct json_writer *j, int64_t n)
{
	char s[NUMBER_MAX];

	json_writer_string(j, "intValue", s,
	    (size_t)snprintf(s, sizeof s, "%" PRId64, n));
}

void
otlpattr_string(struct json_writer *j, const char *key, const char *p, size_t n)
{
	begin(j, key, strlen(key));
	add_text(j, p, n);
	end(j);
}

void
otlpattr_number(struct json_writer *j, const char *key, int64_t n)
{
	begin(j, key, strlen(key));
	add_number(j, n);
	end(j);
}

void
otlpattr_true(struct json_writer *j, const char *key)
{
	begin(j, key, strlen(key));
	json_writer_bool(j, "boolValue", true);
	end(j);
}

/* --- events --- */

/* what the semantic conventions know */
static const struct name {
	const char *key, *name;
} names[] = {
	{ "cwd", "process.working_directory" },
	{ "errno", "error.type" },
	{ "file", "process.executable.path" },
	{ "status", "process.exit.code" },
	{ "uid", "process.real_user.id" },
};

/* those that are told otherwise */
static bool
is_common(struct slice key)
{
	static const char *const common[] = {
		"ts", "pid", "ppid", "pgid", "sid", "cpu", "seq", "run", "argv", NULL,
	};

	return slice_is_one_of(key, common);
}

static void
add_name(struct buf *b, struct slice key)
{
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++)
		if (slice_is(key, names[i].key)) {
			buf_adds(b, names[i].name);
			return;
		}
	buf_adds(b, "proctrace.");
	buf_add(b, key.p, key.len);
}

/* A number if the value is written as numbers are, so that it comes back. */
static void
add_field(struct json_writer *j, struct slice key, struct slice val)
{
	struct buf b = { 0 };
	uint64_t n;

	add_name(&b, key);
	begin(j, b.p, b.len);
	if (text_number(val.p, val.len, INT64_MAX, &n) &&
	    (*val.p != '0' || val.len == 1)) {
		add_number(j, (int64_t)n);
	} else {
		b.len = 0;
		text_unescape(&b, val.p, val.len);
		add_text(j, b.p, b.len);
	}
	end(j);
	free(b.p);
}

/* An array of strings: the arguments, or as the recording escapes them. */
static void
add_args(struct json_writer *j, const char *key, struct slice args, bool escaped)
{
	struct buf b = { 0 };
	struct slice arg;

	begin(j, key, strlen(key));
	json_writer_object(j, "arrayValue");
	json_writer_array(j, "values");
	while (event_next_arg(&args, &arg)) {
		b.len = 0;
		if (escaped)
			buf_add(&b, arg.p, arg.len);
		else
			text_unescape(&b, arg.p, arg.len);
		json_writer_object(j, NULL);
		add_text(j, b.p, b.len);
		json_writer_close(j);
	}
	json_writer_close(j);
	json_writer_close(j);
	end(j);
	free(b.p);
}

static bool
is_utf8(struct slice args)
{
	struct buf b = { 0 };
	size_t i = 0, len = 1;

	text_unescape(&b, args.p, args.len);
	while (i < b.len && (len = text_utf8(b.p + i, b.len - i)))
		i += len;
	free(b.p);
	return i == b.len;
}

void
otlpattr_event(struct json_writer *j, const struct event *ev,
    const struct event *other)
{
	const char *iter = event_fields(ev);
	struct slice key, val;
	char *name;
	bool twice;

	while (event_next_field(ev, &iter, &key, &val)) {
		if (is_common(key))
			continue;
		name = xmemdup(key.p, key.len);
		twice = other && event_get(other, name, &(struct slice){ 0 });
		free(name);
		if (!twice)
			add_field(j, key, val);
	}
	if (!event_argv(ev, &val))
		return;
	add_args(j, "process.command_args", val, false);
	if (!is_utf8(val))
		add_args(j, "proctrace.argv", val, true);
}

void
otlpattr_ids(struct json_writer *j, const struct process *p)
{
	otlpattr_number(j, "process.pid", p->pid);
	if (p->ppid >= 0)
		otlpattr_number(j, "process.parent_pid", p->ppid);
	if (p->pgid >= 0)
		otlpattr_number(j, "process.group_leader.pid", p->pgid);
	if (p->sid >= 0)
		otlpattr_number(j, "process.session_leader.pid", p->sid);
}
