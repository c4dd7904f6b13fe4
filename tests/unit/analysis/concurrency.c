/* load - steps of small forests, and of any */
#include "analysis/concurrency.h"
#include "lifetimes.h"

/* the steps: "TS LIVE/BUSY" each */
static const struct {
	const char *name, *in, *want;
	size_t max_live, max_busy;
	const char *means;
} cases[] = {
	{ "one process", "1 0 5-9", "5 1/1 9 0/0", 1, 1, "1 1" },
	{ "a child", "1 0 0-10, 2 1 2-6", "0 1/1 2 2/1 6 1/1 10 0/0",
	    2, 1, "1.4 1" },
	{ "two children", "1 0 0-10, 2 1 2-6, 3 1 4-8",
	    "0 1/1 2 2/1 4 3/2 6 2/1 8 1/1 10 0/0", 3, 2, "1.8 1.2" },
	{ "one ends when the next begins", "1 0 0-10, 2 1 2-4, 3 1 4-8",
	    "0 1/1 2 2/1 8 1/1 10 0/0", 2, 1, "1.6 1" },
	{ "no time at all", "1 0 3-3, 2 1 3-3", "3 0/0", 0, 0, "0 0" },
	{ "a child that lasts no time", "1 0 0-10, 2 1 4-4", "0 1/1 10 0/0",
	    1, 1, "1 1" },
	{ "an orphan", "1 0 0-4, 2 1 2-8", "0 1/1 2 2/1 4 1/1 8 0/0",
	    2, 1, "1.25 1" },
	{ "a parent that ends with its child, a gap, two trees",
	    "1 0 0-4, 2 1 2-4, 7 0 8-10", "0 1/1 2 2/1 4 0/0 8 1/1 10 0/0",
	    2, 1, "0.8 0.6" },
	{ "what still runs", "1 0 0-?, 2 1 1-5", "0 1/1 1 2/1 5 0/0", 2, 1,
	    "1.8 1" },
};

static void
run_cases(void)
{
	size_t i, j;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct forest f = { 0 };
		struct concurrency l;
		struct buf got = { 0 };

		lifetimes_forest(&f, cases[i].in);
		concurrency_find(&l, &f);
		for (j = 0; j < l.n; j++)
			buf_printf(&got, "%s%" PRIu64 " %zu/%zu", j ? " " : "",
			    l.steps[j].ts, l.steps[j].live, l.steps[j].busy);
		buf_addc(&got, '\0');
		is_str(got.p, cases[i].want, cases[i].name);
		got.len = 0;
		buf_printf(&got, "%g %g", l.mean_live, l.mean_busy);
		buf_addc(&got, '\0');
		is_str(got.p, cases[i].means, "... mean");
		ok(l.max_live == cases[i].max_live &&
		    l.max_busy == cases[i].max_busy, "... max");
		free(got.p);
		concurrency_free(&l);
		forest_free(&f);
	}
}

static struct concurrency_step
count_at(const struct forest *f, uint64_t ts)
{
	struct concurrency_step s = { ts, 0, 0 };
	const struct process *c;
	bool busy;
	size_t i;

	for (i = 0; i < f->n; i++) {
		if (ts < f->processes[i]->start || ts >= f->processes[i]->end)
			continue;
		busy = true;
		for (c = f->processes[i]->children; c; c = c->sibling)
			busy = busy && (ts < c->start || ts >= c->end);
		s.live++;
		s.busy += busy;
	}
	return s;
}

/* Between the steps there is none, and each is what counting gives. */
static void
test_any(void)
{
	unsigned i, bad = 0;
	size_t step;
	uint64_t ts;

	for (i = 0; i < 400; i++) {
		struct forest f = { 0 };
		struct concurrency l;
		struct concurrency_step want, got;

		lifetimes_any(&f, 1 + i % 40, i);
		concurrency_find(&l, &f);
		for (step = 0, ts = l.steps[0].ts; ts <= f.end; ts++) {
			if (step + 1 < l.n && l.steps[step + 1].ts == ts)
				step++;
			want = count_at(&f, ts);
			got = l.steps[step];
			bad += got.live != want.live || got.busy != want.busy;
		}
		concurrency_free(&l);
		forest_free(&f);
	}
	is_num(bad, 0, "the steps of any forest");
}

static void
test_empty(void)
{
	struct forest f = { 0 };
	struct concurrency l;

	forest_finish(&f);
	concurrency_find(&l, &f);
	ok(!l.n && !l.max_live, "no process");
	concurrency_free(&l);
	forest_free(&f);
}

int
main(void)
{
	run_cases();
	test_empty();
	test_any();
	return done();
}
