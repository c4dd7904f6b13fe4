#include "event/traceparent.h"

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
	struct traceparent p = { 0 };
	size_t i;

	ok(traceparent_parse(&p, (struct slice){ good, strlen(good) }), good);
	is_str(p.trace, "0af7651916cd43dd8448eb211c80319c", "its trace");
	is_str(p.span, "b7ad6b7169203331", "its span");
	for (i = 0; i < sizeof bad / sizeof *bad; i++)
		ok(!traceparent_parse(&p, (struct slice){ bad[i], strlen(bad[i]) }),
		    bad[i]);
	ok(traceparent_parse(&p, (struct slice)S(
	    "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more")),
	    "a later version may have more");
}

int
main(void)
{
	traceparents();
	return done();
}
