#include "import/stracedir.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"

/* Removes the last component. "/" has none, and is above itself. */
static void
go_up(struct buf *path)
{
	while (path->len > 1 && path->p[--path->len] != '/')
		;
}

/* Goes on by one component. Links may be everywhere but in a physical path: what
 * is above one is not the component before it. */
static void
enter(struct stracedir *d, struct slice name)
{
	if (!name.len || slice_is(name, "."))
		return;
	if (slice_is(name, "..") && d->physical) {
		go_up(&d->path);
		return;
	}
	if (d->path.len > 1)
		buf_addc(&d->path, '/');
	buf_add(&d->path, name.p, name.len);
	d->physical = false;
}

void
stracedir_change(struct stracedir *d, struct slice path)
{
	const char *slash;
	struct slice name;

	if (path.len && *path.p == '/') {
		d->path.len = 0;
		buf_addc(&d->path, '/');
		d->physical = true;
	} else if (!d->path.len || !path.len) {
		stracedir_forget(d);
		return;
	}
	while (path.len) {
		slash = memchr(path.p, '/', path.len);
		name = (struct slice){ path.p,
		    slash ? (size_t)(slash - path.p) : path.len };
		enter(d, name);
		slice_skip(&path, name.len + (slash != NULL));
	}
}

void
stracedir_set(struct stracedir *d, struct slice path, bool physical)
{
	stracedir_forget(d);
	if (path.len && *path.p == '/') {
		stracedir_change(d, path);
		d->physical = physical;
	}
}

void
stracedir_see(struct stracedir *d, struct slice path)
{
	if (!d->other_root && !d->physical)
		stracedir_set(d, path, true);
}

void
stracedir_reroot(struct stracedir *d)
{
	stracedir_forget(d);
	d->other_root = true;
}

void
stracedir_copy(struct stracedir *child, const struct stracedir *parent)
{
	child->path.len = 0;
	if (parent->path.len)
		buf_add(&child->path, parent->path.p, parent->path.len);
	child->physical = parent->physical;
	child->other_root = parent->other_root;
}

void
stracedir_forget(struct stracedir *d)
{
	d->path.len = 0;
	d->physical = false;
}

void
stracedir_free(struct stracedir *d)
{
	free(d->path.p);
}
