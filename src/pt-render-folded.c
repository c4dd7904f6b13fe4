/* pt-render-folded - a recording as folded stacks, for flame graphs */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cli/options.h"
#include "render/folded.h"
#include "tree/recording.h"

static const char usage[] =
    "usage: pt-render-folded [-hV] [-o FILE] [--time own|cpu|critical] [FILE ...]\n"
    "Prints how many microseconds the processes of each command path took, as\n"
    "folded stacks: for flamegraph.pl, inferno, speedscope.\n"
    "\n"
    "      --time own|cpu|critical\n"
    "                     time without a child that lives (the default), CPU\n"
    "                     time, or time on the critical path\n"
    "  -o, --output FILE  write to FILE, replaced once it is complete\n"
    "  -h, --help         print this help\n"
    "  -V, --version      print the version\n";

enum { TIME = 256 };

static const struct option longopts[] = {
	OPTIONS_COMMON,
	{ "time", required_argument, NULL, TIME },
	{ NULL, 0, NULL, 0 },
};

static enum folded_time
parse_time(const char *word)
{
	if (!strcmp(word, "own"))
		return FOLDED_OWN;
	if (!strcmp(word, "cpu"))
		return FOLDED_CPU;
	if (!strcmp(word, "critical"))
		return FOLDED_CRITICAL;
	errx(2, "--time: '%s' is not own, cpu or critical", word);
}

int
main(int argc, char *argv[])
{
	static struct forest f = {
		.kept = FOREST_KIND(EVENT_EXEC) | FOREST_KIND(EVENT_EXIT) |
		    FOREST_KIND(EVENT_WRITE) | FOREST_KIND(EVENT_READ),
	};
	enum folded_time which = FOLDED_OWN;
	bool bad;
	int c;

	while ((c = options_next(argc, argv, "ho:V", longopts)) != -1)
		switch (c) {
		case TIME: which = parse_time(optarg); break;
		default: options_common(c, usage);
		}
	bad = recording_read(&f, argv + optind);
	folded_write(&f, which, stdout);
	return recording_end(&f, bad);
}
