/* pt-ps - the processes of a recording, one a line */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/options.h"
#include "cli/term.h"
#include "render/roworder.h"
#include "render/rows.h"
#include "tree/recording.h"

static const char usage[] =
"usage: pt-ps [OPTION ...] [FILE ...]\n"
"Prints the processes of recordings, one a line, in the order of their start.\n"
"\n"
"  -o, --format LIST    the columns to print, with commas between them; CSV and\n"
"                       JSON have all of them if not given\n"
"      --sort LIST      by these columns, each the smallest first, or with '-'\n"
"                       before it the largest\n"
"      --csv            print CSV (RFC 4180), times in nanoseconds\n"
"  -j, --json           print lines of JSON, the same values\n"
"      --no-headers     no line with the names of the columns\n"
"  -w, --width COLUMNS  cut lines to this width; 0: do not cut. A terminal's\n"
"                       lines are cut to its width, others not\n"
"      --output FILE    write to FILE, replaced once it is complete\n"
"  -h, --help           print this help\n"
"  -V, --version        print the version\n"
"\n"
"Columns: run host labels id parent pid ppid pgid sid uid depth descendants execs\n"
"started start wall own cpu rundelay rss rbytes wbytes majflt nvcsw nivcsw end\n"
"status signal cwd file writes reads program argv\n";

enum { CSV = 256, NO_HEADERS, OUTPUT, SORT, MAX_COLUMNS = 1000000000 };

static const struct option longopts[] = {
	{ "csv", no_argument, NULL, CSV },
	{ "format", required_argument, NULL, 'o' },
	{ "help", no_argument, NULL, 'h' },
	{ "json", no_argument, NULL, 'j' },
	{ "no-headers", no_argument, NULL, NO_HEADERS },
	{ "output", required_argument, NULL, OUTPUT },
	{ "sort", required_argument, NULL, SORT },
	{ "version", no_argument, NULL, 'V' },
	{ "width", required_argument, NULL, 'w' },
	{ NULL, 0, NULL, 0 },
};

struct ps {
	struct rows rows;
	size_t columns_cap;
	struct roworder_key *keys;
	size_t nkeys, keys_cap;
};

static const struct columns_column *
find(const char *option, const char *name, size_t len)
{
	const struct columns_column *col =
	    columns_find((struct slice){ name, len });

	if (!col) {
		warnx("%s: '%.*s' is no column", option, (int)len, name);
		options_common('?', usage);
	}
	return col;
}

static void
add_column(struct ps *ps, const struct columns_column *col)
{
	struct rows *r = &ps->rows;

	r->columns = grow(r->columns, r->ncolumns, &ps->columns_cap,
	    sizeof *r->columns);
	r->columns[r->ncolumns++] = col;
}

static void
add_columns(struct ps *ps, const char *list)
{
	size_t len;

	for (;; list += len + 1) {
		len = strcspn(list, ",");
		add_column(ps, find("--format", list, len));
		if (!list[len])
			break;
	}
}

static void
add_keys(struct ps *ps, const char *list)
{
	struct roworder_key key;
	size_t len;

	for (;; list += len + 1) {
		key.descending = *list == '-';
		list += *list == '-' || *list == '+';
		len = strcspn(list, ",");
		key.column = find("--sort", list, len);
		ps->keys = grow(ps->keys, ps->nkeys, &ps->keys_cap,
		    sizeof *ps->keys);
		ps->keys[ps->nkeys++] = key;
		if (!list[len])
			break;
	}
}

static void
choose_columns(struct ps *ps)
{
	const struct columns_column *col;

	if (ps->rows.ncolumns)
		return;
	if (ps->rows.format == ROWS_TEXT)
		add_columns(ps, "pid,ppid,start,wall,own,cpu,end,argv");
	else
		for (col = columns_all; col->name; col++)
			add_column(ps, col);
}

static void
print(struct ps *ps, const struct forest *f)
{
	struct span *spans = spans_find(f);
	struct files files;
	struct columns columns = { .f = f, .spans = spans, .files = &files };
	const struct process **order = xcalloc(f->n, sizeof *order);
	size_t i;

	files_find(&files, f);
	for (i = 0; i < f->n; i++)
		order[i] = f->processes[i];
	if (ps->nkeys)
		roworder_sort(&columns, ps->keys, ps->nkeys, order, f->n);
	rows_write(&ps->rows, &columns, order, f->n, stdout);
	free(order);
	free(columns.text.p);
	files_free(&files);
	free(spans);
}

int
main(int argc, char *argv[])
{
	static struct ps ps = { .rows.header = true };
	static struct forest f = {
		.kept = FOREST_KIND(EVENT_EXEC) | FOREST_KIND(EVENT_EXIT) |
		    FOREST_KIND(EVENT_WRITE) | FOREST_KIND(EVENT_READ),
	};
	struct term term;
	bool width = false, bad;
	int c;

	while ((c = options_next(argc, argv, "hjo:Vw:", longopts)) != -1)
		switch (c) {
		case CSV: ps.rows.format = ROWS_CSV; break;
		case 'j': ps.rows.format = ROWS_JSON; break;
		case NO_HEADERS: ps.rows.header = false; break;
		case 'o': add_columns(&ps, optarg); break;
		case OUTPUT: options_common('o', usage); break;
		case SORT: add_keys(&ps, optarg); break;
		case 'w':
			width = true;
			ps.rows.width = options_number("--width", optarg, MAX_COLUMNS);
			break;
		default: options_common(c, usage);
		}
	choose_columns(&ps);
	bad = recording_read(&f, argv + optind);
	term_open(&term, STDOUT_FILENO);
	ps.rows.term = &term;
	if (!width)
		ps.rows.width = term.columns;
	print(&ps, &f);
	return recording_end(&f, bad);
}
