/* merged - nodes of small trees, and what holds for any; with programs and
 * shares, of which they are made */
#include "analysis/merged.h"
#include "lifetimes.h"

struct all {
	struct forest f;
	struct critical critical;
	struct programs programs;
	struct shares shares;
	struct span *spans;
	struct merged merged;
};

static void
find(struct all *a)
{
	critical_find(&a->critical, &a->f, NULL);
	programs_find(&a->programs, &a->f);
	shares_find(&a->shares, &a->f, &a->critical, &a->programs);
	a->spans = spans_find(&a->f);
	merged_find(&a->merged, &a->f, &a->programs, &a->shares, a->spans);
}

static void
done_with(struct all *a)
{
	merged_free(&a->merged);
	shares_free(&a->shares);
	programs_free(&a->programs);
	critical_free(&a->critical);
	free(a->spans);
	forest_free(&a->f);
}

/* Nodes: "DEPTH NAME RUNS/FAILED WALL OWN CPU CRITICAL INSIDE" each. */
static const struct {
	const char *name, *in, *want, *programs, *parents;
} cases[] = {
	{ "one process", "1 0 5-9 sh", "0 sh 1/0 4 4 0 4 4", "sh 1 4",
	    "(none) 1 4" },
	{ "two of a path are one node, with the larger share first",
	    "1 0 0-20 make, 2 1 1-3 cc a =1 ~2, 3 1 3-9 ld, 4 1 9-12 cc b ~1",
	    "0 make 1/0 20 9 0 9 20, 1 ld 1/0 6 6 0 6 6, 1 cc 2/1 5 5 3 5 5",
	    "make 1 9 ld 1 6 cc 2 5", "1 3 11 (none) 1 9" },
	{ "a fork is its parent's program in parentheses",
	    "1 0 0-9 sh, 2 1 1-8, 3 2 2-7 sh",
	    "0 sh 1/0 9 2 0 2 9, 1 (sh) 1/0 7 2 0 2 7, 2 sh 1/0 5 5 0 5 5",
	    "sh 3 9", "2 1 5 (none) 1 2 1 1 2" },
	{ "the same program below another one is another path",
	    "1 0 0-9 sh, 2 1 1-3 cc, 3 1 3-8 sh, 4 3 4-6 cc",
	    "0 sh 1/0 9 2 0 2 9, 1 sh 1/0 5 3 0 3 5, 2 cc 1/0 2 2 0 2 2, "
	    "1 cc 1/0 2 2 0 2 2", "sh 2 5 cc 2 4", "1 2 5 (none) 1 2 3 1 2" },
	{ "what is not on the path goes by wall time",
	    "1 0 0-9 sh, 2 1 1-8 a, 3 1 2-4 b, 4 1 2-7 c",
	    "0 sh 1/0 9 2 0 2 9, 1 a 1/0 7 7 0 7 7, 1 c 1/0 5 5 0 0 0, "
	    "1 b 1/0 2 2 0 0 0", "a 1 7 sh 1 2", "1 1 7 (none) 1 2" },
	{ "two trees, and what outlives the root",
	    "1 0 0-5 sh, 2 1 1-9 d, 7 0 2-3 x",
	    "0 sh 1/0 5 1 0 5 5, 1 d 1/0 8 8 0 0 0, 0 x 1/0 1 1 0 0 0",
	    "sh 1 5", "(none) 1 5" },
	{ "nothing known", "1 0 0-3, 2 1 1-2",
	    "0 (unknown) 1/0 3 2 0 2 3, 1 (unknown) 1/0 1 1 0 1 1",
	    "(unknown) 2 3", "(none) 1 2 1 1 1" },
};

static void
print_nodes(struct buf *b, const struct all *a)
{
	const struct merged_node *n;
	size_t i;

	for (i = 0; i < a->merged.n; i++) {
		n = &a->merged.nodes[i];
		buf_printf(b, "%s%u ", i ? ", " : "", n->depth);
		programs_name(b, &a->programs, n->first);
		buf_printf(b, " %zu/%zu %" PRIu64 " %" PRIu64 " %" PRIu64
		    " %" PRIu64 " %" PRIu64, n->runs, n->nfailed, n->wall,
		    n->own, n->cpu, n->critical, n->inside);
	}
	buf_addc(b, '\0');
}

static void
print_rows(struct buf *b, const struct all *a, bool parents)
{
	const struct shares_list *l = parents ? &a->shares.by_parent :
	    &a->shares.by_program;
	const struct shares_row *row;
	struct slice name;

	b->len = 0;
	for (row = l->rows; row < l->rows + l->n; row++) {
		if (row > l->rows)
			buf_addc(b, ' ');
		if (parents && row->p) {
			buf_printf(b, "%d", row->p->pid);
		} else if (parents) {
			buf_adds(b, "(none)");
		} else {
			name = a->programs.names.list[a->programs.of[row->p->id]];
			buf_add(b, name.p, name.len);
		}
		buf_printf(b, " %zu %" PRIu64, row->n, row->time);
	}
	buf_addc(b, '\0');
}

static void
run_cases(void)
{
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct all a = { 0 };
		struct buf got = { 0 };

		lifetimes_forest(&a.f, cases[i].in);
		find(&a);
		print_nodes(&got, &a);
		is_str(got.p, cases[i].want, cases[i].name);
		print_rows(&got, &a, false);
		is_str(got.p, cases[i].programs, "... by program");
		print_rows(&got, &a, true);
		is_str(got.p, cases[i].parents, "... by parent");
		free(got.p);
		done_with(&a);
	}
}

/* whether all nodes are where they belong, and add up */
static bool
is_sound(const struct all *a)
{
	const struct merged_node *n, *c;
	const struct merged *m = &a->merged;
	uint64_t inside;
	size_t i, k, runs = 0;

	for (i = 0; i < m->n; i++) {
		n = &m->nodes[i];
		inside = n->critical;
		runs += n->runs;
		if (m->of[n->first->id] != i)
			return false;
		for (k = i + 1; k < i + n->size; k += c->size) {
			c = &m->nodes[k];
			inside += c->inside;
			if (c->parent != i || c->depth != n->depth + 1 ||
			    c->first->parent == NULL ||
			    m->of[c->first->parent->id] != i)
				return false;
		}
		if (k != i + n->size || inside != n->inside)
			return false;
	}
	return runs == a->f.n && m->nodes[0].inside == a->shares.total;
}

static void
test_any(void)
{
	unsigned i, bad = 0;

	for (i = 0; i < 400; i++) {
		struct all a = { 0 };

		lifetimes_any(&a.f, 1 + i % 60, i);
		find(&a);
		bad += !is_sound(&a);
		done_with(&a);
	}
	is_num(bad, 0, "the nodes of any forest");
}

int
main(void)
{
	run_cases();
	test_any();
	return done();
}
