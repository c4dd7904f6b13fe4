/* pt-render-mermaid - a recording as a Mermaid gantt chart */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/options.h"
#include "render/gantt.h"
#include "render/ganttrows.h"
#include "tree/recording.h"

static const char usage[] =
    "usage: pt-render-mermaid [-hV] [-m MS] [--no-limit] [--rows N] [-o FILE]\n"
    "                         [FILE ...]\n"
    "Draws recordings as a Mermaid gantt chart: of more than 40 bars, those of\n"
    "equal programs below equal ones become one row.\n"
    "\n"
    "      --rows N           at most N rows, but 40; 0: a bar for each process,\n"
    "                         as many as Mermaid draws of 50,000 characters\n"
    "  -m, --min-duration MS  the same, and fold what is shorter into its parent's\n"
    "                         label\n"
    "      --no-limit         a bar for each process, more than Mermaid draws\n"
    "  -o, --output FILE      write to FILE, replaced once it is complete\n"
    "  -h, --help             print this help\n"
    "  -V, --version          print the version\n"
    "\n"
    "PROCTRACE_LONG_NIX_PATHS=1 shows paths of the Nix store in full.\n";

enum { NO_LIMIT = 256, ROWS, DEFAULT_ROWS = 40, UNSET = -1 };

static const struct option longopts[] = {
	OPTIONS_COMMON,
	{ "min-duration", required_argument, NULL, 'm' },
	{ "no-limit", no_argument, NULL, NO_LIMIT },
	{ "rows", required_argument, NULL, ROWS },
	{ NULL, 0, NULL, 0 },
};

static void
explain(const struct gantt *g, const struct forest *f)
{
	struct buf b = { 0 };

	if (g->over_limit) {
		text_duration(&b, g->longest_folded);
		buf_addc(&b, '\0');
		warnx("%zu of %zu processes are drawn: Mermaid draws 50,000 "
		    "characters. What lasted %s or less is folded into its "
		    "parent's label; --no-limit draws all", g->ndrawn, f->n, b.p);
	}
	free(b.p);
}

/* A bar for each process, unless these are more than rows. */
static void
draw(struct gantt *g, size_t rows, const struct forest *f, struct buf *chart)
{
	struct ganttrows few = { .rows = rows, .limit = g->limit };
	size_t i, bars = 0;

	for (i = 0; i < f->n; i++)
		bars += f->processes[i]->nexecs > 1 ? f->processes[i]->nexecs : 1;
	if (rows && bars > rows)
		ganttrows_draw(&few, f, chart);
	else
		gantt_draw(g, f, chart);
}

static int
render(struct gantt *g, size_t rows, char *const files[])
{
	static struct forest f = {
		.kept = FOREST_KIND(EVENT_EXEC) | FOREST_KIND(EVENT_EXIT) |
		    FOREST_KIND(EVENT_WRITE) | FOREST_KIND(EVENT_READ),
	};
	static struct buf chart;
	bool bad = recording_read(&f, files);

	draw(g, rows, &f, &chart);
	fwrite(chart.p, 1, chart.len, stdout);
	explain(g, &f);
	return recording_end(&f, bad);
}

int
main(int argc, char *argv[])
{
	struct gantt g = { .limit = GANTT_LIMIT };
	long rows = UNSET;
	bool each = false;
	int c;

	while ((c = options_next(argc, argv, "hm:o:V", longopts)) != -1)
		switch (c) {
		case 'm':
			g.min_duration = options_milliseconds("--min-duration", optarg);
			each = true;
			break;
		case NO_LIMIT:
			g.limit = 0;
			each = true;
			break;
		case ROWS:
			rows = (long)options_number("--rows", optarg, 1000000);
			break;
		default: options_common(c, usage);
		}
	if (rows == UNSET)
		rows = each ? 0 : DEFAULT_ROWS;
	return render(&g, (size_t)rows, argv + optind);
}
