/* strings - each string once */
#include "base/stringtable.h"
#include "tap.h"

static void
test_few(void)
{
	struct strings s = { 0 };

	is_num(strings_add(&s, "a", 1), 0, "the first one");
	is_num(strings_add(&s, "", 0), 1, "an empty one");
	is_num(strings_add(&s, "a\0b", 3), 2, "one with a NUL");
	is_num(strings_add(&s, "a\0c", 3), 3, "another one with a NUL");
	is_num(strings_add(&s, "a", 1), 0, "the first one again");
	is_num(strings_add(&s, "", 0), 1, "the empty one again");
	is_num(s.n, 4, "four of them");
	is(s.list[2], (struct slice){ "a\0b", 3 }, "all its bytes");
	strings_free(&s);
	is_num(s.n, 0, "none");
}

static void
test_many(void)
{
	enum { N = 100000 };
	struct strings s = { 0 };
	char text[16];
	size_t i, bad = 0;
	int len;

	for (i = 0; i < 2 * N; i++) {
		len = snprintf(text, sizeof text, "%zu", i % N);
		bad += strings_add(&s, text, (size_t)len) != i % N;
		text[0] = 'x';	/* it is a copy */
	}
	is_num(bad, 0, "many have their numbers");
	is_num(s.n, N, "once each");
	is(s.list[777], (struct slice){ "777", 3 }, "one of many");
	strings_free(&s);
}

int
main(void)
{
	test_few();
	test_many();
	return done();
}
