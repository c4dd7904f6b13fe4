/* term - columns of text, where it is cut, and when there are colours */
#include <locale.h>
#include <unistd.h>

#include "cli/term.h"
#include "tap.h"

#define EURO "\xe2\x82\xac"
#define WIDE "\xe4\xb8\xad"		/* U+4E2D */
#define ACUTE "\xcc\x81"		/* U+0301, combining */
#define DOTS "\xe2\x80\xa6"
#define NOBODY "\xf3\xa0\x82\x80"	/* U+E0080, not assigned */

static const struct {
	const char *in;
	bool utf8;
	size_t columns;
	const char *want;
	size_t used;
	const char *name;
} cases[] = {
	{ "", true, 0, "", 0, "nothing" },
	{ "", true, 5, "", 0, "nothing, in five" },
	{ "abcde", true, 0, "abcde", 5, "no limit" },
	{ "abcde", true, 5, "abcde", 5, "it fits" },
	{ "abcdef", true, 5, "abcd" DOTS, 5, "cut" },
	{ "abcdef", true, 1, DOTS, 1, "cut to one" },
	{ EURO EURO EURO, true, 3, EURO EURO EURO, 3, "characters, not bytes" },
	{ WIDE WIDE "a", true, 5, WIDE WIDE "a", 5, "wide ones" },
	{ WIDE WIDE "ab", true, 5, WIDE WIDE DOTS, 5, "wide ones, cut" },
	{ WIDE WIDE "a", true, 4, WIDE DOTS, 3, "half of a wide one is left" },
	{ "e" ACUTE "e" ACUTE, true, 2, "e" ACUTE "e" ACUTE, 2,
	    "combining ones take no column" },
	{ "e" ACUTE "xyz", true, 2, "e" ACUTE DOTS, 2,
	    "combining ones are not cut off" },
	{ NOBODY "x", true, 2, NOBODY "x", 2, "unassigned ones" },
	{ "abcdef", false, 5, "ab...", 5, "ASCII: cut" },
	{ "abcde", false, 5, "abcde", 5, "ASCII: it fits" },
	{ "abc", false, 2, "", 0, "ASCII: no room for the ellipsis" },
	{ "a" EURO, false, 0, "a\\xe2\\x82\\xac", 13, "ASCII: bytes" },
	{ "a" EURO "b", false, 13, "a...", 4, "ASCII: bytes, cut" },
};

static void
run_cases(void)
{
	size_t i, used;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct term t = { .utf8 = cases[i].utf8 };
		struct buf b = { 0 };

		used = term_add(&t, &b, cases[i].in, strlen(cases[i].in),
		    cases[i].columns);
		is(slice_of(&b), (struct slice){ cases[i].want,
		    strlen(cases[i].want) }, cases[i].name);
		is_num(used, cases[i].used, "... columns");
		free(b.p);
	}
}

static void
test_colour(void)
{
	struct term t = { .colour = true };
	struct buf b = { 0 };

	term_colour(&t, &b, "31");
	term_colour(&t, &b, NULL);
	t.colour = false;
	term_colour(&t, &b, "31");
	is(slice_of(&b), (struct slice)S("\033[31m\033[m"), "colours");
	free(b.p);
}

static void
test_pipe(void)
{
	struct term t;
	int fds[2];

	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TERM", "xterm", 1);
	setenv("COLUMNS", "40", 1);
	if (pipe(fds) < 0)
		return;
	term_open(&t, fds[1]);
	ok(t.utf8 && !t.colour && !t.columns, "a pipe");
	setenv("LC_ALL", "C", 1);
	term_open(&t, fds[1]);
	ok(!t.utf8, "the locale C");
}

int
main(void)
{
	if (setlocale(LC_CTYPE, "C.UTF-8"))
		run_cases();
	else
		printf("# no locale C.UTF-8\n");
	test_colour();
	test_pipe();
	return done();
}
