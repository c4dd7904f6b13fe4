#include "render/shdescriptors.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/shquote.h"
#include "base/slice.h"
#include "base/text.h"
#include "tree/process.h"

static const char *const keys[] = { "fd0", "fd1", "fd2" };

enum { NKEYS = 3 };

/* how a file became a descriptor */
struct opened {
	struct slice path;	/* escaped */
	bool empty;		/* it was empty then */
	uint64_t ts;
};

/* Whether a write or read event is about this file:MAJOR:MINOR:INODE. */
static bool
is_of(const struct event *ev, struct slice what)
{
	struct slice dev, ino;

	return slice_take(&what, "file:") && event_get(ev, "dev", &dev) &&
	    event_get(ev, "ino", &ino) && what.len == dev.len + 1 + ino.len &&
	    !memcmp(what.p, dev.p, dev.len) && what.p[dev.len] == ':' &&
	    !memcmp(what.p + dev.len + 1, ino.p, ino.len);
}

/* Finds who opened it last before the exec: the process, or else an ancestor, for it
 * to inherit. False: that is not recorded, or the file has no name any more. */
static bool
find_opened(struct opened *o, const struct process *p, const struct event *exec,
    struct slice what, enum event_kind kind)
{
	const struct process *q;
	const struct moment *m, *found = NULL;
	struct slice state;
	uint64_t size;

	for (q = p; q && !found; q = q->parent)
		for (m = q->events; m && m->ev.ts <= exec->ts; m = m->next)
			if (m->ev.kind == kind && is_of(&m->ev, what))
				found = m;
	if (!found || event_get(&found->ev, "pathstate", &state) ||
	    !event_get(&found->ev, "path", &o->path))
		return false;
	o->empty = event_get_number(&found->ev, "size", &size) && !size;
	o->ts = found->ev.ts;
	return true;
}

static bool
find_file(struct opened *o, const struct process *p, const struct event *exec,
    size_t fd, struct slice what)
{
	return slice_starts(what, "file:") && find_opened(o, p, exec, what,
	    fd ? EVENT_WRITE : EVENT_READ);
}

/* Names the others that have the same pipe or socket among 0 to 2. */
static void
add_partners(struct buf *b, const struct forest *f, const struct process *p,
    struct slice what)
{
	const struct process *q;
	struct slice other;
	size_t i, k;

	for (i = 0; i < f->n; i++) {
		q = f->processes[i];
		if (q == p || !q->exec)
			continue;
		for (k = 0; k < NKEYS; k++)
			if (event_get(&q->exec->ev, keys[k], &other) &&
			    slice_equal(other, what))
				break;
		if (k == NKEYS)
			continue;
		buf_adds(b, k ? "\t#   written by " : "\t#   read by ");
		process_command(q, NULL, b);
		buf_printf(b, " (pid %" PRId32 ")\n", q->pid);
	}
}

void
shdescriptors_comment(struct buf *b, const struct forest *f,
    const struct process *p, const struct event *exec)
{
	static const char *const names[] = { "input", "output", "error" };
	struct opened file;
	struct slice what;
	size_t i;

	for (i = 0; i < NKEYS; i++) {
		if (!event_get(exec, keys[i], &what) ||
		    slice_starts(what, "chr:") || slice_is(what, "closed") ||
		    find_file(&file, p, exec, i, what))
			continue;
		buf_printf(b, "\t# standard %s was ", names[i]);
		text_visible_value(b, what.p, what.len);
		buf_addc(b, '\n');
		if (slice_starts(what, "pipe:"))
			add_partners(b, f, p, what);
	}
}

/* Whether it is an exec with this file as its output or error. */
static bool
has_output(const struct event *ev, struct slice what)
{
	struct slice out;

	return ev->kind == EVENT_EXEC &&
	    ((event_get(ev, "fd1", &out) && slice_equal(out, what)) ||
	    (event_get(ev, "fd2", &out) && slice_equal(out, what)));
}

/* Whether an exec before this one, of another process, has inherited the file. */
static bool
was_used(const struct forest *f, const struct process *p,
    const struct event *exec, const struct opened *file, struct slice what)
{
	const struct moment *m;
	size_t i;

	for (i = 0; i < f->n; i++)
		for (m = f->processes[i] == p ? NULL : f->processes[i]->events;
		    m && m->ev.ts < exec->ts; m = m->next)
			if (m->ev.ts >= file->ts && has_output(&m->ev, what))
				return true;
	return false;
}

static void
add_file(struct buf *b, const char *how, const struct opened *file)
{
	struct buf raw = { 0 };

	buf_adds(b, how);
	text_unescape(&raw, file->path.p, file->path.len);
	shquote(b, raw.p, raw.len);
	free(raw.p);
}

void
shdescriptors_redirect(struct buf *b, const struct forest *f,
    const struct process *p, const struct event *exec)
{
	struct opened file;
	struct slice what, out = { "", 0 };	/* out: that of 1, if it is a file */
	size_t i;

	for (i = 0; i < NKEYS; i++) {
		if (!event_get(exec, keys[i], &what))
			continue;
		if (slice_is(what, "closed"))
			buf_printf(b, " %zu>&-", i);
		else if (slice_is(what, "chr:1:3"))
			buf_printf(b, " %zu%c/dev/null", i, i ? '>' : '<');
		else if (i == 2 && slice_equal(what, out))
			buf_adds(b, " 2>&1");
		else if (find_file(&file, p, exec, i, what)) {
			buf_printf(b, " %zu", i);
			add_file(b, !i ? "<" : file.empty &&
			    !was_used(f, p, exec, &file, what) ? ">" : ">>", &file);
			out = i == 1 ? what : out;
		}
	}
}
