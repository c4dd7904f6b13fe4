#include "render/otlpid.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "event/runs.h"

static bool
is_zero(const char *p, size_t n)
{
	return strspn(p, "0") >= n;
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
otlpid_trace(const struct forest_run *run, char id[TRACEPARENT_TRACE + 1])
{
	struct runs_id of = { 0 };
	struct buf b = { 0 };

	buf_adds(&b, "trace");
	buf_addc(&b, '\0');
	if (run->trace.line.len)
		runs_identify(&of, &run->trace);
	if (run->name.len)
		buf_add(&b, run->name.p, run->name.len);
	else
		runs_name(&of, &b);
	digest(&b, id, TRACEPARENT_TRACE);
}

void
otlpid_span(const struct forest_run *run, const char *what, int32_t pid,
    uint64_t ts, char id[TRACEPARENT_SPAN + 1])
{
	struct runs_id of = { 0 };
	struct buf b = { 0 };

	if (run->trace.line.len)
		runs_identify(&of, &run->trace);
	buf_adds(&b, what);
	buf_addc(&b, '\0');
	buf_add(&b, of.host.p, of.host.len);
	buf_addc(&b, '\0');
	buf_printf(&b, "%" PRId32 " %" PRIu64, pid, of.start + ts);
	digest(&b, id, TRACEPARENT_SPAN);
}
