/* shquote - words for shells */
#include "base/shquote.h"
#include "base/text.h"
#include "tap.h"

static const struct {
	const char *in, *shown, *script;	/* in is escaped */
} cases[] = {
	{ "", "''", "''" },
	{ "a", "a", "a" },
	{ "/usr/bin/cc-12", "/usr/bin/cc-12", "/usr/bin/cc-12" },
	{ "-DX=1,2:3%4+5@6", "-DX=1,2:3%4+5@6", "-DX=1,2:3%4+5@6" },
	{ "=ls", "'=ls'", "'=ls'" },
	{ "a b", "'a b'", "'a b'" },
	{ "*", "'*'", "'*'" },
	{ "$(id)`id`", "'$(id)`id`'", "'$(id)`id`'" },
	{ "~", "'~'", "'~'" },
	{ "don't", "'don'\\''t'", "'don'\\''t'" },
	{ "\\\\", "'\\'", "'\\'" },
	{ "a\\nb", "$'a\\nb'", "'a\nb'" },
	{ "a\\tb", "$'a\\tb'", "'a'\"$(printf '\\011')\"'b'" },
	{ "\\x1b[1m", "$'\\x1b[1m'", "\"$(printf '\\033')\"'[1m'" },
	{ "\\xff\\xfex", "$'\\xff\\xfex'", "\"$(printf '\\377\\376')\"'x'" },
	{ "\\\\'\\r", "$'\\\\\\'\\r'", "'\\'\\'''\"$(printf '\\015')\"" },
	{ "\xe2\x80\xaex", "$'\\u202ex'", "\"$(printf '\\342\\200\\256')\"'x'" },
	{ "caf\xc3\xa9", "caf\xc3\xa9", "'caf\xc3\xa9'" },
	{ "a\xc2\xa0z", "'a\xc2\xa0z'", "'a\xc2\xa0z'" },
	{ "a\xe3\x80\x80", "'a\xe3\x80\x80'", "'a\xe3\x80\x80'" },
};

static void
add(struct buf *b, const char *escaped, bool shown)
{
	struct buf raw = { 0 };

	text_unescape(&raw, escaped, strlen(escaped));
	if (shown)
		shquote_shown(b, escaped, strlen(escaped));
	else
		shquote(b, raw.p, raw.len);
	buf_addc(b, '\0');
	free(raw.p);
}

static void
first(const char *in, const char *want)
{
	struct buf b = { 0 };

	shquote_shown_first(&b, in, strlen(in));
	buf_addc(&b, '\0');
	is_str(b.p, want, want);
	free(b.p);
}

int
main(void)
{
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = { 0 };

		add(&b, cases[i].in, true);
		is_str(b.p, cases[i].shown, cases[i].shown);
		b.len = 0;
		add(&b, cases[i].in, false);
		is_str(b.p, cases[i].script, "the same for a script");
		free(b.p);
	}
	first("make", "make");
	first("if", "'if'");
	first("A=b", "'A=b'");
	first("a b", "'a b'");
	return done();
}
