#include "render/otlpid.h"

#include "tap.h"

static struct forest_run
run(const char *line, const char *name)
{
	struct forest_run r = { .name = { name, strlen(name) } };

	event_parse(&r.trace, line, strlen(line));
	return r;
}

/* Digests as sha256sum(1) has them, of "trace\0ci-7@17" and "process\0ci-7\0"
 * "4242 22". */
static void
ids(void)
{
	char trace[TRACEPARENT_TRACE + 1], span[TRACEPARENT_SPAN + 1],
	    other[TRACEPARENT_SPAN + 1];
	struct forest_run r, none = { 0 };

	r = run("trace\tversion=1\tstart=17\thost=ci-7\targv=make", "");
	otlpid_trace(&r, trace);
	is_str(trace, "c74c9f53ca360c85cfeb82d016d479b3", "a trace");
	otlpid_span(&r, "process", 4242, 5, span);
	is_str(span, "b1b1eb76139b40b2", "a span");
	otlpid_span(&r, "program", 4242, 5, other);
	ok(strcmp(span, other), "another kind of span");
	otlpid_span(&r, "process", 4242, 6, other);
	ok(strcmp(span, other), "another time");
	r = run("trace\tversion=1\tstart=10\thost=ci-7\trun=ci-7@17", "ci-7@17");
	otlpid_trace(&r, trace);
	is_str(trace, "c74c9f53ca360c85cfeb82d016d479b3", "merged with an earlier one");
	otlpid_span(&r, "process", 4242, 12, other);
	is_str(other, span, "... its span");
	r = run("trace\tversion=1\tstart=17\thost=ci-8\targv=make", "");
	otlpid_span(&r, "process", 4242, 5, other);
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
