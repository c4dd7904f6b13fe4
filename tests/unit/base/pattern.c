/* pattern - what matches, and where */
#include "base/pattern.h"

#include "tap.h"

static const struct {
	const char *pattern;
	enum pattern_syntax syntax;
	bool ignore_case;
	struct slice text;
	size_t from;
	bool found;
	struct pattern_match want;
	const char *name;
} cases[] = {
	{ "b", PATTERN_FIXED, false, S("abc"), 0, true, { 1, 2, 1, 2 }, "fixed" },
	{ "B", PATTERN_FIXED, false, S("abc"), 0, false, { 0 }, "fixed: case" },
	{ "B", PATTERN_FIXED, true, S("abc"), 0, true, { 1, 2, 1, 2 },
	    "fixed: no case" },
	{ "a.c", PATTERN_FIXED, false, S("abca.c"), 0, true, { 3, 6, 3, 6 },
	    "fixed: a dot" },
	{ "A.*[$^\\", PATTERN_FIXED, true, S("xxxxa.*[$^\\"), 0, true,
	    { 4, 11, 4, 11 }, "fixed: every special character, no case" },
	{ "", PATTERN_FIXED, false, S(""), 0, true, { 0, 0, 0, 0 },
	    "fixed: nothing is everywhere" },
	{ "a+", PATTERN_BASIC, false, S("aaa+"), 0, true, { 2, 4, 2, 4 },
	    "basic: + is one" },
	{ "a\\(b*\\)", PATTERN_BASIC, false, S("xabb"), 0, true, { 1, 4, 2, 4 },
	    "basic: a group" },
	{ "a+", PATTERN_EXTENDED, false, S("baac"), 0, true, { 1, 3, 1, 3 },
	    "extended" },
	{ "x(a)?(b)", PATTERN_EXTENDED, false, S("xb"), 0, true, { 0, 2, 0, 2 },
	    "extended: the first group took no part" },
	{ "X(A)", PATTERN_EXTENDED, true, S("xa"), 0, true, { 0, 2, 1, 2 },
	    "extended: no case" },
	{ "^b", PATTERN_EXTENDED, false, S("ab"), 0, false, { 0 },
	    "^ is the begin" },
	{ "^b", PATTERN_EXTENDED, false, S("ab"), 1, false, { 0 },
	    "from: is not the begin" },
	{ "b", PATTERN_EXTENDED, false, S("abab"), 2, true, { 3, 4, 3, 4 },
	    "from: the next one" },
	{ "b", PATTERN_FIXED, false, S("abab"), 2, true, { 3, 4, 3, 4 },
	    "from: the next one, fixed" },
	{ "x*", PATTERN_EXTENDED, false, S("ab"), 2, true, { 2, 2, 2, 2 },
	    "from: the end" },
	{ "x*", PATTERN_EXTENDED, false, S("ab"), 3, false, { 0 },
	    "from: behind the end" },
	{ "a.b", PATTERN_EXTENDED, false, S("a\nb"), 0, true, { 0, 3, 0, 3 },
	    "a newline is a character" },
	{ "b$", PATTERN_EXTENDED, false, S("b\nc"), 0, false, { 0 },
	    "a newline is no end" },
	{ "^(b)$", PATTERN_EXTENDED, false, S("a\0b"), 0, true, { 2, 3, 2, 3 },
	    "NUL: the second piece" },
	{ "c", PATTERN_FIXED, false, S("\0\0ac\0"), 0, true, { 3, 4, 3, 4 },
	    "NUL: the third piece, fixed" },
	{ "a.b", PATTERN_EXTENDED, false, S("a\0b"), 0, false, { 0 },
	    "NUL: not across" },
	{ "a.b", PATTERN_EXTENDED, false, S("a\xff" "b"), 0, true, { 0, 3, 0, 3 },
	    "a byte that is not UTF-8 is a character" },
	{ "\xa9", PATTERN_EXTENDED, false, S("\xc3\xa9"), 0, true, { 1, 2, 1, 2 },
	    "half of a character" },
};

int
main(void)
{
	struct pattern p;
	struct pattern_match m;
	const char *why;
	size_t i;
	bool found;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		why = pattern_compile(&p, cases[i].pattern, cases[i].syntax,
		    cases[i].ignore_case);
		is_str(why, NULL, cases[i].name);
		m = (struct pattern_match){ 0 };
		found = pattern_find(&p, cases[i].text.p, cases[i].text.len,
		    cases[i].from, &m);
		ok(found == cases[i].found && (!found ||
		    !memcmp(&m, &cases[i].want, sizeof m)), "... matches");
		pattern_free(&p);
	}
	ok(pattern_compile(&p, "(", PATTERN_EXTENDED, false) != NULL,
	    "no regular expression");
	is_str(pattern_compile(&p, "(", PATTERN_FIXED, true), NULL,
	    "fixed: is always one");
	pattern_free(&p);
	return done();
}
