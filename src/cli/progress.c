#include "cli/progress.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

enum {
	FIRST_MS = 2000,	/* of a filter's reading, before it is shown */
	AGAIN_MS = 300,
	MEGA = 1000 * 1000,
};

static bool shown;

bool
progress_visible(void)
{
	return isatty(STDERR_FILENO);
}

void
progress_show(const char *fmt, ...)
{
	char line[128];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	/* at once: somebody else may write as well */
	fprintf(stderr, "\r\033[K%s\r", line);
	shown = true;
}

void
progress_clear(void)
{
	if (shown)
		fputs("\r\033[K", stderr);
	shown = false;
}

void
progress_read(off_t done, off_t size)
{
	static uint64_t due;	/* 0: not begun; UINT64_MAX: never */
	uint64_t now = clock_ns();
	int reason = errno;

	if (!due)
		due = progress_visible() && !isatty(STDOUT_FILENO) ?
		    now + (uint64_t)FIRST_MS * 1000000 : UINT64_MAX;
	errno = reason;
	if (now < due)
		return;
	due = now + (uint64_t)AGAIN_MS * 1000000;
	progress_show("read %lld of %lld MB", (long long)(done / MEGA),
	    (long long)(size / MEGA));
}
