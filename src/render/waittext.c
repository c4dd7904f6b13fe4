#include "render/waittext.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/slice.h"
#include "base/text.h"
#include "tree/process.h"

enum { COMMAND_SHOWN = 60 };

/* call= of a wait event (proctrace-events(5)) in words; where it is a
 * descriptor that it waits for, that follows. */
static const struct {
	const char *call, *words;
} calls[] = {
	{ "read", "reads" },
	{ "write", "writes to" },
	{ "poll", "polls" },
	{ "select", "polls" },
	{ "epoll", "polls" },
	{ "wait", "waits for" },
	{ "lock", "waits for a lock on" },
	{ "open", "opens, and nobody opens the other end of" },
	{ "accept", "waits for a connection to" },
	{ "connect", "connects" },
	{ "recv", "receives from" },
	{ "send", "sends to" },
	{ "splice", "moves data from" },
	{ "futex", "waits for another thread, or another process (futex)" },
	{ "signal", "waits for a signal" },
	{ "sleep", "sleeps" },
	{ "stopped", "is stopped (state T)" },
	{ "running", "runs" },
};

static bool
is_terminal(struct slice ref)
{
	return slice_starts(ref, "/dev/pts/") || slice_starts(ref, "/dev/tty") ||
	    slice_is(ref, "/dev/console");
}

/* "the terminal /dev/pts/1 (fd 0)" */
static void
add_descriptor(struct buf *b, const struct waitgraph *l,
    const struct waitgraph_wait *w)
{
	const struct event *fd = waitgraph_descriptor(l, w->p, w->n);
	struct slice ref;

	if (fd && event_get(fd, "ref", &ref)) {
		buf_adds(b, is_terminal(ref) ? " the terminal " : " ");
		text_visible_value(b, ref.p, ref.len);
	}
	buf_printf(b, " (fd %" PRIu64 ")", w->n);
}

/* "is in system call 165 (do_wait)" */
static void
add_other(struct buf *b, const struct event *ev)
{
	struct slice val;

	buf_adds(b, "is in system call ");
	if (event_get(ev, "nr", &val))
		text_visible_value(b, val.p, val.len);
	else
		buf_addc(b, '?');
	if (!event_get(ev, "wchan", &val))
		return;
	buf_adds(b, " (");
	text_visible_value(b, val.p, val.len);
	buf_addc(b, ')');
}

static void
add_call(struct buf *b, const struct event *ev)
{
	struct slice call = { 0 };
	size_t i;

	event_get(ev, "call", &call);
	for (i = 0; i < sizeof calls / sizeof *calls; i++)
		if (slice_is(call, calls[i].call)) {
			buf_adds(b, calls[i].words);
			return;
		}
	add_other(b, ev);
}

void
waittext_add(struct buf *b, const struct waitgraph *l,
    const struct waitgraph_wait *w)
{
	struct slice file;

	add_call(b, w->event);
	if (w->what == WAITGRAPH_CHILD) {
		buf_adds(b, w->known ? " its child " : " a child");
		if (w->known)
			buf_printf(b, "%" PRIu64, w->n);
	} else if (w->known) {
		add_descriptor(b, l, w);
	} else if (event_get(w->event, "file", &file)) {
		buf_addc(b, ' ');
		text_visible_value(b, file.p, file.len);
	} else if (w->what != WAITGRAPH_OTHER) {
		buf_adds(b, " descriptors that could not be seen");
	}
}

/* A descriptor as an exec event tells it ("pipe:INO", "chr:136:N") and an fd
 * event: one pipe or socket, or one terminal of Unix98 (major 136). */
static bool
is_same_file(struct slice at_exec, const struct event *fd)
{
	struct slice type = { 0 }, ref = { 0 };
	uint64_t n, ino;

	event_get(fd, "type", &type);
	event_get(fd, "ref", &ref);
	if (slice_take(&at_exec, "chr:136:"))
		return slice_take(&ref, "/dev/pts/") && slice_equal(ref, at_exec);
	if (!slice_take(&at_exec, slice_is(type, "pipe") ? "pipe:" : "socket:"))
		return false;
	return slice_take_number(&at_exec, UINT64_MAX, &n) &&
	    event_get_number(fd, "ino", &ino) && n == ino;
}

/* The first descriptor by which the process has that file; NULL: none */
static const struct event *
find_same(const struct waitgraph *l, const struct process *p, struct slice file)
{
	const struct moment *m;

	for (m = p->events; m; m = m->next)
		if (m->ev.kind == EVENT_FD && m->ev.ts == l->ts &&
		    is_same_file(file, &m->ev))
			return &m->ev;
	return NULL;
}

void
waittext_add_held(struct buf *b, const struct waitgraph *l,
    const struct process *p, const struct process *command)
{
	static const char *const keys[] = { "fd1", "fd2" };
	static const char *const names[] = { "output", "error" };
	const char *before = "; holds the standard ";
	const struct event *fd;
	struct slice file, told = { 0 };
	uint64_t n;
	bool any = false, pipe = false;
	size_t i;

	for (i = 0; command->exec && i < 2; i++) {
		if (!event_get(&command->exec->ev, keys[i], &file) ||
		    slice_equal(file, told) ||
		    !(fd = find_same(l, p, file)) ||
		    !event_get_number(fd, "fd", &n))
			continue;
		buf_printf(b, "%s%s (fd %" PRIu64 ")", before, names[i], n);
		before = " and ";
		any = true;
		told = file;
		pipe |= !slice_starts(file, "chr");
	}
	if (any)
		buf_adds(b, " of the command");
	if (pipe)
		buf_adds(b, ", and who reads that waits");
}

void
waittext_add_outsider(struct buf *b, const struct event *ev)
{
	struct buf command = { 0 };
	struct slice args;
	uint64_t n;

	if (event_argv(ev, &args))
		process_words(args, &command);
	if (!command.len)
		buf_adds(&command, "(unknown)");
	text_cut(b, command.p, command.len, COMMAND_SHOWN);
	free(command.p);
	if (event_get_number(ev, "by", &n))
		buf_printf(b, " (pid %" PRIu64, n);
	if (event_get_number(ev, "byfd", &n))
		buf_printf(b, ", fd %" PRIu64, n);
	buf_addc(b, ')');
}
