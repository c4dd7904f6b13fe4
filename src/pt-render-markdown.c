/* pt-render-markdown - a recording for the summary of a CI job */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/options.h"
#include "render/annotations.h"
#include "render/mdreport.h"
#include "tree/recording.h"

static const char usage[] =
"usage: pt-render-markdown [-hV] [--annotations] [--limit BYTES] [-o FILE]\n"
"                          [FILE ...]\n"
"Says in Markdown what matters in a recording: numbers, findings, why it failed\n"
"or does not end, a chart. For summaries of GitHub and GitLab.\n"
"\n"
"      --annotations  print workflow commands of GitHub instead (::error ...)\n"
"      --limit BYTES  print at most so much (65,536)\n"
"  -o, --output FILE  write to FILE, replaced once it is complete\n"
"  -h, --help         print this help\n"
"  -V, --version      print the version\n";

enum { OPT_ANNOTATIONS = 256, OPT_LIMIT, LIMIT = 65536, LIMIT_MAX = 1 << 30 };

static const struct option longopts[] = {
	{ "annotations", no_argument, NULL, OPT_ANNOTATIONS },
	{ "limit", required_argument, NULL, OPT_LIMIT },
	OPTIONS_COMMON,
	{ NULL, 0, NULL, 0 },
};

static size_t
find_limit(const char *arg)
{
	unsigned long limit = options_number("--limit", arg, LIMIT_MAX);

	if (limit < MDREPORT_MIN)
		errx(2, "--limit: at least %d", MDREPORT_MIN);
	return limit;
}

int
main(int argc, char *argv[])
{
	static struct forest f;
	static struct answers a;
	struct buf text = { 0 };
	size_t limit = LIMIT;
	bool annotations = false, bad;
	int c;

	while ((c = options_next(argc, argv, "ho:V", longopts)) != -1)
		switch (c) {
		case OPT_ANNOTATIONS: annotations = true; break;
		case OPT_LIMIT: limit = find_limit(optarg); break;
		default: options_common(c, usage);
		}
	bad = recording_read(&f, argv + optind);
	answers_find(&a, &f);
	if (annotations)
		annotations_add(&text, &a);
	else
		mdreport_add(&text, &a, limit);
	fwrite(text.p, 1, text.len, stdout);
	free(text.p);
	answers_free(&a);
	return recording_end(&f, bad);
}
