#include "base/buf.h"

#include "tap.h"

int
main(void)
{
	struct buf b = { 0 };
	size_t *p = NULL, cap = 0, n;
	char *copy;

	buf_add(&b, NULL, 0);
	ok(!b.len && !b.p, "buf: nothing of NULL");
	buf_adds(&b, "a");
	buf_add(&b, "\0b", 2);
	buf_addc(&b, '\n');
	buf_addu(&b, 0);
	buf_addu(&b, UINT64_MAX);
	buf_printf(&b, "%s-%d", "x", -1);
	is(slice_of(&b), (struct slice)S("a\0b\n018446744073709551615x--1"),
	    "buf: what was added, NUL included");
	b.len = 0;
	for (n = 0; n < 100000; n++)
		buf_addc(&b, (char)n);
	ok(b.len == 100000 && b.p[99999] == (char)99999 && b.cap < 300000,
	    "buf: grows by doubling");
	b.len = b.cap - 1;
	buf_printf(&b, "%s", "abc");
	ok(!memcmp(b.p + b.len - 3, "abc", 3), "buf_printf: over the end");
	free(b.p);

	for (n = 0; n < 1000; n++) {
		p = grow(p, n, &cap, sizeof *p);
		p[n] = n;
	}
	ok(p[0] == 0 && p[999] == 999 && cap == 1024, "grow: keeps, doubles");
	free(p);

	copy = xmemdup("a\0b", 3);
	ok(!memcmp(copy, "a\0b", 4), "xmemdup: with a NUL behind");
	free(copy);
	copy = xmemdup(NULL, 0);
	is_str(copy, "", "xmemdup: nothing");
	free(copy);
	free(xmalloc(0));
	free(xcalloc(0, 8));
	p = xreallocarray(NULL, 0, 8);
	ok(p, "xreallocarray: of nothing is not NULL");
	free(p);
	return done();
}
