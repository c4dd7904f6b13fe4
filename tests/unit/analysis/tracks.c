/* tracks - of small forests, and of any */
#include "analysis/tracks.h"
#include "lifetimes.h"

/* the track of each process in order of start, with "!" if its parent was
 * covered or had ended */
static const struct {
	const char *name, *in, *want;
} cases[] = {
	{ "one process", "1 0 5-9", "0" },
	{ "one child after the other", "1 0 0-10, 2 1 2-4, 3 1 4-8", "0 0 0" },
	{ "two at a time", "1 0 0-10, 2 1 2-6, 3 1 4-8, 4 1 6-7", "0 0 1! 0" },
	{ "a track is free again", "1 0 0-20, 2 1 2-6, 3 1 4-8, 4 1 5-7, "
	    "5 1 9-12, 6 1 10-13, 7 1 11-12", "0 0 1! 2! 0 1! 2!" },
	{ "children lie on the tracks of their parents",
	    "1 0 0-20, 2 1 2-9, 3 1 3-9, 4 3 4-5, 5 2 4-6", "0 0 1! 1 0" },
	{ "a daemon, and its child", "1 0 0-10, 2 1 1-15, 3 1 2-4, 4 2 5-6",
	    "0 1 0 1" },
	{ "a daemon is in nobody's way", "1 0 0-10, 2 1 2-20, 3 1 3-5, 4 1 4-6",
	    "0 1 0 2!" },
	{ "what ends when its parent does", "1 0 0-10, 2 1 1-10, 3 2 1-10",
	    "0 0 0" },
	{ "no time at all", "1 0 0-9, 2 1 3-3, 3 1 3-3, 4 1 3-5", "0 0 0 0" },
	{ "forked after the parent's end", "1 0 0-9, 2 1 1-2, 3 2 2-5", "0 0 1!" },
	{ "two trees", "1 0 0-4, 2 1 1-2, 7 0 3-10, 8 7 4-5", "0 0 1 1" },
	{ "what still runs", "1 0 0-?, 2 1 1-?, 3 1 2-5", "0 0 1!" },
};

static void
run_cases(void)
{
	size_t i, j;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct forest f = { 0 };
		struct tracks t = { 0 };
		struct buf got = { 0 };

		lifetimes_forest(&f, cases[i].in);
		tracks_find(&t, &f);
		for (j = 0; j < f.n; j++)
			buf_printf(&got, "%s%zu%s", j ? " " : "", t.of[j],
			    f.processes[j]->parent && !t.seen[j] ? "!" : "");
		buf_addc(&got, '\0');
		is_str(got.p, cases[i].want, cases[i].name);
		free(got.p);
		tracks_free(&t);
		forest_free(&f);
	}
}

static void
add(struct forest *f, const char *line)
{
	struct event ev;

	if (event_parse(&ev, line, strlen(line)))
		printf("Bail out!\n");
	forest_add(f, &ev);
}

/* A child that lives on when its parent executes the next program would lie
 * across the end of a slice. */
static void
test_execs(void)
{
	static const char *const lines[] = {
		"fork	ts=0	pid=1	ppid=0	pgid=1	sid=1",
		"fork	ts=1	pid=2	ppid=1	pgid=1	sid=1",
		"exec	ts=2	pid=1	ppid=0	pgid=1	sid=1	argv=a",
		"fork	ts=2	pid=3	ppid=1	pgid=1	sid=1",
		"exit	ts=3	pid=2	ppid=1	pgid=1	sid=1	status=0",
		"exit	ts=4	pid=3	ppid=1	pgid=1	sid=1	status=0",
		"exec	ts=4	pid=1	ppid=0	pgid=1	sid=1	argv=b",
		"fork	ts=5	pid=4	ppid=1	pgid=1	sid=1",
		"exit	ts=9	pid=4	ppid=1	pgid=1	sid=1	status=0",
		"exit	ts=9	pid=1	ppid=0	pgid=1	sid=1	status=0",
	};
	struct forest f = { 0 };
	struct tracks t = { 0 };
	size_t i;

	for (i = 0; i < sizeof lines / sizeof *lines; i++)
		add(&f, lines[i]);
	forest_finish(&f);
	tracks_find(&t, &f);
	ok(t.n == 2 && t.of[0] == 0 && t.of[1] == 1, "across an exec");
	ok(t.of[2] == 0 && t.of[3] == 0, "within one");
	tracks_free(&t);
	forest_free(&f);
}

/* whether no two processes of one track lie across each other's end */
static bool
nests(const struct forest *f, const struct tracks *t)
{
	const struct process *a, *b;
	size_t i, j;

	for (i = 0; i < f->n; i++)
		for (j = i + 1; j < f->n; j++) {
			a = f->processes[i];
			b = f->processes[j];
			if (t->of[i] == t->of[j] && b->start < a->end &&
			    b->end > a->end)
				return false;
		}
	return true;
}

static void
test_any(void)
{
	uint64_t seed;
	bool good = true;

	for (seed = 1; seed <= 200; seed++) {
		struct forest f = { 0 };
		struct tracks t = { 0 };

		lifetimes_any(&f, 2 + seed, seed);
		tracks_find(&t, &f);
		good = good && nests(&f, &t) && t.n <= f.n;
		tracks_free(&t);
		forest_free(&f);
	}
	ok(good, "nothing lies across an end, in 200 random trees");
}

int
main(void)
{
	run_cases();
	test_execs();
	test_any();
	return done();
}
