#include "base/slice.h"

#include "tap.h"

static struct slice
slice(const char *s)
{
	return (struct slice){ s, strlen(s) };
}

static void
words(void)
{
	struct slice s = slice("one two three"), nul = S("a\0b"), none = { NULL, 0 };

	ok(slice_is(slice("one"), "one"), "is");
	ok(!slice_is(slice("one"), "on") && !slice_is(slice("on"), "one"),
	    "is: the length counts");
	ok(slice_starts(s, "one") && slice_starts(s, "") && !slice_starts(s, "two"),
	    "starts");
	ok(!slice_starts(slice("on"), "one"), "starts: not beyond the end");
	ok(slice_has(s, "two") && slice_has(s, "three") && !slice_has(s, "four"),
	    "has");
	ok(slice_has(slice("ababac"), "abac"), "has: after a false start");
	ok(!slice_has(slice("tw"), "two") && slice_has(nul, "b"),
	    "has: not beyond the end, but beyond a NUL");
	ok(!slice_has(none, "x") && slice_is(none, "") && slice_starts(none, ""),
	    "nothing at all");
	ok(!slice_take(&s, "two") && slice_take(&s, "one "), "take");
	is(s, slice("two three"), "take: the rest");
	ok(!slice_drop(&s, "thre") && slice_drop(&s, " three"), "drop");
	is(s, slice("two"), "drop: the rest");
	ok(!slice_drop(&s, "a two"), "drop: not beyond the start");
}

static void
numbers(void)
{
	struct slice s = slice("12x34");
	uint64_t val = 0;

	ok(slice_take_number(&s, 12, &val) && val == 12, "take a number");
	is(s, slice("x34"), "take a number: the rest");
	ok(!slice_take_number(&s, 12, &val), "take a number: none");
	ok(!slice_drop_number(&s, 33, &val), "drop a number: too large");
	is(s, slice("x34"), "drop a number: it stays");
	ok(slice_drop_number(&s, 34, &val) && val == 34, "drop a number");
	is(s, slice("x"), "drop a number: the rest");
	ok(!slice_drop_number(&s, 34, &val), "drop a number: none");
	s = slice("99");
	ok(!slice_take_number(&s, 98, &val), "take a number: too large");
	is(s, slice("99"), "take a number: it stays");
}

static void
basenames(void)
{
	is(slice_basename(slice("/a/bc")), slice("bc"), "basename");
	is(slice_basename(slice("bc")), slice("bc"), "basename: no slash");
	is(slice_basename(slice("a/bc//")), slice("bc"), "basename: slashes behind");
	is(slice_basename(slice("//")), slice("/"), "basename: the root");
	is(slice_basename(slice("")), slice(""), "basename: nothing");
}

static void
one_of(void)
{
	static const char *const words[] = { "a", "bc", NULL };

	ok(slice_is_one_of(slice("bc"), words), "one of");
	ok(!slice_is_one_of(slice("b"), words), "one of: not by its begin");
	ok(!slice_is_one_of(slice(""), words), "one of: not nothing");
}

static void
order(void)
{
	ok(slice_compare(slice("ab"), slice("ac")) < 0, "order: by bytes");
	ok(slice_compare(slice("\xc3"), slice("z")) > 0, "order: unsigned");
	ok(slice_compare(slice("b"), slice("ab")) > 0, "order: not by length");
	ok(slice_compare(slice("ab"), slice("a")) > 0, "order: the longer one");
	ok(slice_compare((struct slice){ NULL, 0 }, slice("a")) < 0,
	    "order: nothing is first");
	ok(!slice_compare(slice("ab"), slice("ab")), "order: equal");
}

int
main(void)
{
	words();
	order();
	basenames();
	one_of();
	numbers();
	return done();
}
