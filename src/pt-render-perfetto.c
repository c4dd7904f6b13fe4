/* pt-render-perfetto - a recording for Perfetto and other viewers of traces */
#include <getopt.h>
#include <stdio.h>

#include "cli/options.h"
#include "render/chrometrace.h"
#include "tree/hosts.h"
#include "tree/recording.h"

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
	bool bad;
	int c;

	while ((c = options_next(argc, argv, "ho:V", longopts)) != -1)
		options_common(c, usage);
	bad = recording_read(&f, argv + optind);
	hosts_join(&f);
	chrometrace_write(&f, stdout);
	return recording_end(&f, bad);
}
