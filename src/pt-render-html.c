/* pt-render-html - a recording as a page of HTML */
#include <err.h>
#include <getopt.h>
#include <stdio.h>

#include "analysis/answers.h"
#include "cli/options.h"
#include "cli/out.h"
#include "html/page.h"
#include "tree/forest.h"

static const char usage[] =
    "usage: pt-render-html [-hV] [-o FILE] [FILE ...]\n"
    "Shows recordings on a page of HTML: timeline, tree, tables.\n"
    "\n"
    "  -o, --output FILE  write to FILE, replaced once it is complete\n"
    "  -h, --help         print this help\n"
    "  -V, --version      print the version\n"
    "\n"
    "The page needs nothing else, and fetches nothing.\n"
    "PROCTRACE_LONG_NIX_PATHS=1 shows paths of the Nix store in full.\n";

static const struct option longopts[] = {
	OPTIONS_COMMON,
	{ NULL, 0, NULL, 0 },
};

static int
render(char *const files[])
{
	static struct forest f;
	static struct answers answers;
	struct timeline *in = timeline_open(files);
	bool bad = timeline_close(in, forest_load(&f, in));

	if (!f.n)
		errx(1, "no process in the recording");
	timeline_warn_lost(NULL, f.nlost);
	answers_find(&answers, &f);
	html_page_write(&answers, stdout);
	return out_close() < 0 ? 2 : bad;
}

int
main(int argc, char *argv[])
{
	const char *output = "-";
	int c;

	while ((c = options_next(argc, argv, "ho:V", longopts)) != -1)
		switch (c) {
		case 'o': output = optarg; break;
		default: options_common(c, usage);
		}
	out_open(output);
	return render(argv + optind);
}
