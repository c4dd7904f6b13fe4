#include "render/otlpid.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"

static bool
is_hex(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!((p[i] >= '0' && p[i] <= '9') ||
		    (p[i] >= 'a' && p[i] <= 'f')))
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
otlpid_parse(struct otlpid_parent *parent, struct slice s)
{
	enum { SPAN_AT = 3 + OTLPID_TRACE + 1, FLAGS_AT = SPAN_AT + OTLPID_SPAN + 1,
	    LENGTH = FLAGS_AT + 2 };
	const char *p = s.p;

	if (s.len < LENGTH || p[2] != '-' || p[SPAN_AT - 1] != '-' ||
	    p[FLAGS_AT - 1] != '-')
		return false;
	if (!is_hex(p, 2) || !is_hex(p + 3, OTLPID_TRACE) ||
	    !is_hex(p + SPAN_AT, OTLPID_SPAN) || !is_hex(p + FLAGS_AT, 2))
		return false;
	if (!memcmp(p, "ff", 2) || is_zero(p + 3, OTLPID_TRACE) ||
	    is_zero(p + SPAN_AT, OTLPID_SPAN))
		return false;
	if (s.len > LENGTH && (!memcmp(p, "00", 2) || p[LENGTH] != '-'))
		return false;
	memcpy(parent->trace, p + 3, OTLPID_TRACE);
	parent->trace[OTLPID_TRACE] = '\0';
	memcpy(parent->span, p + SPAN_AT, OTLPID_SPAN);
	parent->span[OTLPID_SPAN] = '\0';
	return true;
}

/* Appends the value of a key, and a NUL, which no value holds. */
static void
add_value(struct buf *b, const struct event *ev, const char *key)
{
	struct slice val;

	if (ev->line.len && event_get(ev, key, &val))
		buf_add(b, val.p, val.len);
	buf_addc(b, '\0');
}

/* So many digits of the digest; all zeros would be no ID. Frees the buf. */
static void
digest(struct buf *b, char *id, size_t digits)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char bytes[SHA256_BYTES];
	size_t i;

	sha256_digest(b->p, b->len, bytes);
	for (i = 0; i < digits; i++)
		id[i] = hex[bytes[i / 2] >> (i % 2 ? 0 : 4) & 0xf];
	id[digits] = '\0';
	if (is_zero(id, digits))
		id[digits - 1] = '1';
	free(b->p);
}

void
otlpid_trace(const struct event *trace, char id[OTLPID_TRACE + 1])
{
	struct buf b = { 0 };

	buf_adds(&b, "trace");
	buf_addc(&b, '\0');
	add_value(&b, trace, "host");
	add_value(&b, trace, "start");
	digest(&b, id, OTLPID_TRACE);
}

void
otlpid_span(const struct event *trace, const char *what, int32_t pid,
    uint64_t ts, char id[OTLPID_SPAN + 1])
{
	struct buf b = { 0 };

	buf_adds(&b, what);
	buf_addc(&b, '\0');
	add_value(&b, trace, "host");
	add_value(&b, trace, "start");
	buf_printf(&b, "%" PRId32 " %" PRIu64, pid, ts);
	digest(&b, id, OTLPID_SPAN);
}
