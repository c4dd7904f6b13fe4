/* pt-grep - the events of the processes that match */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/selection.h"
#include "cli/options.h"
#include "cli/out.h"

static const char usage[] =
"usage: pt-grep [OPTION ...] PATTERN | CONDITION ... [FILE ...]\n"
"Writes the events of processes that match PATTERN, or meet the conditions.\n"
"\n"
"  -e, --regexp PATTERN     condition: basic regular expression in a command, ...\n"
"  -E, --extended-regexp    ... or extended ones\n"
"  -F, --fixed-strings      ... or strings\n"
"  -i, --ignore-case        upper and lower case are the same in patterns\n"
"      --cwd DIR            condition: it executed a command there, or below\n"
"      --opened PATH        condition: it wrote or read this file, or one below\n"
"  -p, --pid PID[@TIME]     condition: this process, or that life of it\n"
"  -s, --status STATUS      condition: it ended with this exit status, or by\n"
"                           this or any 'signal', or 'failed', or is 'running'\n"
"  -m, --min-duration MS    condition: it lasted at least so long\n"
"      --max-duration MS    condition: it did not last longer\n"
"      --since MS           condition: it lived then or later\n"
"      --before MS          condition: it lived then or before\n"
"      --with-children      and all that descend from them\n"
"      --with-parents       and all that they descend from\n"
"  -v, --invert-match       all others\n"
"  -c, --count              print how many processes there are, no events\n"
"  -q, --quiet              print nothing; the exit status is 0 if there is one\n"
"  -o, --output FILE        write to FILE, replaced once it is complete\n"
"  -h, --help               print this help\n"
"  -V, --version            print the version\n";

enum { BEFORE = 256, CWD, MAX_DURATION, OPENED, SINCE, WITH_CHILDREN, WITH_PARENTS };

static const struct option longopts[] = {
	{ "before", required_argument, NULL, BEFORE },
	{ "cwd", required_argument, NULL, CWD },
	{ "count", no_argument, NULL, 'c' },
	{ "extended-regexp", no_argument, NULL, 'E' },
	{ "fixed-strings", no_argument, NULL, 'F' },
	{ "ignore-case", no_argument, NULL, 'i' },
	{ "invert-match", no_argument, NULL, 'v' },
	{ "max-duration", required_argument, NULL, MAX_DURATION },
	{ "min-duration", required_argument, NULL, 'm' },
	{ "opened", required_argument, NULL, OPENED },
	{ "pid", required_argument, NULL, 'p' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "regexp", required_argument, NULL, 'e' },
	{ "since", required_argument, NULL, SINCE },
	{ "status", required_argument, NULL, 's' },
	{ "with-children", no_argument, NULL, WITH_CHILDREN },
	{ "with-parents", no_argument, NULL, WITH_PARENTS },
	OPTIONS_COMMON,
	{ NULL, 0, NULL, 0 },
};

/* a line of the recording; that of a process is the forest's */
struct line {
	const struct process *of;	/* NULL: of none */
	struct slice text;
};

struct grep {
	struct selection choose;
	struct forest all;
	struct line *lines;	/* in the order of time, without trace and root */
	size_t nlines, lines_cap;
	char *root;		/* the first root line, ... */
	size_t root_len;
	const struct forest_run *root_run;	/* ... and of which run it is */
	const char **patterns;	/* the arguments of -e */
	size_t npatterns, patterns_cap;
	enum pattern_syntax syntax;
	bool conditions, ignore_case, count, quiet;
};

static void
add_pattern(struct grep *g, const char *pattern)
{
	g->patterns = grow(g->patterns, g->npatterns, &g->patterns_cap,
	    sizeof *g->patterns);
	g->patterns[g->npatterns++] = pattern;
}

static void
compile(struct grep *g)
{
	const char *why;
	size_t i;

	for (i = 0; i < g->npatterns; i++) {
		why = selection_pattern(&g->choose, g->patterns[i], g->syntax,
		    g->ignore_case);
		if (why)
			errx(2, "'%s': %s", g->patterns[i], why);
	}
}

static bool
wants_lines(const struct grep *g)
{
	return !g->count && !g->quiet;
}

static void
take(struct grep *g, const struct event *ev)
{
	struct line line = { forest_add(&g->all, ev), ev->line };

	if (!wants_lines(g) || ev->kind == EVENT_TRACE ||
	    ev->kind == EVENT_TICK)
		return;
	if (ev->kind == EVENT_ROOT && !g->root) {
		g->root = xmemdup(line.text.p, line.text.len);
		g->root_len = line.text.len;
		g->root_run = forest_run(&g->all, ev);
	}
	if (ev->kind == EVENT_ROOT)
		return;
	if (line.of)
		line.text = line.of->last_event->ev.line;
	else if (ev->has & HAS_PID)	/* of none that lives */
		return;
	else
		line.text.p = xmemdup(line.text.p, line.text.len);
	g->lines = grow(g->lines, g->nlines, &g->lines_cap, sizeof *g->lines);
	g->lines[g->nlines++] = line;
}

/* The chosen process of the run that is above all the others, or NULL. */
static const struct process *
top_of(const struct forest *f, const struct forest_run *run, const bool *chosen)
{
	const struct process *p, *top = NULL;
	size_t i;

	for (i = 0; i < f->n; i++) {
		p = f->processes[i];
		if (!chosen[i] || p->run != run ||
		    (p->parent && chosen[p->parent->id]))
			continue;
		if (top)
			return NULL;
		top = p;
	}
	return top;
}

/* What others count from: the root of the recording, or else what is the root
 * of all that is left, if there is one. */
static void
write_root(const struct grep *g, const struct forest_run *run,
    const bool *chosen)
{
	const struct process *root = run->root, *top = NULL;
	struct buf b = { 0 };
	bool named = root && root->pid == run->root_pid && chosen[root->id];

	if (named)
		top = root;
	else if (g->all.nruns == 1)
		top = top_of(&g->all, run, chosen);
	if (!top)
		return;
	if (named && g->root && run == g->root_run) {
		buf_add(&b, g->root, g->root_len);
	} else {
		event_begin(&b, event_kind_name(EVENT_ROOT));
		event_add_number(&b, "ts", top->has_fork ? top->start : 0);
		event_add_number(&b, "pid", (uint64_t)top->pid);
		if (run->name.len)
			buf_printf(&b, "\trun=%.*s", (int)run->name.len,
			    run->name.p);
	}
	buf_addc(&b, '\n');
	fwrite(b.p, 1, b.len, stdout);
	free(b.p);
}

static void
write_events(const struct grep *g, const bool *chosen)
{
	const struct forest_run *run;
	const struct line *line;
	struct buf trace = { 0 };

	for (run = g->all.runs; run; run = run->next) {
		if (run->trace.line.len) {
			/* the CPUs are for what is not in order yet */
			trace.len = 0;
			event_add_without(&trace, &run->trace, "cpus");
			buf_addc(&trace, '\n');
			fwrite(trace.p, 1, trace.len, stdout);
		}
		write_root(g, run, chosen);
	}
	free(trace.p);
	for (line = g->lines; line < g->lines + g->nlines; line++)
		if (!line->of || chosen[line->of->id]) {
			fwrite(line->text.p, 1, line->text.len, stdout);
			putchar('\n');
		}
}

/* how many processes there are */
static size_t
print(struct grep *g)
{
	bool *chosen = xcalloc(g->all.n, sizeof *chosen);
	size_t n = selection_processes(&g->choose, &g->all, chosen);

	if (g->count)
		printf("%zu\n", n);
	else if (n && !g->quiet)
		write_events(g, chosen);
	timeline_warn_lost(NULL, g->all.nlost);
	free(chosen);
	return n;
}

static bool
option(struct grep *g, int c)
{
	struct selection *choose = &g->choose;

	switch (c) {
	case 'e':
		add_pattern(g, optarg);
		break;
	case CWD:
		selection_directory(choose, optarg);
		break;
	case OPENED:
		selection_file(choose, optarg);
		break;
	case 'p':
		if (!selection_pid(choose, optarg))
			errx(2, "--pid: '%s' is not PID or PID@TIME", optarg);
		break;
	case 's':
		if (!selection_ending(choose, optarg))
			errx(2, "--status: '%s' is no exit status, no signal, "
			    "not 'failed', 'signal' or 'running'", optarg);
		break;
	case 'm':
		choose->min_duration = options_milliseconds("--min-duration", optarg);
		break;
	case MAX_DURATION:
		choose->max_duration = options_milliseconds("--max-duration", optarg);
		break;
	case SINCE:
		choose->since = options_milliseconds("--since", optarg);
		break;
	case BEFORE:
		choose->before = options_milliseconds("--before", optarg);
		break;
	default:
		return false;
	}
	return true;
}

static void
finish(struct grep *g)
{
	size_t i;

	for (i = 0; i < g->nlines; i++)
		if (!g->lines[i].of)
			free((void *)(uintptr_t)g->lines[i].text.p);
	free(g->lines);
	free(g->root);
	free(g->patterns);
	selection_free(&g->choose);
	forest_free(&g->all);
}

int
main(int argc, char *argv[])
{
	static struct grep g = {
		.choose = { .max_duration = UINT64_MAX, .before = UINT64_MAX },
		.syntax = PATTERN_BASIC,
	};
	struct timeline *in;
	struct event ev;
	size_t n;
	bool bad;
	int c, r;

	while ((c = options_next(argc, argv, "cEe:Fhim:o:p:qs:Vv", longopts)) != -1)
		switch (c) {
		case 'c': g.count = true; break;
		case 'E': g.syntax = PATTERN_EXTENDED; break;
		case 'F': g.syntax = PATTERN_FIXED; break;
		case 'i': g.ignore_case = true; break;
		case 'q': g.quiet = true; break;
		case 'v': g.choose.invert = true; break;
		case WITH_CHILDREN: g.choose.with_children = true; break;
		case WITH_PARENTS: g.choose.with_parents = true; break;
		default:
			if (option(&g, c))
				g.conditions = true;
			else
				options_common(c, usage);
		}
	if (!g.conditions && optind == argc) {
		warnx("neither a PATTERN nor another condition");
		options_common('?', usage);
	}
	if (!g.conditions)
		add_pattern(&g, argv[optind++]);
	compile(&g);
	if (!wants_lines(&g))
		g.all.kept = FOREST_KIND(EVENT_EXEC) |
		    FOREST_KIND(EVENT_WRITE) | FOREST_KIND(EVENT_READ);
	out_open(options_output());
	in = timeline_open(argv + optind);
	while ((r = timeline_next(in, &ev)) > 0)
		take(&g, &ev);
	bad = timeline_close(in, r);
	forest_finish(&g.all);
	n = print(&g);
	finish(&g);
	return out_close() < 0 || bad ? 2 : n == 0;
}
