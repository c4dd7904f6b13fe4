/* pt-render-tree - a recording as a tree of processes in the terminal */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/options.h"
#include "cli/out.h"
#include "cli/term.h"
#include "render/treetext.h"
#include "tree/forest.h"

static const char usage[] =
    "usage: pt-render-tree [-ahV] [-o FILE] [-w COLUMNS] [FILE ...]\n"
    "Prints the processes of recordings as a tree, one on a line.\n"
    "\n"
    "  -a, --all            process groups and sessions, every exec of a process,\n"
    "                       failed ones, setpgid and setsid\n"
    "  -o, --output FILE    write to FILE, replaced once it is complete\n"
    "  -w, --width COLUMNS  cut lines to this width; 0: do not cut. A terminal's\n"
    "                       lines are cut to its width, others not\n"
    "  -h, --help           print this help\n"
    "  -V, --version        print the version\n"
    "\n"
    "NO_COLOR=1 shows no colours on a terminal either.\n"
    "PROCTRACE_LONG_NIX_PATHS=1 shows paths of the Nix store in full.\n";

static const struct option longopts[] = {
	{ "all", no_argument, NULL, 'a' },
	OPTIONS_COMMON,
	{ "width", required_argument, NULL, 'w' },
	{ NULL, 0, NULL, 0 },
};

enum { MAX_COLUMNS = 1000000000 };

int
main(int argc, char *argv[])
{
	static struct forest f;
	struct term term;
	struct treetext t = { .term = &term };
	struct timeline *in;
	const char *output = "-";
	bool width = false, bad;
	int c;

	while ((c = options_next(argc, argv, "aho:Vw:", longopts)) != -1)
		switch (c) {
		case 'a': t.all = true; break;
		case 'o': output = optarg; break;
		case 'w':
			width = true;
			t.columns = options_number("--width", optarg, MAX_COLUMNS);
			break;
		default: options_common(c, usage);
		}
	out_open(output);
	term_open(&term, STDOUT_FILENO);
	if (!width)
		t.columns = term.columns;
	in = timeline_open(argv + optind);
	bad = timeline_close(in, forest_load(&f, in));
	if (!f.n)
		errx(1, "no process in the recording");
	treetext_write(&t, &f, stdout);
	timeline_warn_lost(NULL, f.nlost);
	return out_close() < 0 ? 2 : bad;
}
