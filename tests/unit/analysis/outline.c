/* outline - parts of small trees */
#include "analysis/outline.h"
#include "lifetimes.h"

/* "PID" each; + if a sibling follows, > if a child is shown */
static const struct {
	const char *name, *in;
	struct outline_options o;
	const char *want;
} cases[] = {
	{ "all", "1 0 0-9, 2 1 1-3, 3 1 3-4, 4 3 3-4",
	    { .max_depth = 9 }, "1> 2+ 3> 4" },
	{ "failed", "1 0 0-9 =0, 2 1 1-3 =0, 3 1 3-4 =0, 4 3 3-4 =1, 5 1 5-6 =0",
	    { .failed = true, .max_depth = 9 }, "1> 3> 4" },
	{ "none failed", "1 0 0-9 =0, 2 1 1-3 =0",
	    { .failed = true, .max_depth = 9 }, "" },
	{ "long ones", "1 0 0-2, 2 1 1-9, 3 2 3-4, 4 1 1-2",
	    { .min_duration = 5, .max_depth = 9 }, "1> 2" },
	{ "not deep", "1 0 0-9 =1, 2 1 1-3 =0, 3 2 1-3 =1",
	    { .failed = true, .max_depth = 1 }, "1" },
	{ "two trees", "1 0 0-9, 2 0 1-3", { .max_depth = 0 }, "1+ 2" },
};

int
main(void)
{
	size_t i, k;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct forest f = { 0 };
		struct outline x;
		struct buf got = { 0 };

		lifetimes_forest(&f, cases[i].in);
		outline_find(&x, &f, &cases[i].o);
		for (k = 0; k < f.n; k++)
			if (x.shown[k])
				buf_printf(&got, "%s%d%s%s", got.len ? " " : "",
				    f.processes[k]->pid, x.follows[k] ? "+" : "",
				    x.has_child[k] ? ">" : "");
		buf_addc(&got, '\0');
		is_str(got.p, cases[i].want, cases[i].name);
		free(got.p);
		outline_free(&x);
		forest_free(&f);
	}
	return done();
}
