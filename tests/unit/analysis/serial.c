/* serial - what small trees ran one at a time, and the sum for any */
#include "analysis/serial.h"
#include "lifetimes.h"

#define MS "000000"

/* "TOTAL: PID CHILDREN TIME" for each row */
static const struct {
	const char *name, *in, *want;
} cases[] = {
	{ "one process is no row", "1 0 5-9", "4:" },
	{ "nor is one child", "1 0 0-9, 2 1 1-8", "9:" },
	{ "three one after the other",
	    "1 0 0-9, 2 1 0-3, 3 1 3-6, 4 1 6-9", "9: 1 3 9" },
	{ "one child has more than half",
	    "1 0 0-10, 2 1 0-6, 3 1 6-8, 4 1 8-10", "10: 1 3 10" },
	{ "one child has all but little",
	    "1 0 0-100, 2 1 0-92, 3 1 92-96, 4 1 96-99", "100:" },
	{ "the process itself has most",
	    "1 0 0-100, 2 1 92-94, 3 1 94-96, 4 1 96-99", "100:" },
	{ "most beside the longest child, not most time, is first",
	    "1 0 0-30, 2 1 0-22, 3 2 0-6, 4 2 6-12, 5 2 12-18, 6 2 18-22, "
	    "7 1 22-30", "30: 2 4 22 1 2 30" },
	{ "what overlaps is not counted",
	    "1 0 0-12, 2 1 0-5, 3 1 3-6, 4 1 6-9, 5 1 9-12", "10: 1 4 10" },
	{ "below one that ran it, nested",
	    "1 0 0-12, 2 1 0-12, 3 2 0-4, 4 2 4-8, 5 2 8-12", "12: 2 3 12" },
	{ "rows within a row",
	    "1 0 0-12, 2 1 0-4, 3 2 0-2, 4 2 2-4, 5 1 4-8, 6 5 4-6, 7 5 6-8, "
	    "8 1 8-12", "12: 1 3 12 2 2 4 5 2 4" },
	{ "a daemon beside it does not count",
	    "1 0 0-9, 9 1 0-20, 2 1 0-3, 3 1 3-6, 4 1 6-9", "9: 1 4 9" },
	{ "nor does another tree",
	    "1 0 0-9, 9 0 0-9, 2 1 0-3, 3 1 3-6, 4 1 6-9", "9: 1 3 9" },
	{ "one that sleeps beside it, as its CPU time says",
	    "1 0 0-300"MS", 9 1 0-200"MS" ~1, 2 1 0-100"MS" ~90"MS", "
	    "3 1 100"MS"-200"MS" ~90"MS", 4 1 200"MS"-300"MS" ~90"MS,
	    "300"MS": 1 4 300"MS },
	{ "two that sleep overlap",
	    "1 0 0-300"MS", 2 1 0-100"MS" ~1, 3 1 0-100"MS" ~1, "
	    "4 1 100"MS"-200"MS" ~90"MS", 5 1 200"MS"-300"MS" ~90"MS,
	    "200"MS": 1 4 200"MS },
	{ "one with threads is parallel in itself",
	    "1 0 0-300"MS", 2 1 0-100"MS" ~190"MS", "
	    "4 1 100"MS"-200"MS" ~90"MS", 5 1 200"MS"-300"MS" ~90"MS,
	    "200"MS": 1 3 200"MS },
	{ "an orphan runs beside who has no child any more",
	    "1 0 0-9, 2 1 0-1, 3 2 0-4, 4 1 4-7, 5 1 7-9", "6: 1 3 6" },
};

static void
run_cases(void)
{
	size_t i, k;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct forest f = { 0 };
		struct serial s;
		struct span *spans;
		struct buf got = { 0 };

		lifetimes_forest(&f, cases[i].in);
		spans = spans_find(&f);
		serial_find(&s, &f, spans);
		buf_printf(&got, "%" PRIu64 ":", s.total);
		for (k = 0; k < s.n; k++)
			buf_printf(&got, " %d %zu %" PRIu64, s.rows[k].p->pid,
			    s.rows[k].nchildren, s.rows[k].time);
		buf_addc(&got, '\0');
		is_str(got.p, cases[i].want, cases[i].name);
		free(got.p);
		serial_free(&s);
		free(spans);
		forest_free(&f);
	}
}

static bool
is_in_tree(const struct forest *f, const struct process *p)
{
	while (p && p != f->root)
		p = p->parent;
	return p;
}

/* a moment is serial if counting finds one leaf */
static bool
is_serial(const struct forest *f, uint64_t ts)
{
	const struct process *p, *c;
	size_t i, n = 0;
	bool leaf;

	for (i = 0; i < f->n; i++) {
		p = f->processes[i];
		if (!is_in_tree(f, p) || ts < p->start || ts >= p->end ||
		    p->end > f->root->end)
			continue;
		leaf = true;
		for (c = p->children; c; c = c->sibling)
			leaf = leaf && (ts < c->start || ts >= c->end ||
			    c->end > f->root->end);
		n += leaf;
	}
	return n == 1;
}

static void
test_any(void)
{
	unsigned i, bad = 0;
	uint64_t ts, want;

	for (i = 0; i < 300; i++) {
		struct forest f = { 0 };
		struct serial s;
		struct span *spans;

		lifetimes_any(&f, 1 + i % 40, i);
		spans = spans_find(&f);
		serial_find(&s, &f, spans);
		for (want = 0, ts = f.root->start; ts < f.root->end; ts++)
			want += is_serial(&f, ts);
		bad += s.total != want;
		serial_free(&s);
		free(spans);
		forest_free(&f);
	}
	is_num(bad, 0, "the serial moments of any forest");
}

int
main(void)
{
	run_cases();
	test_any();
	return done();
}
