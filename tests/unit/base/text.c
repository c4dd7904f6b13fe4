#include "base/text.h"

#include <inttypes.h>

#include "tap.h"

static void
utf8(void)
{
	static const struct {
		struct slice in;
		size_t len;
		const char *name;
	} cases[] = {
		{ S(""), 0, "utf8: nothing" },
		{ S("a"), 1, "utf8: ASCII" },
		{ S("\0"), 1, "utf8: NUL" },
		{ S("\x7f"), 1, "utf8: DEL" },
		{ S("\x80"), 0, "utf8: stray continuation" },
		{ S("\xbf" "a"), 0, "utf8: the last stray continuation" },
		{ S("\xc2\x80"), 2, "utf8: U+0080" },
		{ S("\xdf\xbf"), 2, "utf8: U+07FF" },
		{ S("\xc1\xbf"), 0, "utf8: overlong in 2" },
		{ S("\xc2"), 0, "utf8: cut in 2" },
		{ S("\xc2" "a"), 0, "utf8: continuation missing in 2" },
		{ S("\xc2\xc2"), 0, "utf8: start byte as continuation" },
		{ S("\xe0\xa0\x80"), 3, "utf8: U+0800" },
		{ S("\xef\xbf\xbf"), 3, "utf8: U+FFFF" },
		{ S("\xe0\x9f\xbf"), 0, "utf8: overlong in 3" },
		{ S("\xe2\x82"), 0, "utf8: cut in 3" },
		{ S("\xe2\x82" "a"), 0, "utf8: third byte missing" },
		{ S("\xed\x9f\xbf"), 3, "utf8: U+D7FF" },
		{ S("\xed\xa0\x80"), 0, "utf8: first surrogate" },
		{ S("\xed\xbf\xbf"), 0, "utf8: last surrogate" },
		{ S("\xee\x80\x80"), 3, "utf8: U+E000" },
		{ S("\xf0\x90\x80\x80"), 4, "utf8: U+10000" },
		{ S("\xf4\x8f\xbf\xbf"), 4, "utf8: U+10FFFF" },
		{ S("\xf0\x8f\xbf\xbf"), 0, "utf8: overlong in 4" },
		{ S("\xf4\x90\x80\x80"), 0, "utf8: U+110000" },
		{ S("\xf0\x9f\x98"), 0, "utf8: cut in 4" },
		{ S("\xf0\x9f\x98" "a"), 0, "utf8: fourth byte missing" },
		{ S("\xf5\x80\x80\x80"), 0, "utf8: beyond" },
		{ S("\xff"), 0, "utf8: 0xff" },
		{ S("\xfe"), 0, "utf8: 0xfe" },
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		is_num(text_utf8(cases[i].in.p, cases[i].in.len), cases[i].len,
		    cases[i].name);
}

static void
escapes(void)
{
	static const struct {
		struct slice raw, escaped;
		const char *name;
	} cases[] = {
		{ S(""), S(""), "escape: nothing" },
		{ S("plain text=;#\"'"), S("plain text=;#\"'"), "escape: plain" },
		{ S("a\tb"), S("a\\tb"), "escape: TAB" },
		{ S("a\nb"), S("a\\nb"), "escape: newline" },
		{ S("\r"), S("\\r"), "escape: CR" },
		{ S("\\"), S("\\\\"), "escape: backslash" },
		{ S("\\n"), S("\\\\n"), "escape: the text of an escape" },
		{ S("\\x41"), S("\\\\x41"), "escape: the text of a hex escape" },
		{ S("\\\n"), S("\\\\\\n"), "escape: backslash and newline" },
		{ S("\0"), S("\\x00"), "escape: NUL" },
		{ S("a\0b"), S("a\\x00b"), "escape: NUL inside" },
		{ S("\x1b[31m"), S("\\x1b[31m"), "escape: ESC" },
		{ S("\x7f"), S("\\x7f"), "escape: DEL" },
		{ S("\xc3\xa9"), S("\xc3\xa9"), "escape: UTF-8 stays" },
		{ S("\xf0\x9f\x98\x80!"), S("\xf0\x9f\x98\x80!"), "escape: 4 bytes" },
		{ S("\xc2\x9b" "1m\xc2\xa0"), S("\\xc2\\x9b" "1m\xc2\xa0"),
		    "escape: a control of C1" },
		{ S("\xc3"), S("\\xc3"), "escape: cut character" },
		{ S("\xc3\n"), S("\\xc3\\n"), "escape: cut by a newline" },
		{ S("\xed\xa0\x80"), S("\\xed\\xa0\\x80"), "escape: surrogate" },
		{ S("\xff\xfe"), S("\\xff\\xfe"), "escape: no UTF-8 at all" },
		{ S("\xe2\x82\xff"), S("\\xe2\\x82\\xff"), "escape: broken in 3" },
		{ S("\nexit\tts=1\tpid=1"), S("\\nexit\\tts=1\\tpid=1"),
		    "escape: a forged line" },
	};
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		b.len = 0;
		text_escape(&b, cases[i].raw.p, cases[i].raw.len);
		is(slice_of(&b), cases[i].escaped, cases[i].name);
		b.len = 0;
		text_unescape(&b, cases[i].escaped.p, cases[i].escaped.len);
		is(slice_of(&b), cases[i].raw, "... and back");
	}
	free(b.p);
}

/* what text_escape() never writes */
static void
unescape(void)
{
	static const struct {
		struct slice in, out;
		const char *name;
	} cases[] = {
		{ S("\\"), S("\\"), "unescape: a backslash at the end" },
		{ S("a\\"), S("a\\"), "unescape: a backslash after text" },
		{ S("\\q"), S("\\q"), "unescape: an unknown letter" },
		{ S("\\x"), S("\\x"), "unescape: hex without digits" },
		{ S("\\x4"), S("\\x4"), "unescape: hex with one digit" },
		{ S("\\xg1"), S("\\xg1"), "unescape: hex with a wrong digit" },
		{ S("\\x1g"), S("\\x1g"), "unescape: hex with a wrong second" },
		{ S("\\x1\0"), S("\\x1\0"), "unescape: NUL is no digit" },
		{ S("\\x41"), S("A"), "unescape: hex of a letter" },
		{ S("\\xc3\\xa9"), S("\xc3\xa9"), "unescape: hex of UTF-8" },
		{ S("\\\\x41"), S("\\x41"), "unescape: an escaped backslash" },
		{ S("\\x414"), S("A4"), "unescape: two digits, not three" },
	};
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		b.len = 0;
		text_unescape(&b, cases[i].in.p, cases[i].in.len);
		is(slice_of(&b), cases[i].out, cases[i].name);
	}
	b.len = 0;
	text_unescape(&b, NULL, 0);
	text_escape(&b, NULL, 0);
	is_num(b.len, 0, "unescape: nothing, of NULL");
	free(b.p);
}

/* Every string of two bytes comes back, and is safe while it is away. */
static void
escaped(void)
{
	static const struct {
		struct slice in;
		size_t len, want;
		const char *name;
	} cases[] = {
		{ S(""), 0, 0, "escaped: nothing" },
		{ S("abc"), 0, 0, "escaped: nothing of it" },
		{ S("abc"), 2, 2, "escaped: plain" },
		{ S("abc"), 9, 3, "escaped: more than there is" },
		{ S("\\\\n\\nx"), 1, 2, "escaped: a backslash" },
		{ S("\\\\n\\nx"), 3, 5, "escaped: a newline" },
		{ S("\\xffa"), 1, 4, "escaped: hexadecimal" },
		{ S("\\xfga"), 1, 1, "escaped: no escape" },
		{ S("\\xfga"), 2, 2, "escaped: no escape, two of it" },
		{ S("a\\"), 2, 2, "escaped: a backslash at the end" },
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		is_num(text_escaped(cases[i].in.p, cases[i].in.len, cases[i].len),
		    cases[i].want, cases[i].name);
}

static void
every_pair(void)
{
	struct buf esc = { 0 }, back = { 0 };
	bool same = true, safe = true;
	char pair[2];
	unsigned i;

	for (i = 0; i < 0x10000; i++) {
		pair[0] = (char)(i >> 8);
		pair[1] = (char)i;
		esc.len = back.len = 0;
		text_escape(&esc, pair, sizeof pair);
		text_unescape(&back, esc.p, esc.len);
		same &= back.len == 2 && !memcmp(back.p, pair, 2);
		safe &= text_raw_bad(esc.p, esc.len) == esc.len &&
		    !memchr(esc.p, '\t', esc.len);
	}
	ok(same, "escape: every pair of bytes comes back");
	ok(safe, "escape: no pair of bytes leaves a raw one");
	free(esc.p);
	free(back.p);
}

static void
numbers(void)
{
	static const struct {
		struct slice in;
		uint64_t max, val;
		bool good;
		const char *name;
	} cases[] = {
		{ S("0"), 0, 0, true, "number: 0 of at most 0" },
		{ S("1"), 0, 0, false, "number: 1 of at most 0" },
		{ S(""), 9, 0, false, "number: nothing" },
		{ S("007"), 9, 7, true, "number: leading zeros" },
		{ S("9"), 9, 9, true, "number: the limit" },
		{ S("10"), 9, 0, false, "number: one more" },
		{ S("4194304"), 1 << 22, 1 << 22, true, "number: largest PID" },
		{ S("4194305"), 1 << 22, 0, false, "number: beyond it" },
		{ S("18446744073709551615"), UINT64_MAX, UINT64_MAX, true,
		    "number: 2^64 - 1" },
		{ S("18446744073709551616"), UINT64_MAX, 0, false, "number: 2^64" },
		{ S("184467440737095516150"), UINT64_MAX, 0, false,
		    "number: ten times that" },
		{ S("9223372036854775807"), INT64_MAX, INT64_MAX, true,
		    "number: 2^63 - 1" },
		{ S("9223372036854775808"), INT64_MAX, 0, false, "number: 2^63" },
		{ S("-1"), UINT64_MAX, 0, false, "number: minus" },
		{ S("+1"), UINT64_MAX, 0, false, "number: plus" },
		{ S(" 1"), UINT64_MAX, 0, false, "number: space" },
		{ S("1 "), UINT64_MAX, 0, false, "number: space behind" },
		{ S("0x10"), UINT64_MAX, 0, false, "number: hex" },
		{ S("1e3"), UINT64_MAX, 0, false, "number: exponent" },
		{ S("1\0"), UINT64_MAX, 0, false, "number: NUL" },
		{ S("1:"), UINT64_MAX, 0, false, "number: what follows 9" },
		{ S("1/"), UINT64_MAX, 0, false, "number: what precedes 0" },
		{ S("\xb1"), UINT64_MAX, 0, false, "number: 1 with the high bit" },
	};
	uint64_t val;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		val = 0;
		ok(text_number(cases[i].in.p, cases[i].in.len, cases[i].max, &val)
		    == cases[i].good && val == cases[i].val, cases[i].name);
	}
}

static void
seconds(void)
{
	static const struct {
		const char *in;
		uint64_t ns;
		bool good;
	} cases[] = {
		{ "0", 0, true }, { "2", 2000000000, true },
		{ "0.25", 250000000, true }, { ".5", 500000000, true },
		{ "1.000000001", 1000000001, true },
		{ "1000000000", 1000000000000000000, true },
		{ "1000000001", 0, false }, { "1.0000000001", 0, false },
		{ "", 0, false }, { ".", 0, false }, { "2.", 0, false },
		{ "-1", 0, false }, { "1.-5", 0, false }, { "1s", 0, false },
		{ "1.5.2", 0, false }, { "nan", 0, false }, { "1e3", 0, false },
	};
	struct buf name = { 0 };
	uint64_t ns;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		ns = 0;
		name.len = 0;
		buf_printf(&name, "seconds: '%s'", cases[i].in);
		ok(text_seconds(cases[i].in, &ns) == cases[i].good &&
		    ns == cases[i].ns, name.p);
	}
	free(name.p);
}

static void
durations(void)
{
	static const struct {
		uint64_t ns;
		const char *out;
	} cases[] = {
		{ 0, "0 ns" }, { 420, "420 ns" }, { 999, "999 ns" },
		{ 1000, "1.0 us" }, { 999949, "999.9 us" }, { 999950, "1.0 ms" },
		{ 34200000, "34.2 ms" }, { 999949999, "999.9 ms" },
		{ 999950000, "1.00 s" }, { 1530000000, "1.53 s" },
		{ 59994999999, "59.99 s" }, { 59995000000, "1 min 0 s" },
		{ 725000000000, "12 min 5 s" }, { 3599499999999, "59 min 59 s" },
		{ 3599500000000, "1 h 0 min" }, { 11520000000000, "3 h 12 min" },
		{ INT64_MAX, "2562047 h 47 min" },
		{ UINT64_MAX, "5124095 h 34 min" },
	};
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		b.len = 0;
		text_duration(&b, cases[i].ns);
		buf_addc(&b, '\0');
		is_str(b.p, cases[i].out, cases[i].out);
	}
	free(b.p);
}

typedef void convert(struct buf *, const char *, size_t);

static void
conversions(void)
{
	static const struct {
		convert *convert;
		struct slice in, out;
		const char *name;
	} cases[] = {
		{ text_utf8_show, S("a\0\n\xc3\xa9"), S("a\0\n\xc3\xa9"),
		    "show: what is valid stays" },
		{ text_utf8_show, S("\xff" "a\xc3"), S("\\xffa\\xc3"),
		    "show: each byte that is none" },
		{ text_utf8_show, S("\xed\xa0\x80"),
		    S("\\xed\\xa0\\x80"), "show: surrogate" },
		{ text_visible, S("a b\\n"), S("a b\\n"), "visible: plain" },
		{ text_visible, S("\t\n\r\x1b\x7f\0"), S("\\t\\n\\r\\x1b\\x7f\\x00"),
		    "visible: controls" },
		{ text_visible, S("\xc2\x85\xc2\x9b"), S("\\u0085\\u009b"),
		    "visible: C1" },
		{ text_visible, S("\xe2\x80\xae\xe2\x80\xa8"), S("\\u202e\\u2028"),
		    "visible: bidi and line separator" },
		{ text_visible, S("\xef\xbb\xbf"), S("\\ufeff"), "visible: BOM" },
		{ text_visible_value, S("a\\n\\x1b\\\\n\xe2\x80\xae"),
		    S("a\\n\\x1b\\n\\u202e"), "visible: of an escaped value" },
		{ text_visible_value, S("plain\xe2\x80\xae"), S("plain\\u202e"),
		    "visible: of a value without escapes" },
		{ text_visible, S("\xf3\xa0\x80\x81"), S("\\U000e0001"),
		    "visible: a tag" },
		{ text_visible, S("\xef\xbf\xbf\xf0\x9f\xbf\xbe"),
		    S("\\uffff\\U0001fffe"), "visible: no characters" },
		{ text_visible, S("\xc3\xa9\xf0\x9f\x98\x80"),
		    S("\xc3\xa9\xf0\x9f\x98\x80"), "visible: what can be seen" },
		{ text_visible, S("\xff\x80"), S("\\xff\\x80"), "visible: no UTF-8" },
	};
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		b.len = 0;
		cases[i].convert(&b, cases[i].in.p, cases[i].in.len);
		is(slice_of(&b), cases[i].out, cases[i].name);
	}
	free(b.p);
}

static void
raw_bad(void)
{
	static const struct {
		struct slice in;
		size_t at;
		const char *name;
	} cases[] = {
		{ S(""), 0, "raw: nothing" },
		{ S("fork\tts=1 \xc3\xa9\\n"), 14, "raw: all good" },
		{ S("ab\0c"), 2, "raw: NUL" },
		{ S("ab\r"), 2, "raw: CR" },
		{ S("\x1b[m"), 0, "raw: ESC" },
		{ S("ab\x7f"), 2, "raw: DEL" },
		{ S("a\xc3"), 1, "raw: cut character" },
		{ S("\t\xc3\xa9\xff"), 3, "raw: no UTF-8" },
		{ S("a\xc2\x80"), 1, "raw: the first of C1" },
		{ S("a\xc2\x9f"), 1, "raw: the last of C1" },
		{ S("a\xc2\xa0\xc3\x9b"), 5, "raw: none of C1" },
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		is_num(text_raw_bad(cases[i].in.p, cases[i].in.len), cases[i].at,
		    cases[i].name);
}

/* Each byte, at each place of a line that is longer than what is looked at in
 * one go. */
static void
raw_bad_anywhere(void)
{
	char line[40];
	unsigned c;
	size_t i, want, wrong = 0;

	memset(line, 'x', sizeof line);
	for (i = 0; i < sizeof line; i++) {
		for (c = 0; c < 256; c++) {
			line[i] = (char)c;
			want = c == '\t' || (c >= ' ' && c < 0x7f) ? sizeof line : i;
			wrong += text_raw_bad(line, sizeof line) != want;
		}
		line[i] = 'x';
	}
	is_num(wrong, 0, "raw: every byte at every place");
}

#define EURO "\xe2\x82\xac"
#define DOTS "\xe2\x80\xa6"

static void
cut(void)
{
	static const struct {
		const char *in;
		size_t max;
		const char *want, *name;
	} cases[] = {
		{ "", 2, "", "cut: nothing" },
		{ "abcdef", 6, "abcdef", "cut: it fits" },
		{ "abcdefg", 6, "abcd" DOTS "g", "cut: one too long" },
		{ "abcdefghijklmnopqrstuvwxyz", 10, "abcdef" DOTS "xyz",
		    "cut: the middle" },
		{ "abc", 2, "a" DOTS, "cut: to two" },
		{ EURO EURO EURO EURO, 4, EURO EURO EURO EURO,
		    "cut: characters, not bytes" },
		{ EURO EURO EURO EURO "x", 4, EURO EURO DOTS "x",
		    "cut: between characters" },
		{ "x" EURO EURO EURO EURO, 4, "x" EURO DOTS EURO,
		    "cut: between characters at the end" },
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = { 0 };

		text_cut(&b, cases[i].in, strlen(cases[i].in), cases[i].max);
		is(slice_of(&b), (struct slice){ cases[i].want,
		    strlen(cases[i].want) }, cases[i].name);
		free(b.p);
	}
}

int
main(void)
{
	utf8();
	escapes();
	unescape();
	escaped();
	every_pair();
	numbers();
	seconds();
	durations();
	conversions();
	raw_bad();
	raw_bad_anywhere();
	cut();
	return done();
}
