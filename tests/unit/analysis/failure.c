/* failure - chains of small trees */
#include "analysis/failure.h"
#include "lifetimes.h"

/* PIDs: "CHAIN; OTHERS; FAILED TOLERATED" */
static const struct {
	const char *name, *in, *want;
} cases[] = {
	{ "nothing failed", "1 0 0-9 sh =0, 2 1 1-3 cc =0", "; ; 0 0" },
	{ "the root alone", "1 0 0-9 sh =3, 2 1 1-3 cc =0", "1; ; 1 0" },
	{ "the last one with the same status, not the last one",
	    "1 0 0-9 sh =1, 2 1 1-2 a =1, 3 1 2-4 b =1, 4 1 4-6 c =7",
	    "1 3; 4 2; 4 0" },
	{ "or else the last one, and on from there",
	    "1 0 0-9 make =2, 2 1 1-2 a =1, 3 1 2-7 sh =127, 4 3 3-4 x =127",
	    "1 3 4; 2; 4 0" },
	{ "not one after which another was run: it has another reason",
	    "1 0 0-9 sh =3, 2 1 1-2 cat =1, 3 1 3-4 prog =0", "1; 2; 2 0" },
	{ "but for a crash",
	    "1 0 0-9 make =2, 2 1 1-2 t =SIGSEGV, 3 1 3-4 cc =0", "1 2; ; 2 0" },
	{ "one with the same status may be",
	    "1 0 0-9 sh =1, 2 1 1-2 cat =1, 3 1 3-4 clean =0", "1 2; ; 2 0" },
	{ "what an ancestor survived was tolerated",
	    "1 0 0-9 make =2, 2 1 1-5 sh =0, 3 2 2-4 sh =1, 4 3 2-3 x =1, "
	    "5 1 6-8 cc =1", "1 5; ; 4 2" },
	{ "so are those of a root that ended well",
	    "1 0 0-9 make =0, 2 1 1-5 cc =1", "; ; 1 1" },
	{ "a crash is named all the same, a broken pipe is not",
	    "1 0 0-9 make =0, 2 1 1-5 t =SIGSEGV, 3 1 1-6 yes =SIGPIPE",
	    "; 2; 2 2" },
	{ "a crash comes first",
	    "1 0 0-9 sh =1, 2 1 1-2 t =SIGABRT, 3 1 2-4 a =5, 4 1 5-6 b =1",
	    "1 4; 2 3; 4 0" },
	{ "a shell hands on a signal",
	    "1 0 0-9 sh =139, 2 1 1-2 t =SIGSEGV, 3 1 2-4 a =5",
	    "1 2; 3; 3 0" },
	{ "a killed one is explained by what died the same way only",
	    "1 0 0-9 sh =SIGTERM, 2 1 1-2 a =1, 3 1 2-4 b =SIGTERM",
	    "1 3; 2; 3 0" },
	{ "... or by none", "1 0 0-9 sh =SIGKILL, 2 1 1-2 a =1", "1; 2; 2 0" },
	{ "who ended later is no reason",
	    "1 0 0-9 sh =1, 2 1 1-12 d =1, 3 1 2-4 a =1", "1 3; 2; 3 0" },
	{ "the root still runs", "1 0 0-? sh, 2 1 1-2 a =1", "; 2; 1 0" },
	{ "another tree is not looked at",
	    "1 0 0-9 sh =0, 7 0 1-2 a =1", "; ; 0 0" },
};

static void
print(struct buf *b, const struct process *const *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		buf_printf(b, "%s%d", i ? " " : "", list[i]->pid);
	buf_adds(b, "; ");
}

int
main(void)
{
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct forest f = { 0 };
		struct failure x;
		struct buf got = { 0 };

		lifetimes_forest(&f, cases[i].in);
		failure_find(&x, &f);
		print(&got, x.chain, x.nchain);
		print(&got, x.others, x.nothers);
		buf_printf(&got, "%zu %zu", x.nfailed, x.ntolerated);
		buf_addc(&got, '\0');
		is_str(got.p, cases[i].want, cases[i].name);
		free(got.p);
		failure_free(&x);
		forest_free(&f);
	}
	return done();
}
