#include "event/baredirs.h"

#include <stdlib.h>
#include <string.h>

#include "event/event.h"

struct baredir {
	struct buf path;	/* of the names that have come */
	uint64_t names, come;	/* how many there are of them */
	uint64_t state;
};

void
baredirs_begin(struct baredirs *d, uint64_t number, uint64_t names,
    uint64_t state)
{
	d->last = NULL;
	if (number >= BAREDIRS_NUMBERS)
		return;
	if (!d->dirs)
		d->dirs = xcalloc(BAREDIRS_NUMBERS, sizeof *d->dirs);
	d->last = &d->dirs[number];
	d->last->path.len = 0;
	d->last->names = names;
	d->last->come = 0;
	d->last->state = state;
	if (!names)
		buf_addc(&d->last->path, '/');
}

static void
put_in_front(struct buf *path, const char *p, size_t len)
{
	buf_reserve(path, len + 1);
	memmove(path->p + len + 1, path->p, path->len);
	path->p[0] = '/';
	memcpy(path->p + 1, p, len);
	path->len += len + 1;
}

void
baredirs_name(struct baredirs *d, uint64_t index, const struct buf *name)
{
	struct baredir *dir = d->last;

	if (!dir || !name->len || index != dir->come || dir->come == dir->names) {
		d->last = NULL;	/* what is there is not all */
		return;
	}
	put_in_front(&dir->path, name->p, name->len);
	dir->come++;
}

void
baredirs_add_state(struct buf *event, const char *key, uint64_t state)
{
	static const struct {
		uint64_t bit;
		const char *word;
	} words[] = {
		{ BAREDIRS_DELETED, "deleted" },
		{ BAREDIRS_UNREACHABLE, "unreachable" },
		{ BAREDIRS_CUT, "cut" },
	};
	struct buf all = { 0 };
	size_t i;

	for (i = 0; i < sizeof words / sizeof *words; i++) {
		if (!(state & words[i].bit))
			continue;
		if (all.len)
			buf_addc(&all, ',');
		buf_adds(&all, words[i].word);
	}
	if (all.len)
		event_add(event, key, all.p, all.len);
	free(all.p);
}

void
baredirs_path(const struct baredirs *d, uint64_t number, struct buf *path,
    uint64_t *state)
{
	const struct baredir *dir;
	size_t slash;

	*state = 0;
	if (!d->dirs || number >= BAREDIRS_NUMBERS)
		return;
	dir = &d->dirs[number];
	if (!dir->path.len || dir->come != dir->names ||
	    dir->state & BAREDIRS_UNKNOWN)
		return;
	slash = dir->state & BAREDIRS_CUT ? 1 : 0;
	buf_add(path, dir->path.p + slash, dir->path.len - slash);
	*state = dir->state;
}

void
baredirs_add(const struct baredirs *d, uint64_t number, struct buf *event)
{
	struct buf path = { 0 };
	uint64_t state;

	baredirs_path(d, number, &path, &state);
	if (path.len) {
		event_add(event, "cwd", path.p, path.len);
		baredirs_add_state(event, "cwdstate", state);
	}
	free(path.p);
}

void
baredirs_forget(struct baredirs *d)
{
	size_t i;

	d->last = NULL;
	for (i = 0; d->dirs && i < BAREDIRS_NUMBERS; i++)
		d->dirs[i].path.len = 0;
}

void
baredirs_free(struct baredirs *d)
{
	size_t i;

	for (i = 0; d->dirs && i < BAREDIRS_NUMBERS; i++)
		free(d->dirs[i].path.p);
	free(d->dirs);
	*d = (struct baredirs){ 0 };
}
