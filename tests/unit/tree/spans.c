/* spans - own and subtree times */
#include "lifetimes.h"
#include "tree/spans.h"

/* for each process: "OWN-SUBTREE_END+DESCENDANTS" */
static const struct {
	const char *name, *in, *want;
} cases[] = {
	{ "one process", "1 0 5-9", "4-9+0" },
	{ "a child", "1 0 0-10, 2 1 2-6", "6-10+1 4-6+0" },
	{ "children that overlap, or are within another",
	    "1 0 0-20, 2 1 2-9, 3 1 3-5, 4 1 8-12, 5 1 15-16",
	    "9-20+4 7-9+0 2-5+0 4-12+0 1-16+0" },
	{ "a child that outlives it", "1 0 0-10, 2 1 4-30, 3 2 5-40",
	    "4-40+2 1-40+1 35-40+0" },
	{ "a grandchild is not a child", "1 0 0-10, 2 1 1-3, 3 2 2-9",
	    "8-10+2 1-9+1 7-9+0" },
	{ "no time at all", "1 0 3-3, 2 1 3-3", "0-3+1 0-3+0" },
	{ "two trees", "1 0 0-5, 2 0 1-9, 3 1 2-4", "3-5+1 8-9+0 2-4+0" },
};

static void
run_cases(void)
{
	size_t i, j;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct forest f = { 0 };
		struct span *s;
		struct buf got = { 0 };

		lifetimes_forest(&f, cases[i].in);
		s = spans_find(&f);
		for (j = 0; j < f.n; j++)
			buf_printf(&got, "%s%" PRIu64 "-%" PRIu64 "+%zu",
			    j ? " " : "", s[j].own, s[j].subtree_end,
			    s[j].ndescendants);
		buf_addc(&got, '\0');
		is_str(got.p, cases[i].want, cases[i].name);
		free(got.p);
		free(s);
		forest_free(&f);
	}
}

static void
add(struct forest *f, const char *line)
{
	struct event ev;

	if (event_parse(&ev, line, strlen(line)))
		printf("Bail out! %s\n", line);
	forest_add(f, &ev);
}

static void
test_usage(void)
{
	struct forest f = { 0 };
	struct span *s;
	uint64_t n = 0;

#define WHO(pid, ppid) "\tpid=" pid "\tppid=" ppid "\tpgid=1\tsid=1"
	add(&f, "fork\tts=1" WHO("1", "0"));
	add(&f, "fork\tts=2" WHO("2", "1"));
	add(&f, "fork\tts=3" WHO("3", "2"));
	add(&f, "fork\tts=4" WHO("4", "1"));
	add(&f, "exit\tts=5" WHO("3", "2") "\tcputime=70\tutime=1\tstime=2");
	add(&f, "exit\tts=6" WHO("2", "1") "\tutime=5\tstime=6");
	add(&f, "exit\tts=7" WHO("4", "1"));
	forest_finish(&f);
	s = spans_find(&f);
	ok(s[2].cpu == 70 && s[1].cpu == 11 && s[3].cpu == 0 && s[0].cpu == 0,
	    "CPU time, exact or of ticks");
	ok(s[0].subtree_cpu == 81 && s[1].subtree_cpu == 81 &&
	    s[2].subtree_cpu == 70, "CPU time of subtrees");
	ok(!spans_cpu(f.processes[3], &n), "nothing recorded");
	free(s);
	forest_free(&f);
}

int
main(void)
{
	run_cases();
	test_usage();
	return done();
}
