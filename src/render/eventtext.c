#include "render/eventtext.h"

#include "base/slice.h"
#include "base/text.h"
#include "render/label.h"
#include "tree/process.h"

static void
add_value(struct buf *b, const struct event *ev, const char *key)
{
	struct slice val;

	if (!event_get(ev, key, &val))
		return;
	buf_addc(b, ' ');
	text_visible_value(b, val.p, val.len);
}

bool
eventtext_what(struct buf *b, const struct process *p, const struct moment *m)
{
	switch (m->ev.kind) {
	case EVENT_EXEC:
		if (p->nexecs < 2)
			return false;
		buf_adds(b, "exec ");
		label_command(b, p, m);
		return true;
	case EVENT_EXECFAIL:
		buf_adds(b, "exec failed");
		add_value(b, &m->ev, "errno");
		add_value(b, &m->ev, "file");
		return true;
	case EVENT_SIGNAL:
		buf_adds(b, "is sent");
		add_value(b, &m->ev, "sig");
		buf_adds(b, " by ");
		process_sender(&m->ev, b);
		add_value(b, &m->ev, "code");
		return true;
	case EVENT_CONNECT:
		buf_adds(b, "is connected,");
		add_value(b, &m->ev, "connection");
		return true;
	default:
		if (!(event_kind_rules(m->ev.kind) & EVENT_MOVES))
			return false;
		buf_adds(b, event_kind_name(m->ev.kind));
		return true;
	}
}

/* The value of a key, unless it is that of the event before. */
static bool
add_new(struct buf *b, const struct event *ev, const struct event *before,
    const char *key, const char *name)
{
	struct slice val, old;

	if (!event_get(ev, key, &val) ||
	    (before && event_get(before, key, &old) && slice_equal(val, old)))
		return false;
	if (b->len)
		buf_adds(b, ", ");
	buf_adds(b, name);
	buf_addc(b, ' ');
	text_visible_value(b, val.p, val.len);
	return true;
}

bool
eventtext_where(struct buf *b, const struct event *exec,
    const struct event *before)
{
	struct slice state;

	if (add_new(b, exec, before, "cwd", "in") &&
	    event_get(exec, "cwdstate", &state)) {
		buf_adds(b, " (");
		text_visible_value(b, state.p, state.len);
		buf_addc(b, ')');
	}
	add_new(b, exec, before, "fd0", "fd0");
	add_new(b, exec, before, "fd1", "fd1");
	add_new(b, exec, before, "fd2", "fd2");
	return b->len > 0;
}

bool
eventtext_labels(struct buf *b, const struct event *trace)
{
	const char *iter;
	struct slice key, val;
	bool any = false;

	if (!trace->line.len)
		return false;
	iter = event_fields(trace);
	while (event_next_field(trace, &iter, &key, &val)) {
		if (!slice_take(&key, "label."))
			continue;
		buf_adds(b, any ? ", " : "");
		buf_add(b, key.p, key.len);
		buf_addc(b, '=');
		text_visible_value(b, val.p, val.len);
		any = true;
	}
	return any;
}
