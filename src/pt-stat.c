/* pt-stat - what a person asks first about a recording */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "analysis/answers.h"
#include "cli/options.h"
#include "cli/out.h"
#include "cli/term.h"
#include "render/statjson.h"
#include "render/stattext.h"
#include "tree/recording.h"

static const char usage[] =
    "usage: pt-stat [-ahjV] [--short] [-n N] [-o FILE] [-w COLUMNS] [FILE ...]\n"
    "Says what stands out in recordings: why they took so long, why they failed;\n"
    "then times, programs, what ran one at a time, repeats, failures.\n"
    "\n"
    "  -a, --all            all tables: those of single processes and of failed\n"
    "                       execs, too\n"
    "  -j, --json           as JSON\n"
    "  -n, --top N          N rows in each table, not just a few; 0: all\n"
    "  -o, --output FILE    write to FILE, replaced once it is complete\n"
    "      --short          only what stands out, in at most 12 lines\n"
    "  -w, --width COLUMNS  cut lines to this width (the terminal's, or 80); 0:\n"
    "                       do not cut\n"
    "  -h, --help           print this help\n"
    "  -V, --version        print the version\n";

enum { OPT_SHORT = 256 };

static const struct option longopts[] = {
	OPTIONS_COMMON,
	{ "all", no_argument, NULL, 'a' },
	{ "json", no_argument, NULL, 'j' },
	{ "short", no_argument, NULL, OPT_SHORT },
	{ "top", required_argument, NULL, 'n' },
	{ "width", required_argument, NULL, 'w' },
	{ NULL, 0, NULL, 0 },
};

enum { TOP = 10, COLUMNS = 80, FROM_TERMINAL = -1, MAX = 1000000000 };

static void
print_text(const struct answers *a, struct stattext_options o, bool brief,
    long width)
{
	struct term term;
	struct buf out = { 0 };

	term_open(&term, STDOUT_FILENO);
	o.term = &term;
	o.columns = width != FROM_TERMINAL ? (size_t)width :
	    term.columns ? term.columns : COLUMNS;
	if (brief)
		stattext_add_short(&out, a, &o);
	else
		stattext_add(&out, a, &o);
	fwrite(out.p, 1, out.len, stdout);
	free(out.p);
}

int
main(int argc, char *argv[])
{
	static struct forest f = {
		.kept = FOREST_KIND(EVENT_EXEC) | FOREST_KIND(EVENT_EXECFAIL) |
		    FOREST_KIND(EVENT_EXIT) | FOREST_KIND(EVENT_SIGNAL) |
		    FOREST_KIND(EVENT_FD) | FOREST_KIND(EVENT_WAIT) |
		    FOREST_KIND(EVENT_HOLDER) |
		    FOREST_KIND(EVENT_WRITE) | FOREST_KIND(EVENT_READ),
	};
	static struct answers a;
	static struct stattext_options o = { .top = TOP };
	long width = FROM_TERMINAL;
	bool json = false, brief = false, bad;
	int c;

	while ((c = options_next(argc, argv, "ahjn:o:Vw:", longopts)) != -1)
		switch (c) {
		case 'a': o.all_tables = true; break;
		case 'j': json = true; break;
		case 'n':
			o.top = options_number("--top", optarg, MAX);
			o.has_top = true;
			break;
		case OPT_SHORT: brief = true; break;
		case 'w':
			width = (long)options_number("--width", optarg, MAX);
			break;
		default: options_common(c, usage);
		}
	bad = recording_read(&f, argv + optind);
	answers_find(&a, &f);
	if (json)
		statjson_write(&a, o.top, stdout);
	else
		print_text(&a, o, brief, width);
	return out_close() < 0 ? 2 : bad;
}
