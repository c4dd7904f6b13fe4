#include "json/literal.h"

#include <inttypes.h>

#include "base/text.h"

enum { DEL = 0x7f };

/* Appends the character at p escaped, if it must be: how many bytes it has, or
 * 0. */
static size_t
add_special(struct buf *b, const char *p, size_t n, bool in_html)
{
	const unsigned char *s = (const unsigned char *)p;

	if (*p == '"' || *p == '\\') {
		buf_addc(b, '\\');
		buf_addc(b, *p);
		return 1;
	}
	if ((in_html && *p == '<') || s[0] < ' ' || s[0] == DEL) {
		buf_printf(b, "\\u%04x", s[0]);
		return 1;
	}
	/* C1 controls: the page may be shown on a terminal */
	if (n >= 2 && s[0] == 0xc2 && s[1] < 0xa0) {
		buf_printf(b, "\\u%04x", s[1]);
		return 2;
	}
	if (n >= 3 && s[0] == 0xe2 && (s[1] & 0xfe) == 0x80) {
		buf_printf(b, "\\u%04x",
		    0x2000 + ((s[1] & 1u) << 6) + (s[2] & 0x3fu));
		return 3;
	}
	return 0;
}

void
json_literal_text(struct buf *b, const char *p, size_t n, bool in_html)
{
	size_t i = 0, from = 0, len;

	buf_addc(b, '"');
	while (i < n) {
		if (p[i] > '\\' && p[i] < DEL) {
			i++;
			continue;
		}
		buf_add(b, p + from, i - from);
		from = i;
		len = add_special(b, p + i, n - i, in_html);
		from += len;
		i += len ? len : 1;
	}
	buf_add(b, p + from, n - from);
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
