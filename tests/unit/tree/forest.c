/* forest - lives, parents and ends, on recordings of a few lines, and big ones */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"
#include "tree/forest.h"
#include "tree/process.h"

#define P "ppid=1 pgid=1 sid=1"

/* Recordings have spaces here where they have TABs in truth. The processes are
 * expected depth first, one a line:
 *   DEPTH PID.LIFE START-END [fork] [exit STATUS|SIGNAL] [lost] : COMMAND */
static const struct {
	const char *name, *in, *want;
} cases[] = {
	{ "a root and its children in fork order",
	    "trace version=1\n"
	    "root ts=0 pid=5\n"
	    "fork ts=10 pid=5 ppid=4 pgid=4 sid=4\n"
	    "exec ts=11 pid=5 ppid=4 pgid=4 sid=4 file=/bin/sh argv=sh\n"
	    "fork ts=20 pid=9 ppid=5 pgid=4 sid=4\n"
	    "fork ts=21 pid=7 ppid=5 pgid=4 sid=4\n"
	    "fork ts=22 pid=8 ppid=9 pgid=4 sid=4\n"
	    "exit ts=30 pid=9 ppid=5 pgid=4 sid=4 status=3\n"
	    "exit ts=40 pid=8 ppid=1 pgid=4 sid=4 signal=SIGKILL\n"
	    "end ts=50\n",
	    "root 5 10-50 end 0 lost\n"
	    "0 5.1 10-50 fork : sh\n"
	    "1 9.1 20-30 fork exit 3 : sh\n"
	    "2 8.1 22-40 fork exit SIG9 : sh\n"
	    "1 7.1 21-50 fork : sh\n" },
	{ "no events", "", "no root 0-0 0 lost\n" },
	{ "only events without a process",
	    "tick ts=7 cpu=0\n" "lost ts=8 count=2\n" "lost ts=9 count=3\n",
	    "no root 0-9 5 lost\n" },
	{ "a loss of unknown size is one", "lost ts=8\n" "lost ts=9 count=3\n",
	    "no root 0-9 4 lost\n" },
	{ "an event of an unknown PID makes a process, child of its ppid",
	    "exec ts=5 pid=2 ppid=1 pgid=1 sid=1 argv=a\n"
	    "setsid ts=6 pid=3 ppid=2 pgid=3 sid=3\n"
	    "exit ts=7 pid=4 ppid=77 pgid=3 sid=3 status=0\n",
	    "root 2 5-7 0 lost\n"
	    "0 2.1 5-7 : a\n"
	    "1 3.1 6-7 : a\n"
	    "0 4.1 7-7 exit 0 : (unknown)\n" },
	{ "a reused PID is another process",
	    "fork ts=1 pid=10 " P "\n" "exec ts=2 pid=10 " P " argv=one\n"
	    "exit ts=3 pid=10 " P " status=0\n"
	    "fork ts=4 pid=10 " P "\n" "exec ts=5 pid=10 " P " argv=two\n"
	    "fork ts=6 pid=11 ppid=10 pgid=1 sid=1\n"
	    "exit ts=7 pid=10 " P " status=1\n"
	    "exec ts=8 pid=10 " P " argv=three\n",
	    "root 10 1-8 0 lost\n"
	    "0 10.1 1-3 fork exit 0 : one\n"
	    "0 10.2 4-7 fork exit 1 : two\n"
	    "1 11.1 6-8 fork : two\n"
	    "0 10.3 8-8 : three\n" },
	{ "a fork of a PID that lives ends that life",
	    "fork ts=1 pid=10 " P "\n" "fork ts=2 pid=11 ppid=10 pgid=1 sid=1\n"
	    "fork ts=9 pid=10 " P "\n" "fork ts=10 pid=12 ppid=10 pgid=1 sid=1\n",
	    "root 10 1-10 0 lost\n"
	    "0 10.1 1-9 fork lost : (unknown)\n"
	    "1 11.1 2-10 fork : (unknown)\n"
	    "0 10.2 9-10 fork : (unknown)\n"
	    "1 12.1 10-10 fork : (unknown)\n" },
	{ "an exec before the fork at the same time is one process",
	    "exec ts=4 pid=10 " P " argv=x\n" "fork ts=4 pid=10 " P "\n"
	    "exit ts=5 pid=10 " P " status=0\n",
	    "root 10 4-5 0 lost\n" "0 10.1 4-5 fork exit 0 : x\n" },
	{ "but not one before it",
	    "exec ts=4 pid=10 " P " argv=x\n" "fork ts=5 pid=10 " P "\n",
	    "root 10 4-5 0 lost\n" "0 10.1 4-5 lost : x\n"
	    "0 10.2 5-5 fork : (unknown)\n" },
	{ "a second exit, and a setpgid after it, are ignored",
	    "fork ts=1 pid=10 " P "\n" "exit ts=2 pid=10 " P " status=1\n"
	    "exit ts=3 pid=10 " P " status=2\n"
	    "setpgid ts=4 pid=10 ppid=1 pgid=10 sid=1\n",
	    "root 10 1-4 0 lost\n" "0 10.1 1-2 fork exit 1 : (unknown)\n" },
	{ "equal PIDs of two runs, their parents, and their ends",
	    "trace version=1 run=a@1\n" "trace version=1 run=b@2\n"
	    "root ts=2 pid=10 run=b@2\n"
	    "fork ts=1 pid=10 " P " run=a@1\n"
	    "fork ts=2 pid=10 " P " run=b@2\n"
	    "exec ts=3 pid=10 " P " run=a@1 argv=one\n"
	    "exec ts=4 pid=10 " P " run=b@2 argv=two\n"
	    "fork ts=5 pid=11 ppid=10 pgid=1 sid=1 run=b@2\n"
	    "exit ts=6 pid=10 " P " run=b@2 status=1\n"
	    "end ts=7 run=a@1\n" "end ts=9 run=b@2\n",
	    "root 10 1-9 end 0 lost\n"
	    "0 10.1 1-7 fork : one\n"
	    "0 10.1 2-6 fork exit 1 : two\n"
	    "1 11.1 5-9 fork : two\n" },
	{ "one of two runs has no end",
	    "fork ts=1 pid=10 " P " run=a@1\n"
	    "fork ts=2 pid=10 " P " run=b@2\n" "lost ts=3 count=1 run=b@2\n"
	    "end ts=9 run=b@2\n",
	    "root 10 1-9 1 lost\n"
	    "0 10.1 1-1 fork : (unknown)\n"
	    "0 10.1 2-9 fork lost : (unknown)\n" },
	{ "its own parent, and a circle of forks",
	    "fork ts=1 pid=10 ppid=10 pgid=1 sid=1\n"
	    "fork ts=2 pid=10 ppid=10 pgid=1 sid=1\n"
	    "fork ts=3 pid=11 ppid=10 pgid=1 sid=1\n"
	    "fork ts=4 pid=10 ppid=11 pgid=1 sid=1\n"
	    "fork ts=5 pid=11 ppid=10 pgid=1 sid=1\n",
	    "root 10 1-5 0 lost\n"
	    "0 10.1 1-2 fork lost : (unknown)\n"
	    "0 10.2 2-4 fork lost : (unknown)\n"
	    "1 11.1 3-5 fork lost : (unknown)\n"
	    "2 10.3 4-5 fork : (unknown)\n"
	    "3 11.2 5-5 fork : (unknown)\n" },
	{ "the child of an ended parent has none",
	    "fork ts=1 pid=10 " P "\n" "exit ts=2 pid=10 " P " status=0\n"
	    "fork ts=3 pid=11 ppid=10 pgid=1 sid=1\n",
	    "root 10 1-3 0 lost\n"
	    "0 10.1 1-2 fork exit 0 : (unknown)\n"
	    "0 11.1 3-3 fork : (unknown)\n" },
	{ "the root line names a later process",
	    "root ts=0 pid=20\n"
	    "fork ts=1 pid=10 " P "\n" "fork ts=2 pid=20 " P "\n"
	    "root ts=3 pid=10\n" "end ts=4\n",
	    "root 20 2-4 end 0 lost\n"
	    "0 10.1 1-4 fork : (unknown)\n" "0 20.1 2-4 fork : (unknown)\n" },
	{ "the root line names a process that lives",
	    "fork ts=1 pid=10 " P "\n" "fork ts=2 pid=20 " P "\n"
	    "root ts=3 pid=20\n" "exit ts=4 pid=20 " P " status=0\n"
	    "fork ts=5 pid=20 " P "\n",
	    "root 20 2-5 0 lost\n"
	    "0 10.1 1-5 fork : (unknown)\n" "0 20.1 2-4 fork exit 0 : (unknown)\n"
	    "0 20.2 5-5 fork : (unknown)\n" },
	{ "who was not heard of since events were lost may have ended",
	    "fork ts=1 pid=10 " P "\n" "fork ts=2 pid=11 ppid=10 pgid=1 sid=1\n"
	    "fork ts=3 pid=12 ppid=10 pgid=1 sid=1\n"
	    "lost ts=5 cpu=1 count=7\n"
	    "fork ts=6 pid=13 ppid=10 pgid=1 sid=1\n"
	    "setsid ts=7 pid=12 ppid=10 pgid=12 sid=12\n",
	    "root 10 1-7 7 lost\n"
	    "0 10.1 1-7 fork : (unknown)\n"
	    "1 11.1 2-7 fork lost : (unknown)\n"
	    "1 12.1 3-7 fork : (unknown)\n"
	    "1 13.1 6-7 fork : (unknown)\n" },
	{ "the command: bytes, cut, empty, the parent's of that time",
	    "fork ts=1 pid=1 ppid=0 pgid=1 sid=1\n"
	    "exec ts=2 pid=1 ppid=0 pgid=1 sid=1 file=/f argv=a\\nb\\xff\\\\  c\n"
	    "fork ts=3 pid=2 " P "\n"
	    "exec ts=4 pid=1 ppid=0 pgid=1 sid=1 argvlen=99 argv=cut\n"
	    "fork ts=5 pid=3 " P "\n"
	    "exec ts=6 pid=1 ppid=0 pgid=1 sid=1 file=/f\\tg argv=\n"
	    "fork ts=7 pid=4 " P "\n"
	    "exec ts=8 pid=1 ppid=0 pgid=1 sid=1\n"
	    "fork ts=9 pid=5 " P "\n"
	    "execfail ts=9 pid=5 " P " errno=ENOENT file=/none\n"
	    "unknown ts=10 pid=5 x=y\n" "unknown ts=10 pid=6 x=y\n",
	    "root 1 1-10 0 lost\n"
	    "0 1.1 1-10 fork : (unknown)\n"
	    "1 2.1 3-10 fork : $'a\\nb\\xff\\\\' '' c\n"
	    "1 3.1 5-10 fork : cut...\n"
	    "1 4.1 7-10 fork : $'/f\\tg'\n"
	    "1 5.1 9-10 fork : (unknown)\n" },
};

/* the line's spaces become TABs */
static void
add(struct forest *f, const char *line, size_t len)
{
	char *copy = xmemdup(line, len);
	struct event ev;
	const char *why;
	size_t i;

	for (i = 0; i < len; i++)
		if (copy[i] == ' ')
			copy[i] = '\t';
	why = event_parse(&ev, copy, len);
	if (why)
		printf("Bail out! %s: %s\n", why, line);
	else
		forest_add(f, &ev);
	free(copy);	/* the forest has its own */
}

static void
add_lines(struct forest *f, const char *lines)
{
	size_t len;

	for (; *lines; lines += len + 1) {
		len = strcspn(lines, "\n");
		add(f, lines, len);
	}
}

static void
dump(struct buf *b, const struct forest *f)
{
	const struct process *p;

	if (f->root)
		buf_printf(b, "root %d", f->root->pid);
	else
		buf_adds(b, "no root");
	buf_printf(b, " %" PRIu64 "-%" PRIu64 "%s %" PRIu64 " lost\n", f->start,
	    f->end, f->has_end ? " end" : "", f->nlost);
	for (p = forest_next(f, NULL, NULL); p; p = forest_next(f, NULL, p)) {
		buf_printf(b, "%u %d.%u %" PRIu64 "-%" PRIu64 "%s", p->depth,
		    p->pid, p->life, p->start, p->end, p->has_fork ? " fork" : "");
		if (p->signal)
			buf_printf(b, " exit SIG%u", p->signal);
		else if (p->has_exit)
			buf_printf(b, " exit %d", p->status);
		buf_adds(b, p->lost_end ? " lost : " : " : ");
		process_command(p, NULL, b);
		buf_addc(b, '\n');
	}
}

/* What is not kept says as much as what is. */
static void
run_cases(unsigned kept)
{
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct forest f = { .kept = kept };
		struct buf got = { 0 };

		add_lines(&f, cases[i].in);
		forest_finish(&f);
		dump(&got, &f);
		buf_addc(&got, '\0');
		if (!ok(!strcmp(got.p, cases[i].want), cases[i].name))
			printf("# got:\n%s# want:\n%s", got.p, cases[i].want);
		free(got.p);
		forest_free(&f);
	}
}

static bool
command_is(const struct process *p, const struct moment *at, const char *want)
{
	struct buf b = { 0 };
	bool same;

	process_command(p, at, &b);
	same = b.len == strlen(want) && !memcmp(b.p, want, b.len);
	free(b.p);
	return same;
}

static void
test_moments(void)
{
	struct forest f = { 0 };
	const struct moment *m;
	struct process *p;

	add_lines(&f, "fork ts=1 pid=3 ppid=1 pgid=1 sid=1\n"
	    "exec ts=2 pid=3 ppid=1 pgid=1 sid=1 argv=parent\n"
	    "fork ts=3 pid=4 ppid=3 pgid=1 sid=1\n"
	    "setpgid ts=4 pid=4 ppid=3 pgid=4 sid=1\n"
	    "exec ts=5 pid=4 ppid=3 pgid=4 sid=1 argv=one\n"
	    "setsid ts=6 pid=4 ppid=3 pgid=4 sid=4\n"
	    "exec ts=7 pid=4 ppid=3 pgid=4 sid=4 argv=two\n"
	    "exit ts=8 pid=4 ppid=1 pgid=4 sid=4 signal=SIGSEGV core=1\n");
	forest_finish(&f);
	p = f.processes[1];
	ok(f.n == 2 && p->id == 1 && p->parent == f.root && p->nexecs == 2 &&
	    p->ppid == 3, "a process knows its place");
	ok(p->pgid == 4 && p->sid == 4, "setpgid and setsid");
	ok(process_failed(p) && p->signal == 11 && p->status == -1 &&
	    !process_failed(f.root), "failed by a signal, or not");
	m = p->events;
	ok(command_is(p, m, "parent") && command_is(p, m->next, "parent") &&
	    command_is(p, m->next->next, "one") &&
	    command_is(p, m->next->next->next, "one") &&
	    command_is(p, p->exec, "two") && command_is(p, p->last_event, "two"),
	    "the command at each moment");
	ok(!p->last_event->next && p->last_event->ev.kind == EVENT_EXIT,
	    "events in order");
	ok(forest_next(&f, p, NULL) == p && !forest_next(&f, p, p) &&
	    forest_next(&f, f.root, NULL) == f.root &&
	    forest_next(&f, f.root, f.root) == p && !forest_next(&f, f.root, p),
	    "walk of a subtree");
	forest_free(&f);
}

/* "PID ENDING PROGRAM", with the program at its start if that is another */
static const struct {
	const char *name, *in, *want;
} words[] = {
	{ "endings",
	    "fork ts=1 pid=1 ppid=0 pgid=1 sid=1\n"
	    "fork ts=2 pid=2 " P "\n" "fork ts=2 pid=3 " P "\n"
	    "fork ts=2 pid=4 " P "\n" "fork ts=2 pid=5 " P "\n"
	    "fork ts=2 pid=6 " P "\n" "exit ts=3 pid=2 " P " status=0\n"
	    "exit ts=3 pid=3 " P " status=255\n" "exit ts=3 pid=4 " P "\n"
	    "exit ts=3 pid=5 " P " signal=SIGSEGV core=1\n"
	    "fork ts=4 pid=6 " P "\n",
	    "1 running (unknown)\n" "2  (unknown)\n" "3 exit 255 (unknown)\n"
	    "4 exited (unknown)\n" "5 SIGSEGV (unknown)\n"
	    "6 end unknown (unknown)\n" "6 running (unknown)\n" },
	{ "programs",
	    "exec ts=1 pid=1 ppid=0 pgid=1 sid=1 file=/bin/y argv=/usr/bin/x a/b\n"
	    "fork ts=2 pid=2 " P "\n"
	    "exec ts=3 pid=1 ppid=0 pgid=1 sid=1 file=/bin/y argv=\n"
	    "fork ts=4 pid=3 " P "\n"
	    "exec ts=5 pid=1 ppid=0 pgid=1 sid=1 file=a/b\\x01//\n"
	    "fork ts=6 pid=4 " P "\n"
	    "exec ts=7 pid=1 ppid=0 pgid=1 sid=1 argv=//\n"
	    "fork ts=8 pid=5 " P "\n"
	    "exec ts=9 pid=1 ppid=0 pgid=1 sid=1\n"
	    "fork ts=10 pid=6 " P "\n"
	    "exec ts=11 pid=1 ppid=0 pgid=1 sid=1 file=/n/a/m/e argv=-sh\n",
	    "1 running x -sh\n" "2 running x\n" "3 running y\n"
	    "4 running b\\x01\n" "5 running /\n" "6 running (unknown)\n" },
};

static void
add_words(struct buf *b, const struct process *p)
{
	struct buf first = { 0 }, last = { 0 };

	process_program(p, p->events, &first);
	process_program(p, NULL, &last);
	buf_printf(b, "%d ", p->pid);
	process_ending(p, b);
	buf_addc(b, ' ');
	buf_add(b, first.p, first.len);
	if (first.len != last.len || memcmp(first.p, last.p, last.len) != 0) {
		buf_addc(b, ' ');
		buf_add(b, last.p, last.len);
	}
	buf_addc(b, '\n');
	free(first.p);
	free(last.p);
}

static void
test_kept(void)
{
	struct forest f = { .kept = FOREST_KIND(EVENT_EXEC) };
	struct process *p;

	add_lines(&f, "fork ts=1 pid=3 ppid=1 pgid=1 sid=1\n"
	    "exec ts=2 pid=3 ppid=1 pgid=1 sid=1 argv=one\n"
	    "setsid ts=3 pid=3 ppid=1 pgid=3 sid=3\n"
	    "exec ts=4 pid=3 ppid=1 pgid=3 sid=3 argv=two\n"
	    "exit ts=5 pid=3 ppid=1 pgid=3 sid=3 status=1\n");
	forest_finish(&f);
	p = f.root;
	ok(p->events->ev.ts == 2 && p->events->next == p->last_event &&
	    p->last_event->ev.ts == 4 && !p->last_event->next,
	    "only execs are kept");
	ok(p->sid == 3 && p->status == 1 && p->seen == 5 && p->nexecs == 2,
	    "but all is known that the others say");
	forest_free(&f);
}

static void
test_words(void)
{
	size_t i, j;

	for (i = 0; i < sizeof words / sizeof *words; i++) {
		struct forest f = { 0 };
		struct buf got = { 0 };

		add_lines(&f, words[i].in);
		forest_finish(&f);
		for (j = 0; j < f.n; j++)
			add_words(&got, f.processes[j]);
		buf_addc(&got, '\0');
		if (!ok(!strcmp(got.p, words[i].want), words[i].name))
			printf("# got:\n%s# want:\n%s", got.p, words[i].want);
		free(got.p);
		forest_free(&f);
	}
}

enum { PIDS = EVENT_PID_MAX };

/* a chain of n forks, each by the one before, the PIDs wrapping around */
static void
test_deep(unsigned n)
{
	struct forest f = { 0 };
	struct process *p;
	struct buf line = { 0 };
	struct event ev;
	size_t seen = 0;
	unsigned i, depth = 0;

	for (i = 0; i < n; i++) {
		line.len = 0;
		event_begin(&line, "fork");
		event_add_number(&line, "ts", i);
		event_add_number(&line, "pid", (i + 1) % PIDS);
		event_add_number(&line, "ppid", i % PIDS);
		event_add_number(&line, "pgid", 1);
		event_add_number(&line, "sid", 1);
		event_parse(&ev, line.p, line.len);
		forest_add(&f, &ev);
	}
	forest_finish(&f);
	for (p = forest_next(&f, NULL, NULL); p; p = forest_next(&f, NULL, p)) {
		seen++;
		depth = p->depth;
	}
	ok(f.n == n && seen == n && depth == n - 1, "a chain of forks");
	ok(command_is(f.processes[n - 1], NULL, "(unknown)"),
	    "the command of its end");
	printf("# %u deep\n", depth);
	free(line.p);
	forest_free(&f);
}

static void
test_long_line(void)
{
	static const char head[] = "exec ts=1 pid=7 ppid=1 pgid=1 sid=1 argv=";
	struct forest f = { 0 };
	struct buf line = { 0 }, got = { 0 };
	size_t len = 3 << 20, i;

	buf_adds(&line, head);
	for (i = 0; i < len; i++)
		buf_addc(&line, 'x');
	add_lines(&f, "fork ts=0 pid=7 ppid=1 pgid=1 sid=1\n");
	add(&f, line.p, line.len);
	add_lines(&f, "exit ts=2 pid=7 ppid=1 pgid=1 sid=1 status=0\n");
	forest_finish(&f);
	process_command(f.root, NULL, &got);
	ok(got.len == len && f.n == 1 && f.root->has_exit,
	    "an argument of 3 MB");
	free(line.p);
	free(got.p);
	forest_free(&f);
}

int
main(int argc, char *argv[])
{
	run_cases(0);
	run_cases(FOREST_KIND(EVENT_EXEC));
	test_moments();
	test_kept();
	test_words();
	test_long_line();
	test_deep(argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 300000);
	return done();
}
