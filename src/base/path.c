#include "base/path.h"

#include <string.h>

/* Appends a component to the path that begins at start. */
static void
add_component(struct buf *b, size_t start, struct slice c)
{
	if (!c.len || (c.len == 1 && c.p[0] == '.'))
		return;
	if (c.len == 2 && !memcmp(c.p, "..", 2)) {
		while (b->len > start && b->p[--b->len] != '/')
			;
		return;
	}
	buf_addc(b, '/');
	buf_add(b, c.p, c.len);
}

static void
add_components(struct buf *b, size_t start, struct slice path)
{
	const char *end = path.p + path.len, *slash;

	for (; path.p < end; path.p = slash + 1) {
		slash = memchr(path.p, '/', (size_t)(end - path.p));
		if (!slash)
			slash = end;
		add_component(b, start,
		    (struct slice){ path.p, (size_t)(slash - path.p) });
	}
}

void
path_join(struct buf *b, struct slice dir, struct slice name)
{
	size_t start = b->len;

	if (!name.len || name.p[0] != '/')
		add_components(b, start, dir);
	add_components(b, start, name);
	if (b->len == start)
		buf_addc(b, '/');
}
