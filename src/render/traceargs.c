#include "render/traceargs.h"

#include <stdbool.h>
#include <string.h>

#include "base/slice.h"
#include "json/literal.h"

/* those that are told otherwise */
static bool
is_common(struct slice key)
{
	static const char *const common[] = {
		"ts", "pid", "ppid", "pgid", "sid", "cpu", "seq", "argv", NULL,
	};

	return slice_is_one_of(key, common);
}

/* between two members of an object */
static void
separate(struct buf *b)
{
	if (b->p[b->len - 1] != '{')
		buf_addc(b, ',');
}

static void
add_id(struct buf *b, const char *key, int32_t id)
{
	if (id < 0)
		return;
	separate(b);
	buf_printf(b, "\"%s\":%d", key, id);
}

void
traceargs_ids(struct buf *b, int32_t pid, int32_t ppid, int32_t pgid,
    int32_t sid)
{
	add_id(b, "pid", pid);
	add_id(b, "ppid", ppid);
	add_id(b, "pgid", pgid);
	add_id(b, "sid", sid);
}

void
traceargs_fields(struct buf *b, const struct event *ev)
{
	const char *iter = event_fields(ev);
	struct slice key, val;

	while (event_next_field(ev, &iter, &key, &val)) {
		if (is_common(key))
			continue;
		separate(b);
		json_literal_string(b, key.p, key.len);
		buf_addc(b, ':');
		json_literal_value(b, val);
	}
}

void
traceargs_argv(struct buf *b, const struct event *ev)
{
	struct slice args, arg;
	bool first = true;

	if (!event_argv(ev, &args))
		return;
	separate(b);
	buf_adds(b, "\"argv\":[");
	for (; event_next_arg(&args, &arg); first = false) {
		if (!first)
			buf_addc(b, ',');
		json_literal_value_string(b, arg);
	}
	buf_addc(b, ']');
}

void
traceargs_exec(struct buf *b, const struct event *exec, uint64_t base)
{
	traceargs_argv(b, exec);
	separate(b);
	buf_adds(b, "\"exec\":{\"ts\":");
	json_literal_us(b, exec->ts - base);
	traceargs_fields(b, exec);
	buf_addc(b, '}');
}
