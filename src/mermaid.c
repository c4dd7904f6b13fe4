#include "mermaid.h"

#include <inttypes.h>
#include <string.h>

enum { TICKS = 10 };

void
mermaid_escape(struct buf *b, const char *p, size_t n)
{
	static const char special[] = "#:;%<>\"&`";
	size_t i;

	for (i = 0; i < n; i++)
		if (p[i] && strchr(special, p[i])) {
			buf_printf(b, "#%d;", p[i]);
		} else if (n - i >= 3 && !memcmp(p + i, "\xef\xac\x82", 3)) {
			/* U+FB02 and U+00B6 are what Mermaid itself writes in
			 * place of the # and the ; of an escape */
			buf_adds(b, "#64258;");
			i += 2;
		} else if (n - i >= 2 && !memcmp(p + i, "\xc2\xb6", 2)) {
			buf_adds(b, "#182;");
			i++;
		} else {
			buf_addc(b, p[i]);
		}
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
