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

#define EURO "\xe2\x82\xac"
#define DOTS "\xe2\x80\xa6"

static void
test_cut(void)
{
	static const struct {
		const char *in;
		size_t max;
		const char *want, *name;
	} cases[] = {
		{ "", 2, "", "cut: nothing" },
		{ "abcdef", 6, "abcdef", "cut: it fits" },
		{ "abcdefg", 6, "abcd" DOTS "g", "cut: one too long" },
		{ "abcdefghijklmnopqrstuvwxyz", 10, "abcdef" DOTS "xyz",
		    "cut: the middle" },
		{ "abc", 2, "a" DOTS, "cut: to two" },
		{ EURO EURO EURO EURO, 4, EURO EURO EURO EURO,
		    "cut: characters, not bytes" },
		{ EURO EURO EURO EURO "x", 4, EURO EURO DOTS "x",
		    "cut: between characters" },
		{ "x" EURO EURO EURO EURO, 4, "x" EURO DOTS EURO,
		    "cut: between characters at the end" },
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = { 0 };

		label_cut(&b, cases[i].in, strlen(cases[i].in), cases[i].max);
		is(slice_of(&b), (struct slice){ cases[i].want,
		    strlen(cases[i].want) }, cases[i].name);
		free(b.p);
	}
}

int
main(void)
{
	test_store();
	test_cut();
	return done();
}
