#include "json/writer.h"

#include <stdlib.h>
#include <string.h>

#include "json/literal.h"

enum { FLUSH = 1 << 16, INDENT = 2 };

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
add_string(struct json_writer *w, const char *p, size_t n)
{
	json_literal_text(&w->buf, p, n, w->mode == JSON_WRITER_SCRIPT ?
	    JSON_LITERAL_SCRIPT : JSON_LITERAL_SHORT);
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
	buf_addi(&w->buf, n);
	end_value(w);
}

void
json_writer_count(struct json_writer *w, const char *key, uint64_t n)
{
	json_writer_number(w, key, n > INT64_MAX ? INT64_MAX : (int64_t)n);
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
