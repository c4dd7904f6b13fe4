/* pt-render-perfetto - a recording for Perfetto and other viewers of traces */
#include <err.h>
#include <getopt.h>
#include <stdio.h>

#include "cli/options.h"
#include "cli/out.h"
#include "render/chrometrace.h"
#include "tree/forest.h"

static const char usage[] =
    "usage: pt-render-perfetto [-hV] [-o FILE] [FILE ...]\n"
    "Writes recordings as Chrome trace events, in JSON: for Perfetto\n"
    "(ui.perfetto.dev), chrome://tracing, speedscope.\n"
    "\n"
    "  -o, --output FILE  write to FILE, replaced once it is complete\n"
    "  -h, --help         print this help\n"
    "  -V, --version      print the version\n";

static const struct option longopts[] = {
	OPTIONS_COMMON,
	{ NULL, 0, NULL, 0 },
};

int
main(int argc, char *argv[])
{
	static struct forest f;
	struct timeline *in;
	const char *output = "-";
	bool bad;
	int c;

	while ((c = options_next(argc, argv, "ho:V", longopts)) != -1)
		switch (c) {
		case 'o': output = optarg; break;
		default: options_common(c, usage);
		}
	out_open(output);
	in = timeline_open(argv + optind);
	bad = timeline_close(in, forest_load(&f, in));
	if (!f.n)
		errx(1, "no process in the recording");
	chrometrace_write(&f, stdout);
	timeline_warn_lost(NULL, f.nlost);
	return out_close() < 0 ? 2 : bad;
}
