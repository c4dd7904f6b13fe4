#include "render/mergedtext.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "render/answertext.h"
#include "render/treelines.h"

enum {
	MIN_PERCENT = 1,
	MAX_LEVELS = 60,	/* of tree lines: see treetext.c */
	TIME = 10, PERCENT = 7, COUNT = 6,	/* widths */
};

struct drawing {
	const struct mergedtext *t;
	const struct answers *a;
	bool *shown, *follows;	/* by node */
	bool *open;		/* by depth: a sibling of the one above follows */
	size_t nshown;
	struct buf line, name;
	FILE *to;
};

static bool
is_wanted(const struct drawing *d, const struct merged_node *node)
{
	uint64_t part = d->a->summary.wall / 100 * MIN_PERCENT;

	if (d->t->failed && !node->nfailed)
		return false;
	if (d->t->has_min)
		return node->wall >= d->t->min_duration;
	return d->t->failed || node->inside >= part || node->wall >= part;
}

/* Nodes come before what is below them, and before their later siblings. */
static void
choose(struct drawing *d)
{
	const struct merged *m = &d->a->merged;
	bool *has_child = xcalloc(m->n, sizeof *has_child), top = false, *later;
	size_t i;

	for (i = m->n; i-- > 0; ) {
		if (m->nodes[i].depth > d->t->max_depth ||
		    !(has_child[i] || is_wanted(d, &m->nodes[i])))
			continue;
		later = m->nodes[i].parent == i ? &top :
		    &has_child[m->nodes[i].parent];
		d->shown[i] = true;
		d->follows[i] = *later;
		*later = true;
		d->nshown++;
	}
	free(has_child);
}

static void
add_percent(struct drawing *d, uint64_t ns)
{
	uint64_t total = d->a->shares.total;

	buf_printf(&d->line, "%*.1f %%  ", PERCENT - 2, total ?
	    100 * (double)ns / (double)total : 0);
}

static void
add_time(struct drawing *d, uint64_t ns)
{
	struct buf cell = { 0 };

	text_duration(&cell, ns);
	buf_printf(&d->line, "%*.*s  ", TIME, (int)cell.len, cell.p);
	free(cell.p);
}

static void
add_count(struct drawing *d, size_t n, const char *colour)
{
	if (n)
		term_colour(d->t->term, &d->line, colour);
	buf_printf(&d->line, "%*zu", COUNT, n);
	if (n)
		term_colour(d->t->term, &d->line, NULL);
	buf_adds(&d->line, "  ");
}

/* The lines that lead to a node at this depth. */
static void
add_lines(struct drawing *d, size_t depth, bool follows)
{
	struct buf *b = &d->name;
	size_t i;

	if (depth > MAX_LEVELS) {
		buf_printf(b, "(%zu) ", depth);
		return;
	}
	for (i = 1; i < depth; i++)
		buf_adds(b, treelines_text(d->t->term, d->open[i] ?
		    TREELINES_PASS : TREELINES_NONE));
	if (depth)
		buf_adds(b, treelines_text(d->t->term, follows ?
		    TREELINES_BRANCH : TREELINES_LAST));
}

static void
end_line(struct drawing *d, size_t used)
{
	size_t columns = d->t->columns;

	if (columns)
		columns = columns > used ? columns - used : 1;
	term_add(d->t->term, &d->line, d->name.p, d->name.len, columns);
	buf_addc(&d->line, '\n');
	fwrite(d->line.p, 1, d->line.len, d->to);
	d->line.len = d->name.len = 0;
}

/* how wide all is before the tree */
enum { CELLS = 2 * (PERCENT + 2) + 2 * (COUNT + 2) + 2 * (TIME + 2) };

static void
draw_titles(struct drawing *d)
{
	buf_printf(&d->line, "%*s  %*s  %*s  %*s  %*s  %*s  ", PERCENT, "path",
	    PERCENT, "own", COUNT, "runs", COUNT, "failed", TIME, "total", TIME,
	    "mean");
	buf_adds(&d->name, "program");
	end_line(d, CELLS);
}

static void
draw_node(struct drawing *d, const struct merged_node *node, bool follows)
{
	if (node->depth <= MAX_LEVELS)
		d->open[node->depth] = follows;
	add_percent(d, node->inside);
	add_percent(d, node->critical);
	add_count(d, node->runs, NULL);
	add_count(d, node->nfailed, "31");
	add_time(d, node->wall);
	add_time(d, node->wall / node->runs);
	add_lines(d, node->depth, follows);
	programs_name(&d->name, &d->a->programs, node->first);
	end_line(d, CELLS);
}

static void
draw_end(struct drawing *d)
{
	const struct answers *a = d->a;
	size_t left = a->merged.n - d->nshown;

	fprintf(d->to, "\n%zu %s in %zu command %s", a->f->n, a->f->n == 1 ?
	    "process" : "processes", a->merged.n, a->merged.n == 1 ? "path" :
	    "paths");
	if (left)
		fprintf(d->to, ", %zu not shown", left);
	fputs("; --all shows each process.\n", d->to);
	if (!a->failure.nchain)
		return;
	answertext_end(&d->line, a);
	fputc('\n', d->to);
	fwrite(d->line.p, 1, d->line.len, d->to);
}

void
mergedtext_write(const struct mergedtext *t, const struct answers *a, FILE *to)
{
	const struct merged *m = &a->merged;
	bool open[MAX_LEVELS + 1] = { false };
	struct drawing d = {
		.t = t, .a = a, .to = to, .open = open,
		.shown = xcalloc(m->n, sizeof *d.shown),
		.follows = xcalloc(m->n, sizeof *d.follows),
	};
	size_t i;

	choose(&d);
	draw_titles(&d);
	for (i = 0; i < m->n && !ferror(to); i++)
		if (d.shown[i])
			draw_node(&d, &m->nodes[i], d.follows[i]);
	draw_end(&d);
	free(d.shown);
	free(d.follows);
	free(d.line.p);
	free(d.name.p);
}
