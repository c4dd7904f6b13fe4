#include "render/otlpid.h"

#include "tap.h"

static void
parse(struct event *ev, const char *line)
{
	event_parse(ev, line, strlen(line));
}

/* Digests as sha256sum(1) has them, of "trace\0ci-7\0" "17\0" and
 * "process\0ci-7\0" "17\0" "4242 5". */
static void
ids(void)
{
	char trace[TRACEPARENT_TRACE + 1], span[TRACEPARENT_SPAN + 1],
	    other[TRACEPARENT_SPAN + 1];
	struct event ev, none = { 0 };

	parse(&ev, "trace\tversion=1\tstart=17\thost=ci-7\targv=make");
	otlpid_trace(&ev, trace);
	is_str(trace, "236dc95d6c3eda066e022cb08bb109aa", "a trace");
	otlpid_span(&ev, "process", 4242, 5, span);
	is_str(span, "b43ca9190e3de66c", "a span");
	otlpid_span(&ev, "program", 4242, 5, other);
	ok(strcmp(span, other), "another kind of span");
	otlpid_span(&ev, "process", 4242, 6, other);
	ok(strcmp(span, other), "another time");
	parse(&ev, "trace\tversion=1\tstart=17\thost=ci-8\targv=make");
	otlpid_span(&ev, "process", 4242, 5, other);
	ok(strcmp(span, other), "another host");
	otlpid_trace(&none, trace);
	ok(strlen(trace) == TRACEPARENT_TRACE, "no trace line");
}

int
main(void)
{
	ids();
	return done();
}
