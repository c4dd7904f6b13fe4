/* samepaths - command paths of two small trees, and of any with itself */
#include "analysis/samepaths.h"

#include "lifetimes.h"

/* of each node of old: the name of its counterpart's node and its depth, or - */
static const struct {
	const char *name, *old, *new, *want;
} cases[] = {
	{ "the same", "1 0 0-9 sh, 2 1 1-3 cc", "5 0 0-5 sh, 6 5 2-4 cc", "0sh 1cc" },
	{ "in another order", "1 0 0-9 sh, 2 1 1-3 a, 3 1 4-8 b",
	    "1 0 0-9 sh, 2 1 1-8 a, 3 1 8-9 b", "0sh 1b 1a" },
	{ "gone, and what was below it", "1 0 0-9 sh, 2 1 1-8 make, 3 2 2-7 cc",
	    "1 0 0-9 sh, 2 1 1-8 cc", "0sh - -" },
	{ "the same name elsewhere", "1 0 0-9 sh, 2 1 1-8 cc",
	    "1 0 0-9 sh, 2 1 1-8 make, 3 2 2-7 cc", "0sh -" },
	{ "roots are the same, whatever they run", "1 0 0-9 sh, 2 1 1-8 cc",
	    "1 0 0-9 bash, 2 1 1-8 cc", "0bash 1cc" },
	{ "a fork is not what its program is", "1 0 0-9 sh, 2 1 1-8",
	    "1 0 0-9 sh, 2 1 1-8 sh", "0sh -" },
};

static void
print(struct buf *b, const struct answers *new, const size_t *same, size_t n)
{
	const struct merged_node *node;
	size_t i;

	for (i = 0; i < n; i++) {
		if (i)
			buf_addc(b, ' ');
		if (same[i] == SAMEPATHS_NONE) {
			buf_addc(b, '-');
			continue;
		}
		node = &new->merged.nodes[same[i]];
		buf_printf(b, "%u", node->depth);
		programs_name(b, &new->programs, node->first);
	}
	buf_addc(b, '\0');
}

static void
test_cases(void)
{
	size_t i, *same;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct forest old = { 0 }, new = { 0 };
		struct answers a = { 0 }, b = { 0 };
		struct buf got = { 0 };

		lifetimes_forest(&old, cases[i].old);
		lifetimes_forest(&new, cases[i].new);
		answers_find(&a, &old);
		answers_find(&b, &new);
		same = samepaths_find(&a, &b);
		print(&got, &b, same, a.merged.n);
		is_str(got.p, cases[i].want, cases[i].name);
		free(same);
		free(got.p);
		answers_free(&a);
		answers_free(&b);
		forest_free(&old);
		forest_free(&new);
	}
}

/* all nodes but those of further roots are the same as themselves */
static void
test_any(void)
{
	unsigned i, bad = 0;
	size_t k, *same;

	for (i = 0; i < 200; i++) {
		struct forest f = { 0 };
		struct answers a = { 0 };

		lifetimes_any(&f, 1 + i % 60, i);
		answers_find(&a, &f);
		same = samepaths_find(&a, &a);
		for (k = 0; k < a.merged.nodes[0].size; k++)
			bad += same[k] != k;
		free(same);
		answers_free(&a);
		forest_free(&f);
	}
	is_num(bad, 0, "any tree and itself");
}

int
main(void)
{
	test_cases();
	test_any();
	return done();
}
