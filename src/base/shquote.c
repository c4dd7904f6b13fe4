#include "base/shquote.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"
#include "base/text.h"

static bool
is_plain(char c)
{
	return ascii_is_alnum(c) || (c && strchr("_@%+=:,./-", c));
}

/* Nothing in the word is special; zsh replaces =NAME by a path. */
static bool
is_plain_word(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n && is_plain(p[i]); i++)
		;
	return n && i == n && *p != '=';
}

/* The length of the character at p that may stand between quotes, or 0. */
static size_t
quotable(const char *p, size_t n)
{
	return *p == '\n' ? 1 : text_shown(p, n);
}

static void
add_quoted(struct buf *b, const char *p, size_t n)
{
	size_t i;

	buf_addc(b, '\'');
	for (i = 0; i < n; i++)
		if (p[i] == '\'')
			buf_adds(b, "'\\''");
		else
			buf_addc(b, p[i]);
	buf_addc(b, '\'');
}

static void
add_printed(struct buf *b, const char *p, size_t n)
{
	size_t i;

	buf_adds(b, "\"$(printf '");
	for (i = 0; i < n; i++)
		buf_printf(b, "\\%03o", (unsigned)(unsigned char)p[i]);
	buf_adds(b, "')\"");
}

/* How many bytes from p on may all stand between quotes, or all not. */
static size_t
run(const char *p, size_t n, bool *quote)
{
	size_t i = 0, len;

	*quote = quotable(p, n) > 0;
	while (i < n && ((len = quotable(p + i, n - i)) > 0) == *quote)
		i += len ? len : 1;
	return i;
}

void
shquote(struct buf *b, const char *p, size_t n)
{
	size_t i, len;
	bool quote;

	if (is_plain_word(p, n)) {
		buf_add(b, p, n);
		return;
	}
	if (!n)
		buf_adds(b, "''");
	for (i = 0; i < n; i += len) {
		len = run(p + i, n - i, &quote);
		if (quote)
			add_quoted(b, p + i, len);
		else
			add_printed(b, p + i, len);
	}
}

/* U+00A0, U+1680, U+2000 to U+200A, U+202F, U+205F, U+3000 */
static bool
is_blank(const char *p, size_t len)
{
	static const char *const blanks[] = {
		"\xc2\xa0", "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81",
		"\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84",
		"\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87",
		"\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a",
		"\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80", NULL,
	};

	return slice_is_one_of((struct slice){ p, len }, blanks);
}

/* Letters of other scripts are no more special to a shell than those of ASCII. */
static bool
is_shown_plain(const char *p, size_t n)
{
	size_t i, len;

	for (i = 0; i < n; i += len) {
		len = text_shown(p + i, n - i);
		if (!len || (len == 1 ? !is_plain(p[i]) : is_blank(p + i, len)))
			return false;
	}
	return n && *p != '=';
}

static bool
is_shown(const char *p, size_t n)
{
	size_t i = 0, len;

	while (i < n && (len = text_shown(p + i, n - i)))
		i += len;
	return i == n;
}

static void
add_dollar_quoted(struct buf *b, const char *p, size_t n)
{
	const char *end = p + n;
	size_t len;

	buf_adds(b, "$'");
	for (; p < end; p += len) {
		len = text_utf8(p, (size_t)(end - p));
		len = len ? len : 1;
		if (*p == '\'' || *p == '\\')
			buf_addc(b, '\\');
		text_visible(b, p, len);
	}
	buf_addc(b, '\'');
}

/* Appends the bytes, in quotes if need be. */
static void
add_shown(struct buf *b, const char *p, size_t n)
{
	if (is_shown_plain(p, n))
		buf_add(b, p, n);
	else if (is_shown(p, n))
		add_quoted(b, p, n);
	else
		add_dollar_quoted(b, p, n);
}

void
shquote_shown(struct buf *b, const char *p, size_t n)
{
	struct buf raw = { 0 };

	if (is_plain_word(p, n)) {	/* it has no backslash, then */
		buf_add(b, p, n);
	} else if (n && memchr(p, '\\', n)) {
		text_unescape(&raw, p, n);
		add_shown(b, raw.p, raw.len);
		free(raw.p);
	} else {
		add_shown(b, p, n);
	}
}

/* what a shell does not take for the name of a program */
static bool
is_reserved(struct slice word)
{
	static const char *const words[] = {
		"case", "coproc", "do", "done", "elif", "else", "esac", "fi",
		"for", "function", "if", "in", "select", "then", "time",
		"until", "while", NULL,
	};

	return slice_is_one_of(word, words) ||
	    (word.len && memchr(word.p, '=', word.len));
}

void
shquote_shown_first(struct buf *b, const char *p, size_t n)
{
	if (is_reserved((struct slice){ p, n }) && is_plain_word(p, n))
		add_quoted(b, p, n);
	else
		shquote_shown(b, p, n);
}
