/* waiting - small trees */
#include "analysis/waiting.h"
#include "lifetimes.h"

/* "ON_PATH DELAY: PID IDLE DELAY ON_PATH" for each row */
static const struct {
	const char *name, *in, *want;
} cases[] = {
	{ "no CPU times", "1 0 0-9", "0 0:" },
	{ "a sleep", "1 0 0-20 ~4, 2 1 2-12 ~1",
	    "15 0: 2 9 0 9 1 6 0 6" },
	{ "all of it CPU time", "1 0 0-9 ~9", "0 0:" },
	{ "threads", "1 0 0-9 ~30", "0 0:" },
	{ "it waited for a CPU", "1 0 0-20 ~5 %7", "8 7: 1 8 7 8" },
	{ "beside the path", "1 0 0-20 ~2, 2 1 0-18 ~18, 3 1 1-7 ~1",
	    "0 0: 3 5 0 0" },
	{ "what outlives the root", "1 0 0-9 ~9, 2 1 1-20 ~1", "0 0:" },
	{ "one that does not tell", "1 0 0-9 ~1, 2 1 2-7", "3 0: 1 3 0 3" },
};

int
main(void)
{
	size_t i, k;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct forest f = { 0 };
		struct critical critical;
		struct programs programs;
		struct shares shares;
		struct span *spans;
		struct waiting w;
		struct buf got = { 0 };

		lifetimes_forest(&f, cases[i].in);
		critical_find(&critical, &f, NULL);
		programs_find(&programs, &f);
		shares_find(&shares, &f, &critical, &programs);
		spans = spans_find(&f);
		waiting_find(&w, &f, &shares, spans);
		buf_printf(&got, "%" PRIu64 " %" PRIu64 ":", w.on_path, w.delay);
		for (k = 0; k < w.n; k++)
			buf_printf(&got, " %d %" PRIu64 " %" PRIu64 " %" PRIu64,
			    w.rows[k].p->pid, w.rows[k].idle, w.rows[k].delay,
			    w.rows[k].on_path);
		buf_addc(&got, '\0');
		is_str(got.p, cases[i].want, cases[i].name);
		free(got.p);
		waiting_free(&w);
		free(spans);
		shares_free(&shares);
		programs_free(&programs);
		critical_free(&critical);
		forest_free(&f);
	}
	return done();
}
