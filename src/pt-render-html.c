/* pt-render-html - a recording as a page of HTML */
#include <getopt.h>
#include <stdio.h>

#include "analysis/answers.h"
#include "cli/options.h"
#include "html/page.h"
#include "tree/hosts.h"
#include "tree/recording.h"

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

int
main(int argc, char *argv[])
{
	static struct forest f, old;
	static struct answers answers, before;
	char *compared = NULL;
	bool bad;
	int c;

	while ((c = options_next(argc, argv, "ho:V", longopts)) != -1)
		switch (c) {
		case COMPARE: compared = optarg; break;
		default: options_common(c, usage);
		}
	bad = recording_read(&f, argv + optind);
	hosts_join(&f);
	answers_find(&answers, &f);
	if (compared) {
		bad |= recording_read_other(&old, compared, 1);
		hosts_join(&old);
		answers_find(&before, &old);
	}
	html_page_write(&answers, compared ? &before : NULL, stdout);
	return recording_end(&f, bad);
}
