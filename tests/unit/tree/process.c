/* process - titles of commands */
#include "tree/process.h"
#include "lifetimes.h"

static const struct {
	const char *in, *want;
} cases[] = {
	{ "1 0 0-9 cc -c a.c", "cc -c a.c" },
	{ "1 0 0-9 /usr/bin/cc -c /src/a.c", "cc -c /src/a.c" },
	{ "1 0 0-9 /bin/sh /src/missing aclocal", "missing aclocal" },
	{ "1 0 0-9 sh ./configure -q", "./configure -q" },
	{ "1 0 0-9 python3 tools/x.py", "tools/x.py" },
	{ "1 0 0-9 /bin/sh -c x", "sh -c x" },
	{ "1 0 0-9 /bin/bash /dev/fd/63", "bash /dev/fd/63" },
	{ "1 0 0-9 bash", "bash" },
	{ "1 0 0-9 / x", "/ x" },
	{ "1 0 0-9", "(unknown)" },
};

int
main(void)
{
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct forest f = { 0 };
		struct buf got = { 0 };

		lifetimes_forest(&f, cases[i].in);
		process_title(f.root, NULL, &got);
		buf_addc(&got, '\0');
		is_str(got.p, cases[i].want, cases[i].in);
		free(got.p);
		forest_free(&f);
	}
	return done();
}
