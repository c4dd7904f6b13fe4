#include "json/literal.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"

enum { DEL = 0x7f };

/* The character at p is one from U+2000 to U+207F; it is whole. */
static bool
is_without_look(const unsigned char *p)
{
	return p[0] == 0xe2 && (p[1] & 0xfe) == 0x80;
}

static void
add_by_number(struct buf *b, unsigned code)
{
	buf_printf(b, "\\u%04x", code);
}

/* One that may not stand in a string as it is, or one that may: both are a
 * single byte. */
static void
add_ascii(struct buf *b, char c, enum json_literal_mode mode)
{
	static const char special[] = "\"\\\b\f\n\r\t", names[] = "\"\\bfnrt";
	const char *at = c ? strchr(special, c) : NULL;

	if (at && (mode == JSON_LITERAL_SHORT || c == '"' || c == '\\')) {
		buf_addc(b, '\\');
		buf_addc(b, names[at - special]);
	} else if (c < ' ' || c == DEL ||
	    (c == '<' && mode == JSON_LITERAL_SCRIPT)) {
		add_by_number(b, (unsigned char)c);
	} else {
		buf_addc(b, c);
	}
}

/* Adds the character or the bad byte at p, which is not ASCII: its length. */
static size_t
add_multibyte(struct buf *b, const char *p, size_t n,
    enum json_literal_mode mode)
{
	const unsigned char *s = (const unsigned char *)p;
	size_t len = text_utf8(p, n);

	if (!len) {
		buf_adds(b, "\xef\xbf\xbd");
		return 1;
	}
	if (s[0] == 0xc2 && s[1] < 0xa0)	/* a C1 control */
		add_by_number(b, s[1]);
	else if (mode != JSON_LITERAL_SHORT && is_without_look(s))
		add_by_number(b, 0x2000 + ((s[1] & 1u) << 6) + (s[2] & 0x3fu));
	else
		buf_add(b, p, len);
	return len;
}

static bool
is_plain(char c)
{
	return (c > '\\' && c < DEL) || (c >= '-' && c < '<') ||
	    (c > '<' && c < '\\') || c == ' ';
}

void
json_literal_text(struct buf *b, const char *p, size_t n,
    enum json_literal_mode mode)
{
	size_t i = 0, from;

	buf_addc(b, '"');
	while (i < n) {
		for (from = i; i < n && is_plain(p[i]); i++)
			;
		buf_add(b, p + from, i - from);
		if (i == n)
			break;
		if ((unsigned char)p[i] < 0x80)
			add_ascii(b, p[i++], mode);
		else
			i += add_multibyte(b, p + i, n - i, mode);
	}
	buf_addc(b, '"');
}

static bool
is_special(char c)
{
	return c == '"' || c == '\\';
}

/* integers that a double holds */
static const uint64_t MAX_EXACT = UINT64_C(1) << 53;

static size_t
begin_string(struct buf *b)
{
	buf_addc(b, '"');
	return b->len;
}

/* Escapes what was appended since. */
static void
end_string(struct buf *b, size_t start)
{
	size_t from = b->len, to = b->len, i;

	for (i = start; i < from; i++)
		to += is_special(b->p[i]);
	buf_reserve(b, to - from);
	b->len = to;
	while (from < to) {
		b->p[--to] = b->p[--from];
		if (is_special(b->p[to]))
			b->p[--to] = '\\';
	}
	buf_addc(b, '"');
}

void
json_literal_string(struct buf *b, const char *p, size_t n)
{
	size_t start = begin_string(b);

	text_visible(b, p, n);
	end_string(b, start);
}

void
json_literal_value_string(struct buf *b, struct slice val)
{
	size_t start = begin_string(b);

	text_visible_value(b, val.p, val.len);
	end_string(b, start);
}

void
json_literal_value(struct buf *b, struct slice val)
{
	uint64_t n;

	if (text_number(val.p, val.len, MAX_EXACT, &n) &&
	    (*val.p != '0' || val.len == 1))
		buf_addu(b, n);
	else
		json_literal_value_string(b, val);
}

void
json_literal_us(struct buf *b, uint64_t ns)
{
	buf_printf(b, "%" PRIu64 ".%03u", ns / 1000, (unsigned)(ns % 1000));
}
