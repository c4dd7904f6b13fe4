/* answers - repeats and work elsewhere of small trees, and an empty one */
#include "analysis/answers.h"
#include "lifetimes.h"

/* repeats: "PID RUNS/FAILED TOTAL INSIDE" each */
static const struct {
	const char *name, *in, *want;
} repeats[] = {
	{ "none", "1 0 0-9 sh, 2 1 1-2 a, 3 1 2-3 b", "" },
	{ "two of three", "1 0 0-9 sh, 2 1 1-2 cc a, 3 1 2-4 cc a =1, 4 1 4-5 cc b",
	    "2 2/1 3 3" },
	{ "other temporary names",
	    "1 0 0-9 sh, 2 1 1-2 as /tmp/x1.s, 3 1 2-4 as /tmp/y2.s", "2 2/0 3 3" },
	{ "with what descends from them",
	    "1 0 0-9 sh, 2 1 1-3 cc, 3 2 1-3 cc1, 4 1 4-8 cc, 5 4 4-7 cc1",
	    "2 2/0 6 6 3 2/0 5 5" },
	{ "one within the other counts once",
	    "1 0 0-9 sh, 2 1 1-8 make all, 3 2 2-7 make all", "2 2/0 7 7" },
	{ "beside the path", "1 0 0-9 sh, 2 1 0-8 x, 3 1 1-3 y, 4 1 3-5 y",
	    "3 2/0 4 0" },
	{ "forks are no commands", "1 0 0-9 sh, 2 1 1-2, 3 1 2-3", "" },
};

/* elsewhere: "PID N TIME CRITICAL" each */
static const struct {
	const char *name, *in, *want;
} elsewhere[] = {
	{ "none", "1 0 0-9 sh, 2 1 1-2 cc", "" },
	{ "the longest is named",
	    "1 0 0-9 sh, 2 1 1-2 /usr/bin/docker run, 3 1 2-7 docker build ~1",
	    "3 2 5 6" },
	{ "two programs", "1 0 0-9 sh, 2 1 1-2 ssh h, 3 1 2-7 sccache",
	    "3 1 5 5 2 1 1 1" },
	{ "one that outlives the root", "1 0 0-9 sh, 2 1 1-12 ssh h", "" },
};

static void
find(struct answers *a, struct forest *f, const char *in)
{
	lifetimes_forest(f, in);
	answers_find(a, f);
}

static void
test_repeats(void)
{
	const struct repeats_row *row;
	size_t i, k;

	for (i = 0; i < sizeof repeats / sizeof *repeats; i++) {
		struct forest f = { 0 };
		struct answers a;
		struct buf got = { 0 };

		find(&a, &f, repeats[i].in);
		for (k = 0; k < a.repeats.n; k++) {
			row = &a.repeats.rows[k];
			buf_printf(&got, "%s%d %zu/%zu %" PRIu64 " %" PRIu64,
			    k ? " " : "", row->first->pid, row->runs,
			    row->nfailed, row->total, row->inside);
		}
		buf_addc(&got, '\0');
		is_str(got.p, repeats[i].want, repeats[i].name);
		free(got.p);
		answers_free(&a);
		forest_free(&f);
	}
}

static void
test_elsewhere(void)
{
	const struct elsewhere_row *row;
	size_t i, k;

	for (i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
		struct forest f = { 0 };
		struct answers a;
		struct buf got = { 0 };

		find(&a, &f, elsewhere[i].in);
		for (k = 0; k < a.elsewhere.n; k++) {
			row = &a.elsewhere.rows[k];
			buf_printf(&got, "%s%d %zu %" PRIu64 " %" PRIu64,
			    k ? " " : "", row->p->pid, row->n, row->time,
			    row->critical);
		}
		buf_addc(&got, '\0');
		is_str(got.p, elsewhere[i].want, elsewhere[i].name);
		free(got.p);
		answers_free(&a);
		forest_free(&f);
	}
}

int
main(void)
{
	test_repeats();
	test_elsewhere();
	return done();
}
