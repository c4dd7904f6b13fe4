#include "json/jsonc.h"

#include <json.h>

#include <err.h>
#include <errno.h>
#include <limits.h>

#include "base/text.h"

enum { DEL = 0x7f };

_Noreturn void
jsonc_no_memory(void)
{
	errx(2, "out of memory");
}

struct json_object *
jsonc_checked(struct json_object *obj)
{
	if (!obj)
		jsonc_no_memory();
	return obj;
}

struct slice
jsonc_text(struct json_object *obj, int style)
{
	struct slice text;

	errno = 0;
	text.p = json_object_to_json_string_length(obj, style, &text.len);
	if (!text.p || errno == ENOMEM)
		jsonc_no_memory();
	return text;
}

struct slice
jsonc_clean(struct buf *b, const char *p, size_t len)
{
	size_t i;

	for (i = 0; i < len && (unsigned char)p[i] < 0x80; i++)
		;
	if (i < len) {
		b->len = 0;
		text_utf8_clean(b, p, len);
		p = b->p;
		len = b->len;
	}
	if (len >= INT_MAX)
		errx(2, "a string of 2 GiB or more");
	return (struct slice){ p, len };
}

struct json_object *
jsonc_string(struct slice s)
{
	return jsonc_checked(json_object_new_string_len(s.len ? s.p : "", (int)s.len));
}

/* How many of the len bytes at p a terminal may have: up to a DEL or a C1
 * control (U+0080 to U+009F). They are in strings, json-c leaves them. */
static size_t
harmless(const char *p, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (p[i] == DEL || (p[i] == '\xc2' && i + 1 < len &&
		    (unsigned char)p[i + 1] < 0xa0))
			break;
	return i;
}

void
jsonc_write_line(struct slice s, FILE *fp)
{
	size_t n;

	while ((n = harmless(s.p, s.len)) < s.len) {
		fwrite(s.p, 1, n, fp);
		n += s.p[n] != DEL;
		fprintf(fp, "\\u%04x", (unsigned)(unsigned char)s.p[n]);
		s.p += n + 1;
		s.len -= n + 1;
	}
	fwrite(s.p, 1, s.len, fp);
	putc('\n', fp);
}
