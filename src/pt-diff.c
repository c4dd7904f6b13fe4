/* pt-diff - what is different in two recordings of the same job */
#include <err.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/baselines.h"
#include "analysis/compare.h"
#include "analysis/machineload.h"
#include "base/text.h"
#include "cli/options.h"
#include "cli/out.h"
#include "cli/term.h"
#include "render/diffjson.h"
#include "render/difftext.h"
#include "tree/recording.h"

static const char usage[] =
"usage: pt-diff [-ahjV] [-m MS] [-n N] [-o FILE] [-w COLUMNS] [--min-change MS]\n"
"               [--min-percent PERCENT] OLD [NEW]\n"
"       pt-diff --baseline FILE --baseline FILE ... [OPTION ...] [NEW]\n"
"Prints what is different in two recordings of the same job: programs that took\n"
"more or less time; processes that are new or gone, slower or faster, or that end\n"
"in another way.\n"
"\n"
"  -m, --min-duration MS      ignore processes that are shorter\n"
"      --baseline FILE        one of several: only what is different from all of\n"
"                             them\n"
"      --min-change MS        ignore smaller changes of durations (100), ...\n"
"      --min-percent PERCENT  ... also relative to the old one (25)\n"
"  -a, --all                  list also whose change is that of a child\n"
"  -j, --json                 as JSON, also if nothing is different\n"
"  -n, --top N                N rows in each table (10); 0: all\n"
"  -o, --output FILE          write to FILE, replaced once it is complete\n"
"  -w, --width COLUMNS        cut lines to this width (the terminal's, or 80);\n"
"                             0: do not cut\n"
"  -h, --help                 print this help\n"
"  -V, --version              print the version\n"
"\n"
"The exit status is 0 if nothing is different, 1 if something is.\n";

enum { BASELINE = 256, MIN_CHANGE, MIN_PERCENT };

static const struct option longopts[] = {
	{ "all", no_argument, NULL, 'a' },
	{ "baseline", required_argument, NULL, BASELINE },
	{ "json", no_argument, NULL, 'j' },
	{ "min-change", required_argument, NULL, MIN_CHANGE },
	{ "min-duration", required_argument, NULL, 'm' },
	{ "min-percent", required_argument, NULL, MIN_PERCENT },
	{ "top", required_argument, NULL, 'n' },
	{ "width", required_argument, NULL, 'w' },
	OPTIONS_COMMON,
	{ NULL, 0, NULL, 0 },
};

enum {
	TOP = 10, COLUMNS = 80, FROM_TERMINAL = -1, MAX = 1000000000,
	OTHERS = 200,	/* thousandths of all CPUs: of a run that others slow down */
};

struct diff {
	struct compare compare;
	struct forest old, new;
	char **baselines;	/* of --baseline; the last one is old */
	size_t nbaselines, baselines_cap;
	uint64_t least, most;	/* ns, that they took */
	size_t top;
	long width;
	bool json;
};

static bool
is_standard_input(const char *file)
{
	return !strcmp(file, "-");
}

static void
add_baseline(struct diff *d, char *file)
{
	d->baselines = grow(d->baselines, d->nbaselines, &d->baselines_cap,
	    sizeof *d->baselines);
	d->baselines[d->nbaselines++] = file;
}

/* What makes that times differ, whatever was run. */
static void
warn_machine(const struct forest *old, const char *name, const struct forest *new)
{
	size_t before = machineload_cpus(old->root->run);
	size_t now = machineload_cpus(new->root->run);
	uint64_t then, today;

	if (before && now && before != now)
		warnx("%s: recorded with %zu CPUs, and the new one with %zu: times "
		    "cannot be compared", name, before, now);
	if (!machineload_others(old, old->root->run, &then) ||
	    !machineload_others(new, new->root->run, &today))
		return;
	if (then > today + OTHERS || today > then + OTHERS)
		warnx("%s: other programs used %" PRIu64 " %% of the CPUs, and %"
		    PRIu64 " %% with the new one: times cannot be compared", name,
		    then / 10, today / 10);
}

/* Takes out what is not different from the baselines but the last one: true if
 * some of their lines were bad. */
static bool
narrow(struct diff *d)
{
	struct forest other;
	uint64_t wall;
	bool bad = false;
	size_t i;

	d->least = d->most = d->old.root->end - d->old.root->start;
	for (i = 0; i + 1 < d->nbaselines; i++) {
		other = (struct forest){ .kept = d->old.kept };
		bad |= recording_read_other(&other, d->baselines[i], 2);
		warn_machine(&other, d->baselines[i], &d->new);
		wall = other.root->end - other.root->start;
		d->least = wall < d->least ? wall : d->least;
		d->most = wall > d->most ? wall : d->most;
		baselines_narrow(&d->compare, &d->old, &other, &d->new);
		forest_free(&other);
	}
	return bad;
}

static bool
load_both(struct diff *d, char *old, char *new)
{
	/* first what a file would take the place of, were it closed */
	bool new_first = is_standard_input(new);
	bool bad = new_first && recording_read_other(&d->new, new, 2);

	bad |= recording_read_other(&d->old, old, 2);
	return bad | (!new_first && recording_read_other(&d->new, new, 2));
}

static void
print_text(const struct diff *d)
{
	struct term term;
	struct buf out = { 0 };
	size_t columns;

	term_open(&term, STDOUT_FILENO);
	if (d->nbaselines > 1) {
		buf_printf(&out, "Of %zu baselines, which took ", d->nbaselines);
		text_duration(&out, d->least);
		buf_adds(&out, " to ");
		text_duration(&out, d->most);
		buf_adds(&out, ", the last one is shown here.\n\n");
	}
	columns = d->width != FROM_TERMINAL ? (size_t)d->width :
	    term.columns ? term.columns : COLUMNS;
	difftext_add(&out, &d->compare, &d->old, &d->new, d->top, &term,
	    columns);
	fwrite(out.p, 1, out.len, stdout);
	free(out.p);
}

/* whether something is different */
static bool
print(struct diff *d)
{
	bool differ;

	differ = compare_differ(&d->compare);
	if (d->json)
		diffjson_write(&d->compare, &d->old, &d->new, d->top, stdout);
	else if (differ || d->compare.arguments.n)
		print_text(d);
	compare_free(&d->compare);
	forest_free(&d->old);
	forest_free(&d->new);
	return differ;
}

int
main(int argc, char *argv[])
{
	static struct diff d = {
		.compare = { .min_change = 100000000, .min_percent = 25 },
		.old.kept = FOREST_KIND(EVENT_EXEC) | FOREST_KIND(EVENT_EXIT),
		.new.kept = FOREST_KIND(EVENT_EXEC) | FOREST_KIND(EVENT_EXIT),
		.top = TOP, .width = FROM_TERMINAL,
	};
	static char standard_input[] = "-";
	char *old = NULL;
	bool bad, differ;
	int c;

	while ((c = options_next(argc, argv, "ahjm:n:o:Vw:", longopts)) != -1)
		switch (c) {
		case 'a': d.compare.all = true; break;
		case BASELINE: add_baseline(&d, optarg); break;
		case 'j': d.json = true; break;
		case 'm':
			d.compare.min_duration = options_milliseconds("--min-duration",
			    optarg);
			break;
		case MIN_CHANGE:
			d.compare.min_change = options_milliseconds("--min-change", optarg);
			break;
		case MIN_PERCENT:
			d.compare.min_percent = options_number("--min-percent",
			    optarg, MAX);
			break;
		case 'n': d.top = options_number("--top", optarg, MAX); break;
		case 'w':
			d.width = (long)options_number("--width", optarg, MAX);
			break;
		default: options_common(c, usage);
		}
	if (d.nbaselines)	/* what is asked for last is the old one */
		old = d.baselines[d.nbaselines - 1];
	else if (optind < argc)
		old = argv[optind++];
	if (!old || argc - optind > 1) {
		warnx(old ? "more than two recordings" :
		    "no recording to compare with");
		options_common('?', usage);
	}
	if (optind == argc && isatty(STDIN_FILENO)) {
		warnx("only one recording, and standard input is a terminal");
		options_common('?', usage);
	}
	out_open(options_output());
	bad = load_both(&d, old, optind < argc ? argv[optind] : standard_input);
	warn_machine(&d.old, old, &d.new);
	compare_find(&d.compare, &d.old, &d.new);
	bad |= narrow(&d);
	differ = print(&d);
	free(d.baselines);
	return out_close() < 0 || bad ? 2 : differ;
}
