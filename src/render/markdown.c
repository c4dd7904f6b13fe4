#include "render/markdown.h"

#include <stdbool.h>
#include <string.h>

enum { REFERENCE = 5, LEFT_OUT = 40 };	/* bytes: &#42; and the last line */

/* Punctuation that means something somewhere: Markdown, HTML, GitLab's math,
 * "::" and "##[" of workflow commands, @user, http:. The '.' of "www." makes a
 * link, too. */
static bool
is_special(const char *p, size_t i)
{
	if (p[i] == '.')
		return i > 0 && (p[i - 1] == 'w' || p[i - 1] == 'W');
	return p[i] && strchr("\\`*_{}[]<>#!|~&:@$", p[i]);
}

static void
add(struct buf *b, const char *p, size_t n, bool lines)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (is_special(p, i))
			buf_printf(b, "&#%d;", p[i]);
		else if (p[i] == '-' && (!i || p[i - 1] == '\n'))
			buf_adds(b, "&#45;");
		else if (lines || p[i] != '\n')
			buf_addc(b, p[i]);
		else
			buf_addc(b, ' ');
}

void
markdown_text(struct buf *b, const char *p, size_t n)
{
	add(b, p, n, false);
}

/* A command may have backquotes in it: then what is marked may be wrong, but
 * nothing else. An odd one is no mark. */
void
markdown_sentence(struct buf *b, const char *p, size_t n)
{
	const char *end = p + n, *mark, *close;

	while ((mark = memchr(p, '`', (size_t)(end - p))) &&
	    (close = memchr(mark + 1, '`', (size_t)(end - mark - 1)))) {
		add(b, p, (size_t)(mark - p), false);
		buf_adds(b, "<code>");
		add(b, mark + 1, (size_t)(close - mark - 1), false);
		buf_adds(b, "</code>");
		p = close + 1;
	}
	add(b, p, (size_t)(end - p), false);
}

/* How many of n bytes are whole lines that are at most max bytes long. */
static size_t
fitting(const char *p, size_t n, size_t max)
{
	size_t i, end = 0, len = 0;

	for (i = 0; i < n && len <= max; i++) {
		len += is_special(p, i) || p[i] == '-' ? REFERENCE + 1 : 1;
		if (p[i] == '\n' && len <= max)
			end = i + 1;
	}
	return i == n && len <= max ? n : end;
}

void
markdown_lines(struct buf *b, const char *p, size_t n, size_t max)
{
	static const char open[] = "<pre>\n", close[] = "</pre>\n\n";
	const size_t frame = sizeof open + sizeof close + LEFT_OUT;
	size_t shown = fitting(p, n, max > frame ? max - frame : 0), i, left = 0;

	for (i = shown; i < n; i++)
		left += p[i] == '\n';
	buf_adds(b, open);
	add(b, p, shown, true);
	if (left)
		buf_printf(b, "... and %zu more lines\n", left);
	buf_adds(b, close);
}
