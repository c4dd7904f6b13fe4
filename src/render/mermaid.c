#include "render/mermaid.h"

#include <inttypes.h>
#include <string.h>

enum { TICKS = 10 };

/* The code point of the character at p if it needs an escape, and its length;
 * or 0, and 1. */
static unsigned
special(const char *p, size_t n, size_t *len)
{
	*len = 1;
	if (*p && strchr("#:;%<&`", *p))
		return (unsigned char)*p;
	/* U+FB02 and U+00B6 are what Mermaid itself writes in place of the #
	 * and the ; of an escape */
	if (n >= 3 && !memcmp(p, "\xef\xac\x82", 3)) {
		*len = 3;
		return 0xfb02;
	}
	if (n >= 2 && !memcmp(p, "\xc2\xb6", 2)) {
		*len = 2;
		return 0xb6;
	}
	return 0;
}

void
mermaid_escape(struct buf *b, const char *p, size_t n)
{
	const char *end = p + n;
	unsigned code;
	size_t len;

	for (; p < end; p += len) {
		code = special(p, (size_t)(end - p), &len);
		if (code)
			buf_printf(b, "#%u;", code);
		else
			buf_addc(b, *p);
	}
}

size_t
mermaid_escapes(const char *p, size_t n)
{
	const char *end = p + n;
	size_t len, count = 0;

	for (; p < end; p += len)
		count += special(p, (size_t)(end - p), &len) > 0;
	return count;
}

/* 1, 2 or 5 times a power of ten, for at most TICKS ticks */
static uint64_t
tick_interval(uint64_t total)
{
	static const unsigned steps[] = { 1, 2, 5 };
	uint64_t scale, i, least = total / TICKS + (total % TICKS > 0);

	for (scale = 1;; scale *= 10)
		for (i = 0; i < sizeof steps / sizeof *steps; i++)
			if (scale * steps[i] >= least)
				return scale * steps[i];
}

/* Mermaid takes the times for milliseconds since 1970, whole ones only. %s,
 * the seconds, do not wrap at a minute and know no time zone. */
void
mermaid_gantt(struct buf *b, struct slice title, uint64_t total,
    const char *unit)
{
	uint64_t tick = tick_interval(total);

	buf_adds(b, "---\nconfig:\n  gantt:\n    leftPadding: 150\n---\ngantt\n"
	    "    title ");
	mermaid_escape(b, title.p, title.len);
	buf_printf(b, "\n    dateFormat x\n    axisFormat %%s%s %s\n",
	    tick % 1000 ? ".%L" : "", unit);
	buf_printf(b, "    tickInterval %" PRIu64 "millisecond\n"
	    "    todayMarker off\n", tick);
}
