#include "import/stracefilecall.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/path.h"
#include "base/slice.h"
#include "import/straceargs.h"

static const struct kind {
	const char *name;
	enum stracefilecall_what what;
	bool at;	/* a descriptor is in front of each name */
} kinds[] = {
	{ "open", STRACEFILECALL_OPEN, false },
	{ "creat", STRACEFILECALL_OPEN, false },
	{ "openat", STRACEFILECALL_OPEN, true },
	{ "openat2", STRACEFILECALL_OPEN, true },
	{ "rename", STRACEFILECALL_RENAME, false },
	{ "renameat", STRACEFILECALL_RENAME, true },
	{ "renameat2", STRACEFILECALL_RENAME, true },
	{ "link", STRACEFILECALL_LINK, false },
	{ "linkat", STRACEFILECALL_LINK, true },
	{ "unlink", STRACEFILECALL_UNLINK, false },
	{ "unlinkat", STRACEFILECALL_UNLINK, true },
	{ "mknod", STRACEFILECALL_FIFO, false },
	{ "mknodat", STRACEFILECALL_FIFO, true },
};

static const struct kind *
find_kind(struct slice name)
{
	size_t i;

	for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (name.len && *name.p == *kinds[i].name &&
		    slice_is(name, kinds[i].name))
			return &kinds[i];
	return NULL;
}

bool
stracefilecall_is(struct slice name)
{
	return find_kind(name) != NULL;
}

/* Takes the descriptor of a directory off *s: its path, if it is shown. */
static bool
take_directory(struct stracefilecall *c, struct slice *s, struct buf *dir,
    bool *current)
{
	bool good;

	dir->len = 0;
	*current = slice_take(s, "AT_FDCWD");
	while (!*current && s->len && ascii_is_digit(*s->p))
		slice_skip(s, 1);
	good = !slice_starts(*s, "<") || straceargs_shown(s, dir);
	if (*current) {
		c->cwd.len = 0;
		if (dir->len)
			buf_add(&c->cwd, dir->p, dir->len);
	}
	slice_take(s, "(deleted)");
	return good && slice_take(s, ", ");
}

/* Takes a name off *s, with the descriptor of its directory. */
static bool
take_name(struct stracefilecall *c, struct slice *s, bool at, struct buf *path)
{
	struct buf dir = { 0 }, name = { 0 };
	bool cut = false, current = true, good;

	path->len = 0;
	good = (!at || take_directory(c, s, &dir, &current)) &&
	    straceargs_name(s, &name, &cut) && !cut && name.len;
	c->absolute = good && *name.p == '/';
	good = good && (c->absolute || dir.len || current);
	if (good && (c->absolute || dir.len))
		path_join(path, (struct slice){ dir.p, dir.len },
		    (struct slice){ name.p, name.len });
	else if (good)
		buf_add(path, name.p, name.len);
	free(dir.p);
	free(name.p);
	return good;
}

/* Splits what follows the names: the other arguments, and the result. */
static bool
split_result(struct slice s, struct slice *args, struct slice *result)
{
	const char *end = s.len ? memchr(s.p, ')', s.len) : NULL;

	if (!end)
		return false;
	*args = (struct slice){ s.p, (size_t)(end - s.p) };
	slice_skip(&s, args->len + 1);
	while (slice_take(&s, " "))
		;
	*result = s;
	return slice_take(result, "= ");
}

/* What the flags say, by their names. */
static unsigned
how_opened(struct slice flags, bool creat)
{
	bool writes = creat || slice_has(flags, "O_WRONLY"),
	    both = slice_has(flags, "O_RDWR"), empty;

	if (slice_has(flags, "O_PATH") || slice_has(flags, "O_DIRECTORY"))
		return 0;
	if (!writes && !both)
		return slice_has(flags, "O_RDONLY") ? STRACEFILECALL_READS : 0;
	empty = creat || slice_has(flags, "O_TRUNC") ||
	    slice_has(flags, "O_EXCL") || slice_has(flags, "O_TMPFILE");
	return STRACEFILECALL_WRITES | (both ? STRACEFILECALL_READS : 0) |
	    (empty ? STRACEFILECALL_EMPTY : 0);
}

/* What begins with /usr/ compilers look for in several directories. */
static bool
is_missed(const struct stracefilecall *c)
{
	return !c->absolute ||
	    !slice_starts((struct slice){ c->path.p, c->path.len }, "/usr/");
}

/* "3</a/b>": where it really is, if -y shows it; "-1 ENOENT ..." */
static bool
end_open(struct stracefilecall *c, struct slice name, struct slice flags,
    struct slice result)
{
	struct buf shown = { 0 };
	bool good = true;

	if (slice_take(&result, "-1 ENOENT")) {
		c->what = STRACEFILECALL_MISS;
		return is_missed(c);
	}
	c->how = how_opened(flags, slice_is(name, "creat"));
	if (!c->how || !result.len || !ascii_is_digit(*result.p))
		return false;
	while (result.len && ascii_is_digit(*result.p))
		slice_skip(&result, 1);
	if (slice_starts(result, "<")) {
		good = straceargs_shown(&result, &shown);
		c->path.len = 0;
		buf_add(&c->path, shown.p, shown.len);
	}
	if (slice_take(&result, "(deleted)"))
		c->how |= STRACEFILECALL_DELETED;
	free(shown.p);
	return good;
}

bool
stracefilecall_parse(struct stracefilecall *c, struct slice name,
    struct slice text)
{
	const struct kind *kind = find_kind(name);
	bool two = kind->what == STRACEFILECALL_RENAME ||
	    kind->what == STRACEFILECALL_LINK;
	struct slice args, result;

	c->what = kind->what;
	c->how = 0;
	c->path.len = c->from.len = c->cwd.len = 0;
	if (two && !(take_name(c, &text, kind->at, &c->from) &&
	    slice_take(&text, ", ")))
		return false;
	if (!take_name(c, &text, kind->at, &c->path) ||
	    !split_result(text, &args, &result))
		return false;
	if (kind->what == STRACEFILECALL_OPEN)
		return end_open(c, name, args, result);
	if (kind->what == STRACEFILECALL_FIFO && !slice_has(args, "S_IFIFO"))
		return false;
	return slice_is(result, "0");
}

void
stracefilecall_free(struct stracefilecall *c)
{
	free(c->path.p);
	free(c->from.p);
	free(c->cwd.p);
}
