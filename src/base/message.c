#ifdef __linux__
#define _GNU_SOURCE	/* program_invocation_short_name */
#endif
#include "base/message.h"

#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

enum { LENGTH_MAX = 16 * 1024 };	/* what is longer is cut */

static const char *name;

void
message_name(const char *program)
{
	name = program;
}

static const char *
own_name(void)
{
#ifdef __linux__
	return name ? name : program_invocation_short_name;
#else
	return name ? name : "proctrace";
#endif
}

/* reason: an errno, or 0 */
static void __attribute__((format(printf, 1, 0)))
say(const char *fmt, va_list ap, int reason)
{
	static char text[LENGTH_MAX];
	static bool busy;	/* there is no memory to say it with */
	struct buf b = { 0 };
	int len = snprintf(text, sizeof text, "%s: ", own_name());

	if (fmt && len > 0 && len < LENGTH_MAX)
		len += vsnprintf(text + len, sizeof text - (size_t)len, fmt, ap);
	if (reason && len > 0 && len < LENGTH_MAX)
		snprintf(text + len, sizeof text - (size_t)len, "%s%s",
		    fmt ? ": " : "", strerror(reason));
	if (!busy) {
		busy = true;
		text_visible(&b, text, strlen(text));
		busy = false;
	}
	fprintf(stderr, "%.*s\n", b.p ? (int)b.len : LENGTH_MAX, b.p ? b.p : text);
	free(b.p);
}

void
vwarn(const char *fmt, va_list ap)
{
	say(fmt, ap, errno);
}

void
vwarnx(const char *fmt, va_list ap)
{
	say(fmt, ap, 0);
}

void
warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vwarn(fmt, ap);
	va_end(ap);
}

void
warnx(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vwarnx(fmt, ap);
	va_end(ap);
}

void
err(int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vwarn(fmt, ap);
	va_end(ap);
	exit(status);
}

void
errx(int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vwarnx(fmt, ap);
	va_end(ap);
	exit(status);
}
