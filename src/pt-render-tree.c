/* pt-render-tree - a recording as a tree of processes in the terminal */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "analysis/answers.h"
#include "analysis/outline.h"
#include "base/text.h"
#include "cli/options.h"
#include "cli/term.h"
#include "render/eventtext.h"
#include "render/mergedtext.h"
#include "render/treetext.h"
#include "tree/hosts.h"
#include "tree/recording.h"

static const char usage[] =
    "usage: pt-render-tree [-ahV] [--colour WHEN] [--depth N] [--failed] [--merge]\n"
    "                      [-m MS] [-o FILE] [-w COLUMNS] [FILE ...]\n"
    "Prints the processes of recordings as a tree. If they do not fit the screen\n"
    "(200 lines if it is no terminal), those that have the same programs above them\n"
    "are one line.\n"
    "\n"
    "  -a, --all            each process on a line; with process groups and sessions,\n"
    "                       every exec, failed ones, setpgid and setsid\n"
    "      --colour WHEN    auto, always (for less -R), never; also --color\n"
    "      --depth N        not deeper than N; the root is 0\n"
    "      --failed         only what failed, and what is above it\n"
    "      --merge          always one line for each path of programs\n"
    "  -m, --min-duration MS\n"
    "                       only what lasted so long\n"
    "  -o, --output FILE    write to FILE, replaced once it is complete\n"
    "  -w, --width COLUMNS  cut lines to this width; 0: do not. Default: a terminal's\n"
    "  -h, --help           print this help\n"
    "  -V, --version        print the version\n"
    "\n"
    "NO_COLOR=1: no colours. PROCTRACE_LONG_NIX_PATHS=1: full paths of the Nix store.\n";

enum { OPT_COLOUR = 256, OPT_DEPTH, OPT_FAILED, OPT_MERGE };

static const struct option longopts[] = {
	{ "all", no_argument, NULL, 'a' },
	{ "color", required_argument, NULL, OPT_COLOUR },
	{ "colour", required_argument, NULL, OPT_COLOUR },
	OPTIONS_COMMON,
	{ "depth", required_argument, NULL, OPT_DEPTH },
	{ "failed", no_argument, NULL, OPT_FAILED },
	{ "merge", no_argument, NULL, OPT_MERGE },
	{ "min-duration", required_argument, NULL, 'm' },
	{ "width", required_argument, NULL, 'w' },
	{ NULL, 0, NULL, 0 },
};

enum { MAX = 1000000000, LINES = 200 };

struct options {
	struct outline_options outline;
	bool all, merge, has_min, has_width;
	const char *colour;
	size_t columns;
};

static const char *
colour(const char *when)
{
	struct term any;

	if (!term_choose_colour(&any, when))
		errx(2, "--colour: '%s' is not auto, always or never", when);
	return when;
}

/* How many lines fit; what heads the tree and the prompt behind it do, too. */
static size_t
lines_that_fit(const struct term *term)
{
	return term->rows > 2 ? term->rows - 2 : LINES;
}

static void
write_merged(const struct options *o, const struct term *term,
    const struct forest *f)
{
	static struct answers a;
	struct mergedtext t = {
		.term = term, .columns = o->columns, .failed = o->outline.failed,
		.has_min = o->has_min, .min_duration = o->outline.min_duration,
		.max_depth = o->outline.max_depth,
	};

	answers_find(&a, f);
	mergedtext_write(&t, &a, stdout);
	answers_free(&a);
}

/* The labels of the only recording; those of several stand with their hosts. */
static void
write_labels(const struct term *term, const struct forest *f, size_t columns)
{
	struct buf text = { 0 }, line = { 0 };

	if (f->nruns == 1 && eventtext_labels(&text, &f->trace)) {
		term_add(term, &line, text.p, text.len, columns);
		buf_addc(&line, '\n');
		fwrite(line.p, 1, line.len, stdout);
	}
	free(text.p);
	free(line.p);
}

static void
write_tree(struct options *o, const struct forest *f)
{
	static struct outline outline;
	struct term term;
	struct treetext t = { .term = &term, .outline = &outline, .all = o->all };

	term_open(&term, STDOUT_FILENO);
	term_choose_colour(&term, o->colour);
	if (!o->has_width)
		o->columns = term.columns;
	t.columns = o->columns;
	write_labels(&term, f, o->columns);
	outline_find(&outline, f, &o->outline);
	if (o->merge || (!o->all && outline.n > lines_that_fit(&term)))
		write_merged(o, &term, f);
	else
		treetext_write(&t, f, stdout);
	outline_free(&outline);
}

int
main(int argc, char *argv[])
{
	static struct forest f;
	struct options o = { .colour = "auto", .outline.max_depth = MAX };
	bool bad;
	int c;

	while ((c = options_next(argc, argv, "ahm:o:Vw:", longopts)) != -1)
		switch (c) {
		case 'a': o.all = true; break;
		case 'm':
			o.has_min = true;
			o.outline.min_duration = options_milliseconds(
			    "--min-duration", optarg);
			break;
		case 'w':
			o.has_width = true;
			o.columns = options_number("--width", optarg, MAX);
			break;
		case OPT_COLOUR: o.colour = colour(optarg); break;
		case OPT_DEPTH:
			o.outline.max_depth = options_number("--depth", optarg,
			    MAX);
			break;
		case OPT_FAILED: o.outline.failed = true; break;
		case OPT_MERGE: o.merge = true; break;
		default: options_common(c, usage);
		}
	bad = recording_read(&f, argv + optind);
	hosts_join(&f);
	write_tree(&o, &f);
	return recording_end(&f, bad);
}
