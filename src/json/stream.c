#include "json/stream.h"

#include <stdlib.h>

enum { FLUSH = 1 << 16, DEL = 0x7f };

static void
flush(struct json_stream *j, size_t above)
{
	if (j->buf.len <= above)
		return;
	fwrite(j->buf.p, 1, j->buf.len, j->to);
	j->buf.len = 0;
}

static void
separate(struct json_stream *j)
{
	if (j->comma)
		buf_addc(&j->buf, ',');
	j->comma = true;
	flush(j, FLUSH);
}

void
json_stream_key(struct json_stream *j, const char *name)
{
	separate(j);
	buf_printf(&j->buf, "\"%s\":", name);
	j->comma = false;
}

void
json_stream_begin(struct json_stream *j, const char *name, char bracket)
{
	if (name)
		json_stream_key(j, name);
	else
		separate(j);
	buf_addc(&j->buf, bracket);
	j->comma = false;
}

void
json_stream_end(struct json_stream *j, char bracket)
{
	buf_addc(&j->buf, bracket);
	j->comma = true;
}

void
json_stream_number(struct json_stream *j, int64_t n)
{
	separate(j);
	if (n < 0)
		buf_addc(&j->buf, '-');
	buf_addu(&j->buf, n < 0 ? -(uint64_t)n : (uint64_t)n);
}

void
json_stream_null(struct json_stream *j)
{
	separate(j);
	buf_adds(&j->buf, "null");
}

/* Appends the character at p escaped, if it must be: how many bytes it has, or
 * 0. */
static size_t
add_special(struct buf *b, const char *p, size_t n)
{
	const unsigned char *s = (const unsigned char *)p;

	if (*p == '"' || *p == '\\') {
		buf_addc(b, '\\');
		buf_addc(b, *p);
		return 1;
	}
	if (*p == '<' || s[0] < ' ' || s[0] == DEL) {
		buf_printf(b, "\\u%04x", s[0]);
		return 1;
	}
	/* C1 controls: the page may be shown on a terminal */
	if (n >= 2 && s[0] == 0xc2 && s[1] < 0xa0) {
		buf_printf(b, "\\u%04x", s[1]);
		return 2;
	}
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
json_stream_string(struct json_stream *j, const char *p, size_t n)
{
	size_t i = 0, from = 0, len;

	separate(j);
	buf_addc(&j->buf, '"');
	while (i < n) {
		if (p[i] > '\\' && p[i] < DEL) {
			i++;
			continue;
		}
		buf_add(&j->buf, p + from, i - from);
		from = i;
		len = add_special(&j->buf, p + i, n - i);
		from += len;
		i += len ? len : 1;
	}
	buf_add(&j->buf, p + from, n - from);
	buf_addc(&j->buf, '"');
}

void
json_stream_finish(struct json_stream *j)
{
	flush(j, 0);
	free(j->buf.p);
	j->buf = (struct buf){ 0 };
}
