#include "event/traceparent.h"

#include <string.h>

#include "base/ascii.h"

static bool
is_hex(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!ascii_is_hex(p[i]))
			return false;
	return true;
}

static bool
is_zero(const char *p, size_t n)
{
	return strspn(p, "0") >= n;
}

/* VERSION-TRACE-SPAN-FLAGS; of a version other than 00 there may be more */
bool
traceparent_parse(struct traceparent *parent, struct slice s)
{
	enum { SPAN_AT = 3 + TRACEPARENT_TRACE + 1, FLAGS_AT = SPAN_AT + TRACEPARENT_SPAN + 1 };
	const char *p = s.p;

	if (s.len < TRACEPARENT_LENGTH || p[2] != '-' || p[SPAN_AT - 1] != '-' ||
	    p[FLAGS_AT - 1] != '-')
		return false;
	if (!is_hex(p, 2) || !is_hex(p + 3, TRACEPARENT_TRACE) ||
	    !is_hex(p + SPAN_AT, TRACEPARENT_SPAN) || !is_hex(p + FLAGS_AT, 2))
		return false;
	if (!memcmp(p, "ff", 2) || is_zero(p + 3, TRACEPARENT_TRACE) ||
	    is_zero(p + SPAN_AT, TRACEPARENT_SPAN))
		return false;
	if (s.len > TRACEPARENT_LENGTH && (!memcmp(p, "00", 2) || p[TRACEPARENT_LENGTH] != '-'))
		return false;
	memcpy(parent->trace, p + 3, TRACEPARENT_TRACE);
	parent->trace[TRACEPARENT_TRACE] = '\0';
	memcpy(parent->span, p + SPAN_AT, TRACEPARENT_SPAN);
	parent->span[TRACEPARENT_SPAN] = '\0';
	return true;
}
