#include "json/writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { FLUSH = 1 << 16, DEL = 0x7f, INDENT = 2 };

static void
flush(struct json_writer *w, size_t above)
{
	if (w->buf.len <= above)
		return;
	fwrite(w->buf.p, 1, w->buf.len, w->to);
	w->buf.len = 0;
}

static void
add_newline(struct json_writer *w)
{
	size_t i;

	buf_addc(&w->buf, '\n');
	for (i = 0; i < INDENT * w->open.len; i++)
		buf_addc(&w->buf, ' ');
}

static void
add_u(struct buf *b, unsigned code)
{
	buf_printf(b, "\\u%04x", code);
}

/* One that may not stand in a string as it is, or one that may: both
 * are a single byte. */
static void
add_ascii(struct json_writer *w, char c)
{
	static const char special[] = "\"\\\b\f\n\r\t", names[] = "\"\\bfnrt";
	const char *at = c ? strchr(special, c) : NULL;

	if (at) {
		buf_addc(&w->buf, '\\');
		buf_addc(&w->buf, names[at - special]);
	} else if (c >= 0 && c < ' ') {
		add_u(&w->buf, (unsigned char)c);
	} else if (c == DEL || (c == '<' && w->mode == JSON_WRITER_SCRIPT)) {
		add_u(&w->buf, (unsigned char)c);
	} else {
		buf_addc(&w->buf, c);
	}
}

/* Adds the character or the bad byte at p, which is not ASCII: its length. */
static size_t
add_multibyte(struct json_writer *w, const char *p, size_t n)
{
	const unsigned char *s = (const unsigned char *)p;
	size_t len = text_utf8(p, n);

	if (!len) {
		buf_adds(&w->buf, "\xef\xbf\xbd");
		return 1;
	}
	if (s[0] == 0xc2 && s[1] < 0xa0)	/* a C1 control */
		add_u(&w->buf, s[1]);
	else if (w->mode == JSON_WRITER_SCRIPT && s[0] == 0xe2 &&
	    (s[1] & 0xfe) == 0x80)
		add_u(&w->buf, 0x2000 + ((s[1] & 1u) << 6) + (s[2] & 0x3fu));
	else
		buf_add(&w->buf, p, len);
	return len;
}

static bool
is_plain(char c)
{
	return (c > '\\' && c < DEL) || (c >= '-' && c < '<') ||
	    (c > '<' && c < '\\') || c == ' ';
}

static void
add_string(struct json_writer *w, const char *p, size_t n)
{
	size_t i = 0, from;

	buf_addc(&w->buf, '"');
	while (i < n) {
		for (from = i; i < n && is_plain(p[i]); i++)
			;
		buf_add(&w->buf, p + from, i - from);
		if (i == n)
			break;
		if ((unsigned char)p[i] < 0x80)
			add_ascii(w, p[i++]);
		else
			i += add_multibyte(w, p + i, n - i);
	}
	buf_addc(&w->buf, '"');
}

/* What stands before a value. */
static void
begin_value(struct json_writer *w, const char *key)
{
	if (w->comma)
		buf_addc(&w->buf, ',');
	w->comma = true;
	if (w->mode == JSON_WRITER_PRETTY && w->open.len)
		add_newline(w);
	if (key) {
		add_string(w, key, strlen(key));
		buf_addc(&w->buf, ':');
		if (w->mode == JSON_WRITER_PRETTY)
			buf_addc(&w->buf, ' ');
	}
}

/* What stands behind one. */
static void
end_value(struct json_writer *w)
{
	if (!w->open.len) {
		if (w->mode != JSON_WRITER_SCRIPT)
			buf_addc(&w->buf, '\n');
		w->comma = false;
		flush(w, 0);
	} else {
		flush(w, FLUSH);
	}
}

static void
open_value(struct json_writer *w, const char *key, char begin, char end)
{
	begin_value(w, key);
	buf_addc(&w->buf, begin);
	buf_addc(&w->open, end);
	w->comma = false;
}

void
json_writer_object(struct json_writer *w, const char *key)
{
	open_value(w, key, '{', '}');
}

void
json_writer_array(struct json_writer *w, const char *key)
{
	open_value(w, key, '[', ']');
}

void
json_writer_close(struct json_writer *w)
{
	char end = w->open.p[--w->open.len];

	if (w->comma && w->mode == JSON_WRITER_PRETTY)
		add_newline(w);
	buf_addc(&w->buf, end);
	w->comma = true;
	end_value(w);
}

void
json_writer_literal(struct json_writer *w, const char *key, struct slice s)
{
	begin_value(w, key);
	buf_add(&w->buf, s.p, s.len);
	end_value(w);
}

void
json_writer_null(struct json_writer *w, const char *key)
{
	json_writer_literal(w, key, (struct slice){ "null", 4 });
}

void
json_writer_bool(struct json_writer *w, const char *key, bool yes)
{
	json_writer_literal(w, key, yes ? (struct slice){ "true", 4 } :
	    (struct slice){ "false", 5 });
}

void
json_writer_number(struct json_writer *w, const char *key, int64_t n)
{
	begin_value(w, key);
	if (n < 0)
		buf_addc(&w->buf, '-');
	buf_addu(&w->buf, n < 0 ? -(uint64_t)n : (uint64_t)n);
	end_value(w);
}

void
json_writer_decimal(struct json_writer *w, const char *key, double n)
{
	begin_value(w, key);
	buf_printf(&w->buf, "%.4f", n);
	while (w->buf.p[w->buf.len - 1] == '0')
		w->buf.len--;
	if (w->buf.p[w->buf.len - 1] == '.')
		w->buf.len--;
	end_value(w);
}

void
json_writer_string(struct json_writer *w, const char *key, const char *p,
    size_t len)
{
	begin_value(w, key);
	add_string(w, p, len);
	end_value(w);
}

void
json_writer_finish(struct json_writer *w)
{
	free(w->buf.p);
	free(w->open.p);
	*w = (struct json_writer){ .to = w->to, .mode = w->mode };
}
