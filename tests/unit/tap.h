/* tap - the results of a unit test, for prove */
#ifndef TAP_H
#define TAP_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* a slice of a string literal, which may hold NULs */
#define S(literal) { "" literal, sizeof literal - 1 }

static int tap_count, tap_failed;

/* one test; returns good. What explains a failure goes to standard error, where
 * prove shows it without -v. */
static inline bool
ok(bool good, const char *name)
{
	printf("%sok %d - %s\n", good ? "" : "not ", ++tap_count, name);
	if (!good)
		fprintf(stderr, "# %d - %s\n", tap_count, name);
	tap_failed += !good;
	return good;
}

static inline void
tap_show(const char *what, const char *p, size_t len)
{
	size_t i;

	fprintf(stderr, "# %s: \"", what);
	for (i = 0; i < len; i++)
		if (p[i] >= ' ' && p[i] < 0x7f)
			putc(p[i], stderr);
		else
			fprintf(stderr, "\\x%02x", (unsigned)(unsigned char)p[i]);
	fprintf(stderr, "\"\n");
}

/* one test: the bytes are the same */
static inline bool
is(struct slice got, struct slice want, const char *name)
{
	bool same = got.len == want.len &&
	    (!got.len || !memcmp(got.p, want.p, got.len));

	if (!ok(same, name)) {
		tap_show("got", got.p, got.len);
		tap_show("not", want.p, want.len);
	}
	return same;
}

/* one test: the strings are the same; NULL is one of its own */
static inline bool
is_str(const char *got, const char *want, const char *name)
{
	bool same = got && want ? !strcmp(got, want) : got == want;

	if (!ok(same, name))
		fprintf(stderr, "# got: %s\n# not: %s\n", got ? got : "NULL",
		    want ? want : "NULL");
	return same;
}

/* one test: the numbers are the same */
static inline bool
is_num(unsigned long long got, unsigned long long want, const char *name)
{
	if (!ok(got == want, name))
		fprintf(stderr, "# got: %llu\n# not: %llu\n", got, want);
	return got == want;
}

static inline struct slice
slice_of(const struct buf *b)
{
	return (struct slice){ b->p, b->len };
}

/* the plan; what main returns */
static inline int
done(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed > 0;
}

#endif
