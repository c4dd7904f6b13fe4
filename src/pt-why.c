/* pt-why - why the processes of a recording did not end */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/options.h"
#include "cli/out.h"
#include "event/timeline.h"
#include "render/whytext.h"
#include "tree/forest.h"

static const char usage[] =
"usage: pt-why [-hV] [-o FILE] [FILE ...]\n"
"\n"
"Reads recordings of something that hung and says in words which processes\n"
"were alive, who started them, and which pipes and children they waited for.\n"
"pt-capture looks at the live processes at its --timeout, at ^C, on SIGUSR1,\n"
"and when descendants outlive the command. Exit status 1: it did not look.\n"
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
	static struct forest forest;
	struct timeline *events;
	const char *output = "-";
	struct buf text = { 0 };
	bool looked, bad;
	int c, r;

	while ((c = options_next(argc, argv, "ho:V", longopts)) != -1)
		switch (c) {
		case 'o': output = optarg; break;
		default: options_common(c, usage);
		}
	out_open(output);
	events = timeline_open(argv + optind);
	r = forest_load(&forest, events);
	bad = timeline_close(events, r);
	looked = whytext_report(&forest, &text);
	if (looked)
		fwrite(text.p, 1, text.len, stdout);
	else
		warnx("the recording has no look at its live processes");
	free(text.p);
	forest_free(&forest);
	return out_close() < 0 ? 2 : bad || !looked;
}
