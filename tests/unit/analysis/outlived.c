/* outlived - small trees */
#include "analysis/outlived.h"
#include "lifetimes.h"

/* "PID BY" each */
static const struct {
	const char *name, *in, *want;
} cases[] = {
	{ "none", "1 0 0-9, 2 1 1-9", "" },
	{ "a daemon, and what it started",
	    "1 0 0-9, 2 1 1-12, 3 2 2-20, 4 2 2-3", "3 11 2 3" },
	{ "what still runs comes first",
	    "1 0 0-9, 2 1 1-12, 3 1 2-?, 4 1 2-30", "3 21 4 21 2 3" },
	{ "an orphan of one that ended", "1 0 0-9, 2 1 1-3, 3 2 2-10", "3 1" },
	{ "the root still runs", "1 0 0-?, 2 1 1-12, 3 1 2-?", "" },
	{ "another tree", "1 0 0-9, 7 0 1-12", "" },
};

int
main(void)
{
	size_t i, k;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct forest f = { 0 };
		struct outlived o;
		struct buf got = { 0 };

		lifetimes_forest(&f, cases[i].in);
		outlived_find(&o, &f);
		for (k = 0; k < o.n; k++)
			buf_printf(&got, "%s%d %" PRIu64, k ? " " : "",
			    o.rows[k].p->pid, o.rows[k].by);
		buf_addc(&got, '\0');
		is_str(got.p, cases[i].want, cases[i].name);
		free(got.p);
		outlived_free(&o);
		forest_free(&f);
	}
	return done();
}
