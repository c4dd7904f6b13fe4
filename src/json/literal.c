#include "json/literal.h"

#include <inttypes.h>
#include <stdbool.h>

#include "base/text.h"

/* integers that a double holds */
static const uint64_t MAX_EXACT = UINT64_C(1) << 53;

static bool
is_special(char c)
{
	return c == '"' || c == '\\';
}

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
