#include "json/stream.h"

#include <stdlib.h>

#include "json/literal.h"

enum { FLUSH = 1 << 16 };

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
json_stream_count(struct json_stream *j, uint64_t n)
{
	json_stream_number(j, n > INT64_MAX ? INT64_MAX : (int64_t)n);
}

void
json_stream_null(struct json_stream *j)
{
	separate(j);
	buf_adds(&j->buf, "null");
}

void
json_stream_true(struct json_stream *j)
{
	separate(j);
	buf_adds(&j->buf, "true");
}

void
json_stream_string(struct json_stream *j, const char *p, size_t n)
{
	separate(j);
	json_literal_text(&j->buf, p, n, true);
}

void
json_stream_finish(struct json_stream *j)
{
	flush(j, 0);
	free(j->buf.p);
	j->buf = (struct buf){ 0 };
}
