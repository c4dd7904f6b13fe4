/* jsontext - strings, values and times */
#include "json/literal.h"
#include "tap.h"

static void
test_strings(void)
{
	static const struct {
		struct slice in, string, value;
		const char *name;
	} cases[] = {
		{ S(""), S("\"\""), S("\"\""), "nothing" },
		{ S("abc"), S("\"abc\""), S("\"abc\""), "plain" },
		{ S("a\"b"), S("\"a\\\"b\""), S("\"a\\\"b\""), "a quote" },
		{ S("\"\\\"\\"), S("\"\\\"\\\\\\\"\\\\\""),
		    S("\"\\\"\\\\\\\"\\\\\""), "only what is escaped" },
		{ S("\x1b\\x41"), S("\"\\\\x1b\\\\x41\""), S("\"\\\\x1bA\""),
		    "controls, and escapes" },
		{ S("\xff\0"), S("\"\\\\xff\\\\x00\""), S("\"\\\\xff\\\\x00\""),
		    "not UTF-8, NUL" },
		{ S("\xf0\x9f\x98\x80"), S("\"\xf0\x9f\x98\x80\""),
		    S("\"\xf0\x9f\x98\x80\""), "beyond the BMP" },
		{ S("\xe2\x80\xa8"), S("\"\\\\u2028\""), S("\"\\\\u2028\""),
		    "a line separator" },
		{ S("42"), S("\"42\""), S("42"), "a number" },
		{ S("0"), S("\"0\""), S("0"), "zero" },
		{ S("007"), S("\"007\""), S("\"007\""), "not as JSON writes it" },
		{ S("9007199254740992"), S("\"9007199254740992\""),
		    S("9007199254740992"), "2^53" },
		{ S("9007199254740993"), S("\"9007199254740993\""),
		    S("\"9007199254740993\""), "2^53 + 1" },
		{ S("-1"), S("\"-1\""), S("\"-1\""), "negative" },
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = { 0 };

		json_literal_string(&b, cases[i].in.p, cases[i].in.len);
		is(slice_of(&b), cases[i].string, cases[i].name);
		b.len = 0;
		json_literal_value(&b, cases[i].in);
		is(slice_of(&b), cases[i].value, "... as a value");
		free(b.p);
	}
}

static void
test_append(void)
{
	struct buf b = { 0 };

	buf_adds(&b, "\\\"");
	json_literal_value_string(&b, (struct slice)S("4\""));
	json_literal_us(&b, 0);
	buf_addc(&b, ' ');
	json_literal_us(&b, 7);
	buf_addc(&b, ' ');
	json_literal_us(&b, 1234567);
	buf_addc(&b, ' ');
	json_literal_us(&b, UINT64_MAX);
	is(slice_of(&b), (struct slice)S("\\\"\"4\\\"\""
	    "0.000 0.007 1234.567 18446744073709551.615"),
	    "what was there before is not touched; times");
	free(b.p);
}

int
main(void)
{
	test_strings();
	test_append();
	return done();
}
