/* process - titles of commands, and names of programs */
#include "tree/process.h"
#include "lifetimes.h"

static const struct {
	const char *in, *title, *program;
} cases[] = {
	{ "cc -c a.c", "cc -c a.c", "cc" },
	{ "/usr/bin/cc -c /src/a.c", "cc -c /src/a.c", "cc" },
	{ "/bin/sh /src/missing aclocal", "missing aclocal", "sh" },
	{ "sh ./configure -q", "./configure -q", "sh" },
	{ "sh -ex ./configure", "./configure", "sh" },
	{ "sh -o pipefail x", "sh -o pipefail x", "sh" },
	{ "python3 tools/x.py", "tools/x.py", "x.py" },
	{ "/usr/bin/python3.11 -Es /usr/bin/lsb_release -a", "lsb_release -a",
	  "lsb_release" },
	{ "python -u -m pip install x", "pip install x", "pip" },
	{ "python3 -m", "python3 -m", "python3" },
	{ "python3 -c print", "python3 -c print", "python3" },
	{ "python3 -", "python3 -", "python3" },
	{ "python3 -X dev x.py", "python3 -X dev x.py", "python3" },
	{ "node /usr/bin/npm run build", "npm run build", "npm" },
	{ "node --stack-size=9 a/b.js", "a/b.js", "b.js" },
	{ "node --require x b.js", "node --require x b.js", "node" },
	{ "node", "node", "node" },
	{ "/usr/bin/perl -w /usr/bin/debconf", "debconf", "debconf" },
	{ "perl -e print x", "perl -e print x", "perl" },
	{ "ruby3.1 bin/rake", "bin/rake", "rake" },
	{ "/bin/sh -c x", "sh -c x", "sh" },
	{ "/bin/bash /dev/fd/63", "bash /dev/fd/63", "bash" },
	{ "bash", "bash", "bash" },
	{ "/bin/sh /src/a&b x", "'a&b' x", "sh" },
	{ "/ x", "/ x", "/" },
	{ "", "(unknown)", "(unknown)" },
};

typedef void process_text(const struct process *, const struct moment *, struct buf *);

static void
check(const struct process *p, process_text *text, const char *want, const char *name)
{
	struct buf got = { 0 };

	text(p, NULL, &got);
	buf_addc(&got, '\0');
	is_str(got.p, want, name);
	free(got.p);
}

int
main(void)
{
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct forest f = { 0 };
		char in[96];

		snprintf(in, sizeof in, "1 0 0-9%s%s", *cases[i].in ? " " : "",
		    cases[i].in);
		lifetimes_forest(&f, in);
		check(f.root, process_title, cases[i].title, cases[i].in);
		check(f.root, process_program, cases[i].program, cases[i].in);
		forest_free(&f);
	}
	return done();
}
