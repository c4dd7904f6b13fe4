/* findingtext - what stands out in small trees, in sentences */
#include "render/findingtext.h"
#include "lifetimes.h"

#define MS "000000"
/* in the n-th of ten times */
#define NTH(n) "2" #n " 1 " #n "0"MS"-" #n "9"MS" cc x ~9"MS

static const struct {
	const char *name, *in, *want;
} cases[] = {
	{ "nothing", "1 0 0-9 sh =0 ~9, 2 1 0-8", "" },
	{ "the root failed itself", "1 0 0-9 sh =3 ~9, 2 1 1-9 x ~8, 3 1 1-9 y ~8",
	    "Failed: `sh` ended with exit 3.\n"
	    "x: 89 % of the critical path, in 1 run.\n" },
	{ "a fork of a failed one says nothing",
	    "1 0 0-9 sh =2 ~9, 2 1 0-8 /bin/sh /src/x a =127 ~8, 3 2 1-2 =127, "
	    "4 1 0-1 y =1, 5 1 3-4 sh =0, 6 5 3-4 =1",
	    "Failed because `x a` ended with exit 127 (1 process down); "
	    "1 other failed; 1 failure was tolerated.\n" },
	{ "killed, and another one crashed",
	    "1 0 0-9 sh =137 ~9, 2 1 0-8 a b =SIGKILL ~8, 3 1 0-3 t =SIGSEGV",
	    "Failed because `a b` was killed by SIGKILL (1 process down); "
	    "1 other failed.\nKilled by a signal: `t` (SIGSEGV).\n"
	    "a: 89 % of the critical path, in 1 run.\n" },
	{ "outlived", "1 0 0-100"MS" sh =0 ~100"MS", 2 1 1-200"MS" d -x",
	    "`d -x` outlived the command by 100.0 ms; started by `sh`.\n" },
	{ "still running", "1 0 0-100"MS" sh =0 ~100"MS", 2 1 1-200"MS", "
	    "3 1 2-? d, 4 3 3-400"MS" e",
	    "`d` still ran 300.0 ms after the command had ended; started by "
	    "`sh`; so did 2 more.\n" },
	{ "not by much", "1 0 0-100"MS" sh =0 ~100"MS", 2 1 1-100900000 d", "" },
	{ "one at a time, in repeated commands",
	    "1 0 0-100"MS" make =0, "
	    NTH(1)", "NTH(2)", "NTH(3)", "NTH(4)", "NTH(5)", "NTH(6)", "
	    NTH(7)", "NTH(8)", "NTH(9)", 20 1 0-9"MS" cc x ~9"MS,
	    "One at a time: `make` ran 10 children, 100.0 ms of 100.0 ms "
	    "(make -j N runs several).\n"
	    "Repeated: `cc x` ran 10 times, 90 % of the critical path.\n" },
	{ "waiting", "1 0 0-1000"MS" sh =0 ~10"MS", 2 1 0-900"MS" sleep 1 ~1, "
	    "3 1 0-800"MS" sleep 2 ~1",
	    "Waiting, without CPU: `sleep 1` 900.0 ms, "
	    "`sleep 2` 800.0 ms beside the critical path, "
	    "`sh` 90.0 ms.\n" },
	{ "busy CPUs", "1 0 0-1000"MS" sh =0 ~100"MS", "
	    "2 1 0-900"MS" cc ~400"MS" %500"MS,
	    "cc: 90 % of the critical path, in 1 run.\n"
	    "Busy CPUs: the critical path waited 500.0 ms of 1.00 s for one.\n" },
	{ "work elsewhere", "1 0 0-1000"MS" sh =0 ~100"MS", "
	    "2 1 0-900"MS" docker build . ~1",
	    "Waiting, without CPU: `docker build .` 900.0 ms.\n"
	    "Work elsewhere: `docker build .` waited 900.0 ms for the docker "
	    "daemon.\n" },
};

int
main(void)
{
	size_t i, k;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct forest f = { 0 };
		struct answers a;
		struct buf got = { 0 };

		lifetimes_forest(&f, cases[i].in);
		answers_find(&a, &f);
		for (k = 0; k < a.findings.n; k++) {
			findingtext_add(&got, &a, &a.findings.list[k]);
			buf_addc(&got, '\n');
		}
		buf_addc(&got, '\0');
		is_str(got.p, cases[i].want, cases[i].name);
		free(got.p);
		answers_free(&a);
		forest_free(&f);
	}
	return done();
}
