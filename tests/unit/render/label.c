/* label - what of a command is shown */
#include "render/label.h"
#include "tap.h"

#define HASH "lm10ywzflq9qfhr4fl0zqxrhiksf28ks"

static void
test_store(void)
{
	static const struct {
		const char *in, *want, *name;
	} cases[] = {
		{ "", "", "store: nothing" },
		{ "/usr/bin/x", "/usr/bin/x", "store: another path" },
		{ "/nix/store/" HASH "-bash-5.2/bin/bash -c x", "<store>/bash -c x",
		    "store: a program" },
		{ "/nix/store/" HASH "-a/bin/b /nix/store/" HASH "-c/bin/d e",
		    "<store>/b <store>/d e", "store: two in one" },
		{ "/nix/store/" HASH "-a/bin/b:/nix/store/" HASH "-c",
		    "<store>/b:<store>/c", "store: two, a colon between" },
		{ "-L/nix/store/" HASH "-ssl-3.0/lib -lssl",
		    "-L<store>/ssl-3.0/lib -lssl", "store: no program" },
		{ "/nix/store/" HASH "-a/bin", "<store>/a/bin", "store: only bin" },
		{ "/nix/store/" HASH "-a/bin/", "<store>/a/bin/",
		    "store: nothing in bin" },
		{ "/nix/store/" HASH "-a/bin/ b", "<store>/a/bin/ b",
		    "store: nothing in bin, and more" },
		{ "/nix/store/" HASH "-", "/nix/store/" HASH "-",
		    "store: no name" },
		{ "/nix/store/" HASH, "/nix/store/" HASH, "store: only a hash" },
		{ "/nix/store/-a/b", "/nix/store/-a/b", "store: no hash" },
		{ "/nix/store/", "/nix/store/", "store: only the store" },
		{ "/nix/stor", "/nix/stor", "store: not even that" },
		{ "//nix/store/" HASH "-a", "/<store>/a", "store: a slash before" },
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = { 0 };

		label_store(&b, cases[i].in, strlen(cases[i].in));
		is(slice_of(&b), (struct slice){ cases[i].want,
		    strlen(cases[i].want) }, cases[i].name);
		free(b.p);
	}
}


int
main(void)
{
	test_store();
	return done();
}
