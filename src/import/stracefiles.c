#include "import/stracefiles.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/slice.h"
#include "base/text.h"
#include "event/event.h"

enum { NONE = 0, FIFO = 1, FIRST = 2 };	/* of file: which it is */

enum { BITS = 16, PLACES = 1 << BITS };

/* The place in which it is kept which file has this name. */
static size_t *
place(struct stracefiles *f, const struct buf *path)
{
	size_t before = f->names.n;
	size_t number = strings_add(&f->names, path->p, path->len);

	if (number == before) {
		f->file = grow(f->file, number, &f->cap, sizeof *f->file);
		f->file[number] = NONE;
	}
	return &f->file[number];
}

/* The file of this name, or NONE. */
static size_t
find(const struct stracefiles *f, const struct buf *path)
{
	size_t number;

	return strings_find(&f->names, path->p, path->len, &number) ?
	    f->file[number] : NONE;
}

/* The path of a name; false: it is not known. */
static bool
find_path(const struct buf *name, const struct stracefiles_process *p,
    struct buf *path)
{
	path->len = 0;
	if (!name->len || (name->p[0] != '/' && !p->cwd.len))
		return false;
	path_join(path, p->cwd, (struct slice){ name->p, name->len });
	return true;
}

static uint64_t
mix(uint64_t h, uint64_t n)
{
	return (h ^ h >> 32 ^ n) * 0x9e3779b97f4a7c15;
}

/* Whether it is told for the first time that the process does this with the file,
 * or was forgotten. */
static bool
is_new(struct stracefiles *f, int32_t pid, size_t file, bool writes)
{
	uint64_t h = 0;

	if (!f->told) {
		f->told = xcalloc(PLACES, sizeof *f->told);
		f->life = xcalloc(PLACES, sizeof *f->life);
	}
	h = mix(h, (uint64_t)pid);
	h = mix(h, f->life[pid % PLACES]);
	h = mix(h, file);
	h = mix(h, writes);
	if (f->told[h >> (64 - BITS)] == h)
		return false;
	f->told[h >> (64 - BITS)] = h;
	return true;
}

static void
begin(const struct stracefiles_process *p, enum event_kind kind,
    struct buf *events)
{
	event_begin(events, event_kind_name(kind));
	event_add_number(events, "ts", p->ts);
	event_add_number(events, "pid", (uint64_t)p->pid);
}

static void
tell(struct stracefiles *f, const struct stracefiles_process *p,
    enum event_kind kind, unsigned how, struct buf *events)
{
	begin(p, kind, events);
	if (how & STRACEFILECALL_EMPTY)
		event_add_number(events, "size", 0);
	event_add(events, "path", f->path.p, f->path.len);
	if (how & STRACEFILECALL_DELETED)
		event_add(events, "pathstate", "deleted", strlen("deleted"));
	buf_addc(events, '\n');
}

static void
open_file(struct stracefiles *f, const struct stracefiles_process *p,
    unsigned how, struct buf *events)
{
	size_t file = find(f, &f->path);

	if (file == FIFO)
		return;
	if (how & STRACEFILECALL_READS && !(how & STRACEFILECALL_EMPTY) && file &&
	    is_new(f, p->pid, file, false))
		tell(f, p, EVENT_READ, how, events);
	if (!(how & STRACEFILECALL_WRITES))
		return;
	if (!file)
		*place(f, &f->path) = file = FIRST + f->n++;
	if (is_new(f, p->pid, file, true))
		tell(f, p, EVENT_WRITE, how, events);
}

static void
tell_moved(struct stracefiles *f, const struct stracefiles_process *p,
    const char *op, struct buf *events)
{
	begin(p, EVENT_WRITE, events);
	event_add(events, "op", op, strlen(op));
	if (f->from.len)
		event_add(events, "from", f->from.p, f->from.len);
	event_add(events, "path", f->path.p, f->path.len);
	buf_addc(events, '\n');
}

static void
move(struct stracefiles *f, const struct stracefiles_process *p, bool rename,
    struct buf *events)
{
	size_t file = find(f, &f->from);

	tell_moved(f, p, rename ? "rename" : "link", events);
	if (rename && file)
		*place(f, &f->from) = NONE;
	*place(f, &f->path) = file;
}

static void
unlink_file(struct stracefiles *f, const struct stracefiles_process *p,
    struct buf *events)
{
	size_t file = find(f, &f->path);

	if (file >= FIRST)
		tell_moved(f, p, "unlink", events);
	if (file)
		*place(f, &f->path) = NONE;
}

static void
miss(struct stracefiles *f, const struct stracefiles_process *p,
    struct buf *events)
{
	if (baremissed_add(&f->missed, p->pid, p->ts, &f->path))
		baremissed_tell(events, p->pid, p->ts, -1, p->ts, &f->path);
}

void
stracefiles_call(struct stracefiles *f, const struct stracefilecall *c,
    const struct stracefiles_process *p, struct buf *events)
{
	f->from.len = 0;
	if (!find_path(&c->path, p, &f->path) ||
	    (c->from.len && !find_path(&c->from, p, &f->from)))
		return;
	switch (c->what) {
	case STRACEFILECALL_OPEN: open_file(f, p, c->how, events); break;
	case STRACEFILECALL_MISS: miss(f, p, events); break;
	case STRACEFILECALL_RENAME: move(f, p, true, events); break;
	case STRACEFILECALL_LINK: move(f, p, false, events); break;
	case STRACEFILECALL_UNLINK: unlink_file(f, p, events); break;
	case STRACEFILECALL_FIFO: *place(f, &f->path) = FIFO; break;
	}
}

/* To execute a file is to read it. */
static void
exec(struct stracefiles *f, const struct event *ev, struct buf *events)
{
	struct stracefiles_process p = { ev->pid, ev->ts, { "", 0 } };
	struct slice file, cwd = { "", 0 };
	size_t number;

	if (!event_get(ev, "file", &file))
		return;
	f->from.len = f->line.len = 0;
	text_unescape(&f->from, file.p, file.len);
	if (event_get(ev, "cwd", &cwd))
		text_unescape(&f->line, cwd.p, cwd.len);
	p.cwd = (struct slice){ f->line.p, f->line.len };
	if (!find_path(&f->from, &p, &f->path))
		return;
	number = find(f, &f->path);
	if (number >= FIRST && is_new(f, p.pid, number, false))
		tell(f, &p, EVENT_READ, 0, events);
}

/* What it did not find stands before its end. */
static void
end(struct stracefiles *f, const struct event *ev, struct buf *events,
    size_t start)
{
	struct slice val;
	bool failed = !event_get(ev, "status", &val) || !slice_is(val, "0");

	f->line.len = 0;
	buf_add(&f->line, events->p + start, events->len - start);
	events->len = start;
	baremissed_end(&f->missed, ev->pid, failed, ev->ts, -1, events);
	buf_add(events, f->line.p, f->line.len);
}

void
stracefiles_event(struct stracefiles *f, struct buf *events, size_t start)
{
	struct event ev;

	if ((!f->n && !f->missed.processes) || events->len == start ||
	    event_parse(&ev, events->p + start, events->len - start - 1))
		return;
	if (ev.kind == EVENT_FORK) {
		baremissed_begin(&f->missed, ev.pid);
		if (f->life)
			f->life[ev.pid % PLACES] = ++f->nlives;
	} else if (ev.kind == EVENT_EXEC) {
		exec(f, &ev, events);
	} else if (ev.kind == EVENT_EXIT) {
		end(f, &ev, events, start);
	}
}

void
stracefiles_free(struct stracefiles *f)
{
	strings_free(&f->names);
	baremissed_free(&f->missed);
	free(f->file);
	free(f->told);
	free(f->life);
	free(f->line.p);
	free(f->path.p);
	free(f->from.p);
}
