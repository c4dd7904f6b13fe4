#include "html/runname.h"

#include <inttypes.h>

#include "base/slice.h"
#include "base/text.h"

/* len 0: none */
static struct slice
host_of(const struct forest_run *run)
{
	struct slice host = { 0 };

	if (run->trace.line.len)
		event_get(&run->trace, "host", &host);
	return host;
}

static bool
is_only(const struct forest *f, const struct forest_run *run)
{
	const struct forest_run *other;
	struct slice host = host_of(run);

	for (other = f->runs; other; other = other->next)
		if (other != run && slice_equal(host_of(other), host))
			return false;
	return host.len > 0;
}

void
html_runname_add(struct buf *b, const struct forest *f, const struct forest_run *run)
{
	struct slice host = host_of(run);

	text_visible_value(b, host.p, host.len);
	if (!is_only(f, run))
		buf_printf(b, "#%" PRIu32, run->number + 1);
}
