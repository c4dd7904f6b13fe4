#include "tree/process.h"

#include <string.h>

#include "base/slice.h"
#include "base/sysnames.h"
#include "base/text.h"

bool
process_failed(const struct process *p)
{
	return p->status > 0 || p->signal;
}

void
process_ending(const struct process *p, struct buf *b)
{
	char name[SYSNAMES_MAX];

	if (p->signal)
		buf_adds(b, sysnames_signal(p->signal, name));
	else if (p->status > 0)
		buf_printf(b, "exit %d", p->status);
	else if (p->lost_end)
		buf_adds(b, "end unknown");
	else if (!p->has_exit)
		buf_adds(b, "running");
	else if (p->status < 0)
		buf_adds(b, "exited");
}

static const struct moment *
exec_at(const struct process *p, const struct moment *at)
{
	const struct moment *m, *exec = p->inherited;

	if (!at)
		return p->exec ? p->exec : p->inherited;
	if (at->ev.kind == EVENT_EXEC)
		return at;
	for (m = p->events; m && m != at; m = m->next)
		if (m->ev.kind == EVENT_EXEC)
			exec = m;
	return exec;
}

void
process_command(const struct process *p, const struct moment *at, struct buf *b)
{
	const struct moment *exec = exec_at(p, at);
	struct slice args, arg, file;
	size_t start = b->len;
	bool first = true;
	uint64_t cut;

	if (exec && event_argv(&exec->ev, &args))
		for (; event_next_arg(&args, &arg); first = false) {
			if (!first)
				buf_addc(b, ' ');
			text_visible_value(b, arg.p, arg.len);
		}
	if (b->len == start && exec && event_get(&exec->ev, "file", &file))
		text_visible_value(b, file.p, file.len);
	if (b->len == start)
		buf_adds(b, "(unknown)");
	else if (event_get_number(&exec->ev, "argvlen", &cut))
		buf_adds(b, "...");
}

void
process_program(const struct process *p, const struct moment *at, struct buf *b)
{
	const struct moment *exec = exec_at(p, at);
	struct slice args, name = { "", 0 }, joined;
	const char *blank;

	if (exec && event_argv(&exec->ev, &args) &&
	    event_next_arg(&args, &name) &&
	    event_get(&exec->ev, "joined", &joined) &&
	    (blank = memchr(name.p, ' ', name.len)))
		name.len = (size_t)(blank - name.p);
	if (!name.len && !(exec && event_get(&exec->ev, "file", &name)))
		name.len = 0;
	if (name.len) {
		name = slice_basename(name);
		text_visible_value(b, name.p, name.len);
	} else {
		buf_adds(b, "(unknown)");
	}
}
