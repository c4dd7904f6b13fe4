#include "render/shquote.h"

#include <stdbool.h>
#include <string.h>

#include "base/ascii.h"
#include "base/text.h"

static bool
is_plain(char c)
{
	return ascii_is_alnum(c) || (c && strchr("_@%+=:,./-", c));
}

/* The length of the character at p that may stand between quotes, or 0. */
static size_t
shown(const char *p, size_t n)
{
	size_t len = text_utf8(p, n);

	if (*p == '\n')
		return 1;
	return len && text_raw_bad(p, len) == len ? len : 0;
}

static size_t
add_quoted(struct buf *b, const char *p, size_t n)
{
	size_t i = 0, len;

	buf_addc(b, '\'');
	while (i < n && (len = shown(p + i, n - i))) {
		if (p[i] == '\'')
			buf_adds(b, "'\\''");
		else
			buf_add(b, p + i, len);
		i += len;
	}
	buf_addc(b, '\'');
	return i;
}

static size_t
add_printed(struct buf *b, const char *p, size_t n)
{
	size_t i;

	buf_adds(b, "\"$(printf '");
	for (i = 0; i < n && !shown(p + i, n - i); i++)
		buf_printf(b, "\\%03o", (unsigned)(unsigned char)p[i]);
	buf_adds(b, "')\"");
	return i;
}

void
shquote(struct buf *b, const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n && is_plain(p[i]); i++)
		;
	if (n && i == n && *p != '=') {
		buf_add(b, p, n);
		return;
	}
	if (!n)
		buf_adds(b, "''");
	for (i = 0; i < n; )
		i += shown(p + i, n - i) ? add_quoted(b, p + i, n - i) :
		    add_printed(b, p + i, n - i);
}
