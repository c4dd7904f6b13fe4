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
    "usage: pt-render-html [-hV] [--compare FILE] [-o FILE] [FILE ...]\n"
    "Shows recordings on a page of HTML: timeline, tree, tables.\n"
    "\n"
    "      --compare FILE  compare with an older recording of the same job\n"
    "  -o, --output FILE   write to FILE, replaced once it is complete\n"
    "  -h, --help          print this help\n"
    "  -V, --version       print the version\n"
    "\n"
    "The page needs nothing else, and fetches nothing.\n"
    "PROCTRACE_LONG_NIX_PATHS=1 shows paths of the Nix store in full.\n";

enum { COMPARE = 256 };

static const struct option longopts[] = {
	{ "compare", required_argument, NULL, COMPARE },
	OPTIONS_COMMON,
	{ NULL, 0, NULL, 0 },
};

/* true: a line was bad */
static bool
load(struct answers *a, struct forest *f, char *const files[], const char *name)
{
	struct timeline *in = timeline_open(files);
	bool bad = timeline_close(in, forest_load(f, in));

	if (!f->n)
		errx(1, "%s%sno process in the recording", name ? name : "",
		    name ? ": " : "");
	timeline_warn_lost(name, f->nlost);
	answers_find(a, f);
	return bad;
}

int
main(int argc, char *argv[])
{
	static struct forest f, old;
	static struct answers answers, before;
	char *compared[] = { NULL, NULL };
	const char *output = "-";
	bool bad = false;
	int c;

	while ((c = options_next(argc, argv, "ho:V", longopts)) != -1)
		switch (c) {
		case COMPARE: compared[0] = optarg; break;
		case 'o': output = optarg; break;
		default: options_common(c, usage);
		}
	out_open(output);
	if (compared[0])
		bad = load(&before, &old, compared, compared[0]);
	bad |= load(&answers, &f, argv + optind, NULL);
	html_page_write(&answers, compared[0] ? &before : NULL, stdout);
	return out_close() < 0 ? 2 : bad;
}
