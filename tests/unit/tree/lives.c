#include "tree/lives.h"

#include <inttypes.h>

#include "files.h"
#include "tap.h"

#define E(kind, ts, pid, ppid) \
	kind "\tts=" #ts "\tpid=" #pid "\tppid=" #ppid "\tpgid=1\tsid=1"
#define FORK(ts, pid, ppid) E("fork", ts, pid, ppid) "\n"
#define EXIT(ts, pid) E("exit", ts, pid, 1) "\n"
#define EXEC(ts, pid, argv) E("exec", ts, pid, 1) "\targv=" argv "\n"
#define SETPGID(ts, pid) E("setpgid", ts, pid, 1) "\n"

static const struct lives_case {
	const char *spec;	/* or a root line */
	const char *in;
	const char *begins;	/* the lives, "*" before the one that is meant */
	const char *name;
} cases[] = {
	{ "5", "", "", "none" },
	{ "5", FORK(7, 5, 1) EXIT(8, 5), "*7", "one" },
	{ "5", FORK(7, 5, 1) FORK(8, 6, 5) FORK(9, 6, 1) EXIT(9, 6), "*7",
	    "others do not matter" },
	{ "5", EXEC(7, 5, "x") EXIT(8, 5), "*0", "one that was there before" },
	{ "5", FORK(7, 6, 5), "*0", "one that forks, and was there before" },
	{ "5", SETPGID(7, 5) EXIT(8, 5), "*0", "one that is there for setpgid" },
	{ "5", EXIT(8, 5), "*0", "one that only ends" },
	{ "5", "fd\tts=8\tpid=5\tfd=1\n", "*0", "one with a descriptor" },
	{ "5", EXIT(8, 5) "wait\tts=9\tpid=5\ton=x\n", "*0", "late news of it" },
	{ "5", EXIT(8, 5) EXIT(9, 5) SETPGID(10, 5), "*0",
	    "after the end there is no other life" },
	{ "5", FORK(7, 5, 1) EXIT(8, 5) FORK(9, 5, 1), "*7 *9", "two" },
	{ "5", FORK(7, 5, 1) FORK(9, 5, 1), "*7 *9", "two without an exit" },
	{ "5", EXIT(8, 5) EXEC(9, 5, "x"), "*0 *9", "two without a fork" },
	{ "5", EXIT(8, 5) FORK(9, 6, 5), "*0 *9", "... that forks" },
	{ "5", "new\tts=7\tpid=5\n", "", "an unknown kind does not say that it lives" },
	{ "5@7", FORK(7, 5, 1) EXIT(8, 5) FORK(9, 5, 1), "*7 *9", "the first" },
	{ "5@8", FORK(7, 5, 1) EXIT(8, 5) FORK(9, 5, 1), "7 *9", "the second" },
	{ "5@9", FORK(7, 5, 1) EXIT(8, 5) FORK(9, 5, 1), "7 *9", "exactly" },
	{ "5@10", FORK(7, 5, 1) EXIT(8, 5) FORK(9, 5, 1), "7 9", "none of them" },
	{ "5@7", EXIT(7, 5) FORK(7, 5, 1), "0 *7", "not the one before" },
	{ "5@0", EXIT(7, 5) FORK(9, 5, 1), "*0 *9", "the one before" },
	{ "root\tts=7\tpid=5", EXEC(7, 5, "x"), "*7",
	    "a root line means one that is first heard of after it" },
	{ "root\tts=7\tpid=5", EXEC(6, 5, "x"), "0", "and not before it" },
	{ "root\tts=7\tpid=5", EXIT(6, 5) FORK(8, 5, 1), "0 *8",
	    "or one that is forked after it" },
	{ "root\tts=0\tpid=5", FORK(8, 5, 1), "*8", "from the start" },
	{ "root\tts=0\tpid=0", FORK(8, 5, 0), "", "PID 0 is nobody's" },
};

/* takes the lines; the begins of the lives, a star before those that are told
 * to be meant */
static void
run(struct lives *l, const char *in, struct buf *got)
{
	const char *nl;
	struct event ev;
	size_t before;
	bool meant;

	for (; *in; in = nl + 1) {
		nl = strchr(in, '\n');
		if (event_parse(&ev, in, (size_t)(nl - in)))
			buf_adds(got, "bad line");
		before = l->n;
		meant = lives_event(l, &ev);
		if (l->n == before) {
			if (meant)
				buf_adds(got, "meant without a begin");
			continue;
		}
		buf_printf(got, "%s%s%" PRIu64, before ? " " : "",
		    meant ? "*" : "", l->all[before].begin);
	}
}

static void
lives(void)
{
	struct buf got = { 0 };
	struct lives l;
	struct event root;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		l = (struct lives){ 0 };
		got.len = 0;
		if (!event_parse(&root, cases[i].spec, strlen(cases[i].spec)))
			lives_name(&l, &root);
		else if (!lives_parse(&l, cases[i].spec))
			buf_adds(&got, "bad spec");
		run(&l, cases[i].in, &got);
		is(slice_of(&got), (struct slice){ cases[i].begins,
		    strlen(cases[i].begins) }, cases[i].name);
		if (lives_ambiguous(&l) != (l.n > 1 && !strchr(cases[i].spec, '@') &&
		    *cases[i].spec != 'r'))
			ok(false, "... ambiguous or not");
		lives_free(&l);
	}
	free(got.p);
}

static void
specs(void)
{
	static const char *const bad[] = {
		"", "0", "-1", "+1", " 1", "1 ", "1@", "1@x", "@1", "1@-1",
		"4194305", "1@9223372036854775808", "1@2@3", "1.5",
	};
	struct lives l;
	size_t i;

	for (i = 0; i < sizeof bad / sizeof *bad; i++) {
		l = (struct lives){ 0 };
		ok(!lives_parse(&l, bad[i]), bad[i]);
	}
	l = (struct lives){ 0 };
	ok(lives_parse(&l, "4194304@9223372036854775807") && l.pid == 4194304 &&
	    l.since == INT64_MAX && l.chosen, "the limits");
}

#define X10 "xxxxxxxxxx"
#define X90 X10 X10 X10 X10 X10 X10 X10 X10 X10

static void
listing(void)
{
	struct lives l = { .pid = 5 };
	struct buf got = { 0 };
	char *err;
	int saved;

	run(&l, EXEC(1, 5, "make\t-j") EXIT(2, 5)
	    FORK(1500000000, 5, 1) EXEC(1500000001, 5, "a\\x1b[31m\\nb\tc d\t")
	    FORK(2500000000, 5, 1)
	    FORK(3500000000, 5, 1) EXEC(3500000001, 5, X90 "01234567\xc3\xa9" X90)
	    FORK(4000000000, 5, 1) EXEC(4000000001, 5, "\t\tx")
	    FORK(4500000000, 5, 1)
	    EXEC(4500000001, 5, X90 "\t012345678\\n" X90)
	    FORK(5000000000, 5, 1) EXEC(5000000001, 5, X90 X10)
	    FORK(5500000000, 5, 1) EXEC(5500000001, 5, X90 X10 "\t"), &got);
	saved = files_stderr_begin();
	lives_print(&l);
	err = files_stderr_end(saved);
	is_str(err,
	    "  5@0                   0.000 s  make -j\n"
	    "  5@1500000000          1.500 s  $'a\\x1b[31m\\nb' 'c d' ''\n"
	    "  5@2500000000          2.500 s  (no exec)\n"
	    "  5@3500000000          3.500 s  " X90 "01234567\xc3\xa9...\n"
	    "  5@4000000000          4.000 s  '' '' x\n"
	    "  5@4500000000          4.500 s  " X90 " $'0123456...\n"
	    "  5@5000000000          5.000 s  " X90 X10 "\n"
	    "  5@5500000000          5.500 s  " X90 X10 "...\n",
	    "the listing: readable, harmless, short");
	lives_free(&l);
	free(got.p);
	free(err);
}

int
main(void)
{
	files_start();
	lives();
	specs();
	listing();
	files_done();
	return done();
}
