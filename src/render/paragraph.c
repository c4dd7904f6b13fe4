#include "render/paragraph.h"

#include <string.h>

#include "base/text.h"

static void
indent(struct buf *b, size_t columns)
{
	while (columns--)
		buf_addc(b, ' ');
}

/* How much of the text goes on a line: up to a blank, all of it, or at least
 * one word. */
static size_t
fit(const char *p, size_t n, size_t columns)
{
	const char *blank;
	size_t end = 0, next;

	do {
		blank = memchr(p + end, ' ', n - end);
		next = blank ? (size_t)(blank - p) : n;
		if (end && text_length(p, next) > columns)
			return end - 1;
		end = next + 1;
	} while (next < n);
	return n;
}

void
paragraph_add(struct buf *b, const struct term *term, const char *p, size_t n,
    size_t columns, size_t first, size_t more)
{
	size_t left, len, at = first;

	do {
		left = columns > at ? columns - at : 1;
		len = columns ? fit(p, n, left) : n;
		indent(b, at);
		term_add(term, b, p, len, columns ? left : 0);
		buf_addc(b, '\n');
		len += len < n;		/* the blank */
		p += len;
		n -= len;
		at = more;
	} while (n);
}
