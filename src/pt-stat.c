/* pt-stat - what a person asks first about a recording */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "analysis/summary.h"
#include "cli/options.h"
#include "cli/out.h"
#include "cli/term.h"
#include "render/statjson.h"
#include "render/stattext.h"
#include "tree/forest.h"

static const char usage[] =
    "usage: pt-stat [-hjV] [-n N] [-o FILE] [-w COLUMNS] [FILE ...]\n"
    "Summarizes recordings: times, failures, concurrency, the critical path, what\n"
    "still runs.\n"
    "\n"
    "  -j, --json           as JSON\n"
    "  -n, --top N          N rows in each table (10); 0: all\n"
    "  -o, --output FILE    write to FILE, replaced once it is complete\n"
    "  -w, --width COLUMNS  cut lines to this width (the terminal's, or 80); 0:\n"
    "                       do not cut\n"
    "  -h, --help           print this help\n"
    "  -V, --version        print the version\n";

static const struct option longopts[] = {
	OPTIONS_COMMON,
	{ "json", no_argument, NULL, 'j' },
	{ "top", required_argument, NULL, 'n' },
	{ "width", required_argument, NULL, 'w' },
	{ NULL, 0, NULL, 0 },
};

enum { TOP = 10, COLUMNS = 80, FROM_TERMINAL = -1, MAX = 1000000000 };

static void
print_text(const struct summary *s, size_t top, long width)
{
	struct term term;
	struct buf out = { 0 };
	size_t columns;

	term_open(&term, STDOUT_FILENO);
	columns = term.columns ? term.columns : COLUMNS;
	stattext_add(&out, s, top, &term,
	    width == FROM_TERMINAL ? columns : (size_t)width);
	fwrite(out.p, 1, out.len, stdout);
	free(out.p);
}

int
main(int argc, char *argv[])
{
	static struct forest f = {
		.kept = FOREST_KIND(EVENT_EXEC) | FOREST_KIND(EVENT_EXECFAIL) |
		    FOREST_KIND(EVENT_EXIT),
	};
	static struct summary s;
	const char *output = "-";
	struct timeline *in;
	size_t top = TOP;
	long width = FROM_TERMINAL;
	bool json = false, bad;
	int c;

	while ((c = options_next(argc, argv, "hjn:o:Vw:", longopts)) != -1)
		switch (c) {
		case 'j': json = true; break;
		case 'n': top = options_number("--top", optarg, MAX); break;
		case 'o': output = optarg; break;
		case 'w':
			width = (long)options_number("--width", optarg, MAX);
			break;
		default: options_common(c, usage);
		}
	out_open(output);
	in = timeline_open(argv + optind);
	bad = timeline_close(in, forest_load(&f, in));
	if (!f.n)
		errx(1, "no process in the recording");
	summary_find(&s, &f);
	if (json)
		statjson_write(&s, top, stdout);
	else
		print_text(&s, top, width);
	return out_close() < 0 ? 2 : bad;
}
