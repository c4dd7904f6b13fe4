/* lines of the tracer: what comes of them are events */
#include "event/bare.h"

#include "fuzz.h"

static void
take_ready(struct bare *f)
{
	struct event ev, again;

	while (bare_take(f, &ev)) {
		must(!event_parse(&again, ev.line.p, ev.line.len));
		must(!(ev.has & HAS_SEQ));
	}
}

static void
take(void *arg, const char *line, size_t len)
{
	struct bare *f = arg;
	struct event ev;

	if (bare_bpftrace(line, len) || event_parse(&ev, line, len) ||
	    !(ev.has & HAS_SEQ))
		return;
	bare_push(f, &ev);
	take_ready(f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bare f = { 0 };

	fuzz_lines(data, size, take, &f);
	bare_finish(&f);
	take_ready(&f);
	bare_free(&f);
	return 0;
}
