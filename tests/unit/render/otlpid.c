#include "render/otlpid.h"

#include "tap.h"

static void
traceparents(void)
{
	static const char
	    *const good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
	    *const bad[] = {
		"", "00",
		"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
		"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
		"00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
		"00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333g-01",
		"00-00000000000000000000000000000000-b7ad6b7169203331-01",
		"00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
		"ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
		"00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
		"01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01x",
	};
	struct otlpid_parent p = { 0 };
	size_t i;

	ok(otlpid_parse(&p, (struct slice){ good, strlen(good) }), good);
	is_str(p.trace, "0af7651916cd43dd8448eb211c80319c", "its trace");
	is_str(p.span, "b7ad6b7169203331", "its span");
	for (i = 0; i < sizeof bad / sizeof *bad; i++)
		ok(!otlpid_parse(&p, (struct slice){ bad[i], strlen(bad[i]) }),
		    bad[i]);
	ok(otlpid_parse(&p, (struct slice)S(
	    "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more")),
	    "a later version may have more");
}

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
	char trace[OTLPID_TRACE + 1], span[OTLPID_SPAN + 1],
	    other[OTLPID_SPAN + 1];
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
	ok(strlen(trace) == OTLPID_TRACE, "no trace line");
}

int
main(void)
{
	traceparents();
	ids();
	return done();
}
