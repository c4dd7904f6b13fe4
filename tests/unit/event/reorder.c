#include "event/reorder.h"

#include "tap.h"

/* Lines one after the other: what leaves after each, "!" for one that comes
 * too late, "|" for the end of the input. */
static void
run(const char *p, struct buf *got)
{
	struct reorder *t = reorder_new();
	const char *nl;
	struct event ev;
	bool more = true;

	while (more) {
		more = *p;
		if (more) {
			nl = strchr(p, '\n');
			if (event_parse(&ev, p, (size_t)(nl - p)))
				buf_adds(got, "bad line");
			if (!reorder_push(t, &ev))
				buf_addc(got, '!');
			p = nl + 1;
		} else {
			buf_addc(got, '|');
			reorder_end(t);
		}
		while (reorder_pop(t, &ev)) {
			buf_add(got, ev.line.p, ev.line.len);
			buf_addc(got, '\n');
		}
	}
	reorder_free(t);
}

/* kinds that nobody knows, so that they need no other keys */
#define A(ts) "a\tts=" #ts "\n"
#define CPU0(ts) "e\tts=" #ts "\tcpu=0\n"
#define CPU1(ts) "e\tts=" #ts "\tcpu=1\n"
#define CPU2(ts) "e\tts=" #ts "\tcpu=2\n"
#define TRACE(cpus) "trace\tcpus=" cpus "\n"

static const struct order_case {
	const char *in, *out, *name;
} cases[] = {
	{ "", "|", "nothing" },
	{ A(1), "|" A(1), "one event" },
	{ A(3) A(1) A(2), "|" A(1) A(2) A(3), "by time" },
	{ "b\tts=1\na\tts=1\n", "|b\tts=1\na\tts=1\n",
	    "equal times as they came" },
	{ CPU1(1) CPU0(1) A(1), "|" A(1) CPU0(1) CPU1(1),
	    "equal times by CPU" },

	{ TRACE("0-1") CPU0(5) "lost\tts=5\tcpu=1\trest=1\n" CPU0(7),
	    TRACE("0-1") CPU0(5) "lost\tts=5\tcpu=1\trest=1\n" "|" CPU0(7),
	    "a CPU of which nothing more comes" },

	/* the window of a recording that says nothing about its CPUs */
	{ A(5) A(2000000005), "|" A(5) A(2000000005), "within the window" },
	{ A(5) A(2000000006), A(5) "|" A(2000000006), "out of the window" },
	{ A(5) A(2000000006) A(4),
	    A(5) "!|" A(2000000006), "too late" },
	{ A(5) A(2000000006) A(5),
	    A(5) A(5) "|" A(2000000006), "late, but not too late" },
	{ "tick\tts=1\tcpu=0\ntick\tts=2\tcpu=1\n" CPU0(9000000000),
	    "tick\tts=1\tcpu=0\n|tick\tts=2\tcpu=1\n" CPU0(9000000000),
	    "a CPU that ticks is waited for" },
	{ "tick\tts=1\tcpu=0\n" CPU0(9000000000) CPU0(9000000001),
	    "tick\tts=1\tcpu=0\n|" CPU0(9000000000) CPU0(9000000001),
	    "the window holds beyond what ticks" },
	{ "root\tts=5000000000\tpid=1\n" A(5) A(6000000000) A(5500000000),
	    A(5) "|root\tts=5000000000\tpid=1\n" A(5500000000) A(6000000000),
	    "a root line does not say how late it is" },

	/* declared CPUs */
	{ TRACE("0") CPU0(1) CPU0(2),
	    TRACE("0") CPU0(1) "|" CPU0(2), "one CPU" },
	{ TRACE("0-1") CPU0(1) CPU0(9000000000) CPU1(2) CPU1(9000000001),
	    TRACE("0-1") CPU0(1) CPU1(2) "|" CPU0(9000000000) CPU1(9000000001),
	    "two, each waited for without a window" },
	{ TRACE("0,2") CPU0(1) CPU2(2) CPU1(1) CPU0(4) CPU2(4),
	    TRACE("0,2") CPU0(1) CPU1(1) CPU2(2) "|" CPU0(4) CPU2(4),
	    "a CPU that is not in the list" },
	{ TRACE("0-1") CPU0(1) CPU0(2) CPU0(3) CPU1(3),
	    TRACE("0-1") CPU0(1) CPU0(2) "|" CPU0(3) CPU1(3),
	    "an equal time may follow" },
	{ TRACE("0-1") CPU0(5) CPU1(5) CPU0(6) CPU1(6) CPU0(4) CPU0(5),
	    TRACE("0-1") CPU0(5) CPU1(5) "!" CPU0(5) "|" CPU0(6) CPU1(6),
	    "what belongs behind what has left is too late" },
	{ TRACE("0-1") CPU1(7) CPU1(5) CPU0(9) CPU1(9),
	    TRACE("0-1") CPU1(5) CPU1(7) "|" CPU0(9) CPU1(9),
	    "a CPU that goes back in time" },

	/* lists that are none */
	{ TRACE("3-1") CPU0(2) CPU0(1), "|" TRACE("3-1") CPU0(1) CPU0(2),
	    "a range that goes backwards" },
	{ TRACE("0,x") CPU0(1) CPU0(2) CPU0(3) CPU1(2),
	    "|" TRACE("0,x") CPU0(1) CPU0(2) CPU1(2) CPU0(3),
	    "half a list declares nothing" },
	{ TRACE("0,") CPU0(2) CPU0(3) CPU0(1),
	    "|" TRACE("0,") CPU0(1) CPU0(2) CPU0(3), "a list with no end" },
	{ TRACE("") CPU0(2) CPU0(3) CPU0(1),
	    "|" TRACE("") CPU0(1) CPU0(2) CPU0(3), "an empty list" },
	{ TRACE("0-8192") CPU0(2) CPU0(3) CPU0(1),
	    "|" TRACE("0-8192") CPU0(1) CPU0(2) CPU0(3), "too many CPUs" },

	/* lines without a time */
	{ "e\tcpu=0\n" CPU0(5) "f\tcpu=0\n" CPU0(7) CPU1(9) CPU1(4) "f\tcpu=1\n",
	    "|e\tcpu=0\n" CPU1(4) CPU0(5) "f\tcpu=0\n" CPU0(7)
	    CPU1(9) "f\tcpu=1\n", "have that of their CPU" },
	{ CPU1(5) CPU0(9) "f\tcpu=1\n" CPU0(10),
	    "|" CPU1(5) "f\tcpu=1\n" CPU0(9) CPU0(10), "... not the newest" },
	{ CPU1(9) "new\tk=v\n" CPU0(10), "|new\tk=v\n" CPU1(9) CPU0(10),
	    "or else the newest" },
	{ A(5) A(2000000006) TRACE("0"),
	    A(5) "|" TRACE("0") A(2000000006), "a trace line is never too late" },
	{ A(5) TRACE("0") CPU0(6), TRACE("0") A(5) "|" CPU0(6),
	    "a trace line goes before all" },

	{ "e\tts=9223372036854775807\tcpu=8191\n" CPU0(1),
	    CPU0(1) "|e\tts=9223372036854775807\tcpu=8191\n", "limits" },
};

/* Without a list of CPUs, no more than the window is held, here of lines of
 * about 1000 bytes; but what ticks is waited for. */
static void
window_of_bytes(bool ticks)
{
	static const char tick[] = "tick\tts=50000\tcpu=0";
	struct reorder *t = reorder_new();
	struct buf line = { 0 };
	struct event ev;
	size_t i, left = 0, first = 0;

	if (ticks && !event_parse(&ev, tick, sizeof tick - 1))
		reorder_push(t, &ev);
	for (i = 0; i < 100000; i++) {
		line.len = 0;
		buf_printf(&line, "e\tts=%zu\tx=%01000d", i, 0);
		event_parse(&ev, line.p, line.len);
		reorder_push(t, &ev);
		while (reorder_pop(t, &ev)) {
			left++;
			first = first ? first : i;
		}
	}
	ok(first > 28000 && first < 32000, "the window fills");
	if (ticks)
		is_num(left, 50000, "and holds what comes behind a tick");
	else
		ok(100000 - left <= first, "and holds no more");
	reorder_free(t);
	free(line.p);
}

int
main(void)
{
	struct buf got = { 0 };
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		got.len = 0;
		run(cases[i].in, &got);
		is(slice_of(&got), (struct slice){ cases[i].out,
		    strlen(cases[i].out) }, cases[i].name);
	}
	free(got.p);
	window_of_bytes(false);
	window_of_bytes(true);
	return done();
}
