#include "event/event.h"

#include "base/text.h"
#include "tap.h"

#define P "\tts=7\tpid=4\tppid=3\tpgid=2\tsid=1"

static void
good_lines(void)
{
	static const struct {
		struct slice line;
		enum event_kind kind;
		unsigned has;
	} cases[] = {
		{ S("trace\tversion=1"), EVENT_TRACE, 0 },
		{ S("root\tts=0\tpid=4"), EVENT_ROOT, HAS_TS | HAS_PID },
		{ S("fork" P), EVENT_FORK, HAS_PROCESS },
		{ S("exec" P "\tfile=/bin/x\targv=x"), EVENT_EXEC, HAS_PROCESS },
		{ S("exec" P), EVENT_EXEC, HAS_PROCESS },
		{ S("execfail" P "\terrno=ENOENT"), EVENT_EXECFAIL, HAS_PROCESS },
		{ S("setpgid" P), EVENT_SETPGID, HAS_PROCESS },
		{ S("setsid" P), EVENT_SETSID, HAS_PROCESS },
		{ S("exit" P "\tstatus=0"), EVENT_EXIT, HAS_PROCESS },
		{ S("lost\tts=1\tcount=2"), EVENT_LOST, HAS_TS },
		{ S("tick\tts=1\tcpu=8191"), EVENT_TICK, HAS_TS | HAS_CPU },
		{ S("end\tts=9223372036854775807"), EVENT_END, HAS_TS },
		{ S("exit\tsid=1\tpgid=2\tppid=3\tpid=4\tts=7"), EVENT_EXIT,
		    HAS_PROCESS },
		{ S("fork\tts=0\tpid=4194304\tppid=0\tpgid=0\tsid=0"), EVENT_FORK,
		    HAS_PROCESS },
		{ S("fork" P "\tcpu=0\tseq=9223372036854775807"), EVENT_FORK,
		    HAS_PROCESS | HAS_CPU | HAS_SEQ },
		{ S("chdir\tts=1\twhere=here"), EVENT_OTHER, HAS_TS },
		{ S("forks\tx="), EVENT_OTHER, 0 },
		{ S("for\tx=y=z"), EVENT_OTHER, 0 },
		{ S("Fork_2.x-y\tA_b.c-9=1"), EVENT_OTHER, 0 },
		{ S("exec" P "\tnew=a\tnew=b\targv=\t\tts=no\t=\tpid=5"), EVENT_EXEC,
		    HAS_PROCESS },
		{ S("exec" P "\targv="), EVENT_EXEC, HAS_PROCESS },
		{ S("exec" P "\targv=\t"), EVENT_EXEC, HAS_PROCESS },
		{ S("fork" P "\tx=\xc3\xa9\\xff"), EVENT_FORK, HAS_PROCESS },
	};
	struct event ev;
	const char *why;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		why = event_parse(&ev, cases[i].line.p, cases[i].line.len);
		if (!is_str(why, NULL, cases[i].line.p))
			continue;
		ok(ev.kind == cases[i].kind && (ev.has & ((1U << HAS_OTHERS) - 1)) == cases[i].has &&
		    ev.line.p == cases[i].line.p && ev.line.len == cases[i].line.len,
		    "... its kind, keys and line");
	}
}

static void
bad_lines(void)
{
	static const struct {
		struct slice line;
		const char *why, *name;
	} cases[] = {
		{ S(""), "no kind", "bad: empty line" },
		{ S("\tts=1"), "no kind", "bad: empty kind" },
		{ S("ts=1"), "no kind", "bad: only a field" },
		{ S("ts=1\tpid=2"), "no kind", "bad: only fields" },
		{ S("FORK: parent_pid=1,child_pid=2"), "no kind",
		    "bad: the earlier tool's raw log" },
		{ S("{\"Fork\":{}}\tx=1"), "no kind", "bad: JSON" },
		{ S("root:x:0:0\tx=1"), "no kind", "bad: a colon in the kind" },
		{ S("two words\tx=1"), "no kind", "bad: a space in the kind" },
		{ S("\xc3\xa9\tx=1"), "no kind", "bad: no ASCII in the kind" },
		{ S("fo\\x72k\tx=1"), "no kind", "bad: an escape in the kind" },
		{ S("hello"), "no fields", "bad: only a kind" },
		{ S("trace\t"), "an empty field", "bad: TAB at the end" },
		{ S("root\tts=1\tpid=2\t"), "an empty field",
		    "bad: TAB at the end of fields" },
		{ S("root\t\tts=1\tpid=2"), "a field is not key=value",
		    "bad: an empty field" },
		{ S("root\tts=1\tpid=2\tx"), "a field is not key=value",
		    "bad: no =" },
		{ S("root\tts=1\tpid=2\t=x"), "a field is not key=value",
		    "bad: no key" },
		{ S("root\tts=1\tpid=2\ta b=x"), "a field is not key=value",
		    "bad: a space in a key" },
		{ S("root\tts=1\tpid=2\tts=1"), "a key stands twice",
		    "bad: ts twice" },
		{ S("fork" P "\tpgid=2"), "a key stands twice", "bad: pgid twice" },
		{ S("root\tpid=1"), "no ts=", "bad: root without ts" },
		{ S("root\tts=1"), "no pid=", "bad: root without pid" },
		{ S("exec\tts=1\tpid=1"), "no ppid=", "bad: exec without ppid" },
		{ S("exec\tts=1\tpid=1\tppid=1\tsid=1"), "no pgid=",
		    "bad: exec without pgid" },
		{ S("exec\tts=1\tpid=1\tppid=1\tpgid=1"), "no sid=",
		    "bad: exec without sid" },
		{ S("exec\tts=1\tpid=1\tppid=1\tpgid=1\targv=\tsid=1"), "no sid=",
		    "bad: sid only as an argument" },
		{ S("tick\tts=1"), "no cpu=", "bad: tick without cpu" },
		{ S("lost\tcount=1"), "no ts=", "bad: lost without ts" },
		{ S("exit\tts=1\n"), "raw", "bad: a newline" },
		{ S("exit\tts=1\r"), "raw", "bad: CR at the end" },
		{ S("exec" P "\targv=\x1b[m"), "raw", "bad: ESC in argv" },
		{ S("exec" P "\targv=a\0b"), "raw", "bad: NUL in argv" },
		{ S("exec" P "\targv=\xff"), "raw", "bad: no UTF-8 in argv" },
		{ S("exec" P "\targv=\xc3"), "raw", "bad: cut UTF-8 at the end" },
	};
	static const char *const numbers[] = {
		"root\tts=9223372036854775808\tpid=1", "root\tts=-1\tpid=1",
		"root\tts=\tpid=1", "root\tts=1.5\tpid=1", "root\tts=1e9\tpid=1",
		"root\tts=0x1\tpid=1", "root\tts= 1\tpid=1",
		"root\tts=99999999999999999999999999\tpid=1",
		"root\tts=1\tpid=4194305", "root\tts=1\tpid=-1",
		"root\tts=1\tpid=", "root\tts=1\tpid=1x",
		"root\tts=1\tpid=4294967297",
		"fork\tts=1\tpid=1\tppid=x\tpgid=1\tsid=1",
		"fork\tts=1\tpid=1\tppid=1\tpgid=4194305\tsid=1",
		"fork\tts=1\tpid=1\tppid=1\tpgid=1\tsid=-1",
		"tick\tts=1\tcpu=8192", "tick\tts=1\tcpu=-1",
		"new\tseq=9223372036854775808", "new\tpid=1 ",
	};
	struct event ev;
	const char *why;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		why = event_parse(&ev, cases[i].line.p, cases[i].line.len);
		if (!ok(why && strstr(why, cases[i].why), cases[i].name))
			printf("# got: %s\n# not: %s\n", why ? why : "NULL",
			    cases[i].why);
	}
	for (i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		why = event_parse(&ev, numbers[i], strlen(numbers[i]));
		ok(why && strstr(why, "not a number or too large"), numbers[i]);
	}
}

static void
values(void)
{
	static const struct slice line =
	    S("exec\tts=12\tpid=4\tppid=3\tpgid=2\tsid=1\tcpu=9\tseq=8"
	    "\tx=\tfds=7\tbig=18446744073709551616\tfile=a\\tb\targv=a\t\tpid=77");
	static const struct event_value {
		const char *key;
		struct slice val;
		bool has;
	} cases[] = {
		{ "ts", S("12"), true }, { "x", S(""), true },
		{ "fds", S("7"), true }, { "file", S("a\\tb"), true },
		{ "fd", S(""), false }, { "fdss", S(""), false },
		{ "argv", S(""), false }, { "", S(""), false },
		{ "exec", S(""), false },
	};
	struct event ev;
	struct slice val, key, args;
	const char *iter;
	uint64_t n = 0;
	size_t i;

	is_str(event_parse(&ev, line.p, line.len), NULL, "a line of many keys");
	ok(ev.ts == 12 && ev.pid == 4 && ev.ppid == 3 && ev.pgid == 2 &&
	    ev.sid == 1 && ev.cpu == 9 && ev.seq == 8, "... its numbers");
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		val = (struct slice){ "", 0 };
		ok(event_get(&ev, cases[i].key, &val) == cases[i].has,
		    cases[i].key);
		is(val, cases[i].has ? cases[i].val : val, "... its value");
	}
	ok(event_get_number(&ev, "fds", &n) && n == 7, "event_get_number");
	ok(!event_get_number(&ev, "x", &n), "... of nothing");
	ok(!event_get_number(&ev, "file", &n), "... of text");
	ok(!event_get_number(&ev, "big", &n), "... beyond 2^64");
	ok(!event_get_number(&ev, "none", &n), "... of none");

	for (iter = event_fields(&ev), i = 0; event_next_field(&ev, &iter, &key, &val); i++)
		;
	is_num(i, 11, "fields end at argv");
	is(key, (struct slice)S("file"), "... the last key");
	ok(!event_next_field(&ev, &iter, &key, &val), "... and stay there");

	ok(event_argv(&ev, &args), "argv");
	is(args, (struct slice)S("a\t\tpid=77"), "... all of it");
	is_str(event_parse(&ev, "a\tb=c", 5), NULL, "a line with one key");
	ok(ev.pid == -1 && ev.ppid == -1 && ev.pgid == -1 && ev.sid == -1 &&
	    ev.cpu == -1 && !ev.ts && !ev.seq, "... has no numbers");
}

static void
arguments(void)
{
	static const struct {
		struct slice line;
		const char *args;	/* joined by '|'; NULL: no argv */
	} cases[] = {
		{ S("exec" P "\targv=a"), "a|" },
		{ S("exec" P "\targv="), "|" },
		{ S("exec" P "\targv=\t"), "||" },
		{ S("exec" P "\targv=a\t\tb"), "a||b|" },
		{ S("exec" P "\targv=a\tb\t"), "a|b||" },
		{ S("exec" P "\targv=\targv=b"), "|argv=b|" },
		{ S("exec" P), NULL },
		{ S("exec" P "\targ=v"), NULL },
		{ S("exec" P "\targvx=v"), NULL },
		{ S("exec" P "\tx=argv=v"), NULL },
		{ S("new\targv=a"), "a|" },
		{ S("argv\tx=a"), NULL },
	};
	struct buf got = { 0 };
	struct event ev;
	struct slice args, arg;
	size_t i;
	bool has;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		got.len = 0;
		event_parse(&ev, cases[i].line.p, cases[i].line.len);
		has = event_argv(&ev, &args);
		while (has && event_next_arg(&args, &arg)) {
			buf_add(&got, arg.p, arg.len);
			buf_addc(&got, '|');
		}
		buf_addc(&got, '\0');
		is_str(has ? got.p : NULL, cases[i].args, cases[i].line.p);
	}
	free(got.p);
}

static void
building(void)
{
	struct buf b = { 0 };
	struct event ev;

	event_begin(&b, event_kind_name(EVENT_EXECFAIL));
	event_add_number(&b, "ts", INT64_MAX);
	event_add(&b, "file", "a\tb\nexit\tpid=1\0", 15);
	event_add(&b, "none", NULL, 0);
	event_add_argv(&b);
	event_add_arg(&b, true, "", 0);
	event_add_arg(&b, false, "\\n\xff", 3);
	event_add_arg(&b, false, "", 0);
	is(slice_of(&b), (struct slice)S("execfail\tts=9223372036854775807"
	    "\tfile=a\\tb\\nexit\\tpid=1\\x00\tnone=\targv=\t\\\\n\\xff\t"),
	    "a line that was built");
	is_str(event_parse(&ev, b.p, b.len), "no pid=", "... has no forged key");
	free(b.p);
}

static void
without(void)
{
	static const struct {
		struct slice line, want;
	} cases[] = {
		{ S("new\ta=1\tcpus=0-3\tb=2"), S("new\ta=1\tb=2") },
		{ S("new\tcpus=\tb=2"), S("new\tb=2") },
		{ S("new\ta=1\tcpus=0"), S("new\ta=1") },
		{ S("new\ta=1\tcpu=0"), S("new\ta=1\tcpu=0") },
		{ S("new\ta=\\x41\tcpus=0\targv=\tcpus=0\t"),
		    S("new\ta=\\x41\targv=\tcpus=0\t") },
		{ S("new\targv=cpus=0"), S("new\targv=cpus=0") },
	};
	struct buf b = { 0 };
	struct event ev;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		b.len = 0;
		event_parse(&ev, cases[i].line.p, cases[i].line.len);
		event_add_without(&b, &ev, "cpus");
		is(slice_of(&b), cases[i].want, "without a key");
	}
	free(b.p);
}

/* bytes of any kind, most of them such as are escaped or have a meaning */
static void
random_bytes(struct buf *b, uint32_t *seed)
{
	static const char special[] = "\t\n\r\\\x1b\x7f=\xc2\x9b\xc3\xa9\xe2\x80\xa8x7e";
	size_t n = (*seed >> 8) % 12;

	for (b->len = 0; n; n--) {
		*seed = *seed * 1664525 + 1013904223;
		buf_addc(b, *seed >> 30 ? special[(*seed >> 8) % sizeof special] :
		    (char)(*seed >> 16));
	}
	*seed = *seed * 1664525 + 1013904223;
}

/* An event of two values and two arguments, of any bytes. */
static void
random_event(struct buf *line, const struct buf *bytes)
{
	event_begin(line, "fork");
	event_add_number(line, "ts", 1);
	event_add_number(line, "pid", 2);
	event_add_number(line, "ppid", 3);
	event_add_number(line, "pgid", 4);
	event_add_number(line, "sid", 5);
	event_add(line, "a", bytes[0].p, bytes[0].len);
	event_add(line, "b", bytes[1].p, bytes[1].len);
	event_add_argv(line);
	event_add_arg(line, true, bytes[2].p, bytes[2].len);
	event_add_arg(line, false, bytes[3].p, bytes[3].len);
}

static bool
unescapes_to(struct slice escaped, const struct buf *want)
{
	static struct buf plain;

	plain.len = 0;
	text_unescape(&plain, escaped.p, escaped.len);
	return plain.len == want->len &&
	    (!want->len || !memcmp(plain.p, want->p, want->len));
}

/* The line is parsed to the bytes, and written as it was. */
static bool
comes_back(const struct buf *line, const struct buf *bytes)
{
	struct event ev;
	struct slice a, b, args, first, second;
	FILE *fp;
	char *out = NULL;
	size_t len;
	bool same;

	if (event_parse(&ev, line->p, line->len) || !event_get(&ev, "a", &a) ||
	    !event_get(&ev, "b", &b) || !event_argv(&ev, &args) ||
	    !event_next_arg(&args, &first) || !event_next_arg(&args, &second) ||
	    event_next_arg(&args, &args))
		return false;
	fp = open_memstream(&out, &len);
	if (!fp)
		return false;
	event_write(&ev, fp);
	fclose(fp);
	same = len == line->len + 1 && out[line->len] == '\n' &&
	    !memcmp(out, line->p, line->len);
	free(out);
	return same && unescapes_to(a, &bytes[0]) && unescapes_to(b, &bytes[1]) &&
	    unescapes_to(first, &bytes[2]) && unescapes_to(second, &bytes[3]);
}

static void
round_trips(void)
{
	struct buf line = { 0 }, bytes[4] = { { 0 } };
	uint32_t seed = 1;
	size_t i, k, wrong = 0;

	for (i = 0; i < 20000; i++) {
		line.len = 0;
		for (k = 0; k < 4; k++)
			random_bytes(&bytes[k], &seed);
		random_event(&line, bytes);
		wrong += !comes_back(&line, bytes);
	}
	is_num(wrong, 0, "20,000 events of any bytes: built, parsed, written");
	free(line.p);
	for (k = 0; k < 4; k++)
		free(bytes[k].p);
}

int
main(void)
{
	good_lines();
	bad_lines();
	values();
	arguments();
	building();
	without();
	round_trips();
	return done();
}
