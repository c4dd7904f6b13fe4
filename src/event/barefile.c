#include "event/barefile.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/slice.h"
#include "base/text.h"

/* The number of a device as the kernel keeps it: linux/kdev_t.h. */
static void
add_device(struct buf *b, uint64_t device)
{
	buf_printf(b, "\tdev=%" PRIu64 ":%" PRIu64, device >> 20,
	    device & 0xfffff);
}

const char *
barefile_begin(struct barefile *f, const struct event *ev,
    const struct baredirs *dirs)
{
	uint64_t device, inode, generation, size, dir;

	if (!(ev->has & HAS_PID) || !event_get_number(ev, "mode", &f->mode) ||
	    !event_get_number(ev, "dev", &device) ||
	    !event_get_number(ev, "ino", &inode) ||
	    !event_get_number(ev, "gen", &generation) ||
	    !event_get_number(ev, "size", &size) ||
	    !event_get_number(ev, "dir", &dir))
		return "an open without pid=, mode=, dev=, ino=, gen=, size= or dir=";
	f->fields.len = f->dir.len = 0;
	event_add_number(&f->fields, "ts", ev->ts);
	event_add_number(&f->fields, "pid", (uint64_t)ev->pid);
	event_add_number(&f->fields, "cpu", (uint64_t)ev->cpu);
	add_device(&f->fields, device);
	event_add_number(&f->fields, "ino", inode);
	event_add_number(&f->fields, "gen", generation);
	event_add_number(&f->fields, "size", size);
	baredirs_path(dirs, dir, &f->dir, &f->state);
	f->pending = BAREFILE_OPENED;
	return NULL;
}

const char *
barefile_begin_named(struct barefile *f, const struct event *ev,
    const struct baredirs *dirs)
{
	uint64_t dir;

	if (!(ev->has & HAS_PID) || !event_get_number(ev, "what", &f->what) ||
	    !event_get_number(ev, "dir", &dir))
		return "names without pid=, what= or dir=";
	f->dir.len = 0;
	f->ts = ev->ts;
	f->pid = ev->pid;
	f->cpu = ev->cpu;
	baredirs_path(dirs, dir, &f->dir, &f->state);
	f->pending = BAREFILE_NAMED;
	return NULL;
}

static void
add_path(struct barefile *f, const struct buf *name)
{
	if (!f->dir.len || !name->len)
		return;
	if (f->dir.p[f->dir.len - 1] != '/')
		buf_addc(&f->dir, '/');
	buf_add(&f->dir, name->p, name->len);
	event_add(&f->fields, "path", f->dir.p, f->dir.len);
	baredirs_add_state(&f->fields, "pathstate", f->state);
}

static void
add_event(struct buf *events, enum event_kind kind, const struct buf *fields)
{
	event_begin(events, event_kind_name(kind));
	buf_add(events, fields->p, fields->len);
	buf_addc(events, '\n');
}

/* The path of a name, relative to the directory; false: that is not known. */
static bool
find_path(const struct barefile *f, const struct buf *name, struct buf *path)
{
	const struct slice dir = { f->dir.p, f->dir.len };

	if (!name->len || (name->p[0] != '/' && (!dir.len || f->state)))
		return false;
	path_join(path, dir, (struct slice){ name->p, name->len });
	return true;
}

static void
add_moved(const struct barefile *f, const struct buf *path,
    const struct buf *from, struct buf *events)
{
	const char *op = f->what == BAREFILE_LINKED ? "link" : "rename";

	event_begin(events, event_kind_name(EVENT_WRITE));
	event_add_number(events, "ts", f->ts);
	event_add_number(events, "pid", (uint64_t)f->pid);
	event_add_number(events, "cpu", (uint64_t)f->cpu);
	event_add(events, "op", op, strlen(op));
	event_add(events, "from", from->p, from->len);
	event_add(events, "path", path->p, path->len);
	buf_addc(events, '\n');
}

static void
end_named(struct barefile *f, const struct buf *name, const struct buf *old,
    struct baremissed *missed, struct buf *events)
{
	struct buf path = { 0 }, from = { 0 };
	bool known = find_path(f, name, &path);

	if (known && f->what == BAREFILE_MISSED &&
	    baremissed_add(missed, f->pid, f->ts, &path))
		baremissed_tell(events, f->pid, f->ts, f->cpu, f->ts, &path);
	if (known && f->what != BAREFILE_MISSED && find_path(f, old, &from))
		add_moved(f, &path, &from, events);
	free(path.p);
	free(from.p);
}

static void
end_opened(struct barefile *f, const struct buf *name, struct buf *events)
{
	add_path(f, name);
	if (f->mode & BAREFILE_READS &&
	    (f->mode & BAREFILE_WRITTEN || !(f->mode & BAREFILE_WRITES)))
		add_event(events, EVENT_READ, &f->fields);
	if (f->mode & BAREFILE_WRITES)
		add_event(events, EVENT_WRITE, &f->fields);
}

void
barefile_end(struct barefile *f, const struct buf *name, const struct buf *old,
    struct baremissed *missed, struct buf *events)
{
	if (f->pending == BAREFILE_NAMED)
		end_named(f, name, old, missed, events);
	else
		end_opened(f, name, events);
	f->pending = BAREFILE_NONE;
}

void
barefile_free(struct barefile *f)
{
	free(f->fields.p);
	free(f->dir.p);
	*f = (struct barefile){ 0 };
}
