#include "render/ganttrows.h"

#include <inttypes.h>
#include <stdlib.h>

#include "analysis/failure.h"
#include "analysis/merged.h"
#include "base/text.h"
#include "render/gantthead.h"
#include "render/label.h"
#include "render/mermaid.h"
#include "tree/process.h"

enum {
	LABEL_CHARS = 60,	/* that fit beside a short bar in 800 pixels */
	COMMAND_CHARS = 20,	/* of them at least for the command */
	PIXELS = 500,		/* a bar that is shorter than one may not be seen */
	MS = 1000000,		/* ns */
};

/* of the processes of a merged node */
struct extent {
	uint64_t start, end;	/* ns: the first start, the last end */
	bool has_row;
	size_t hidden;		/* processes of nodes below that have none */
};

struct row {
	size_t node;
	const struct process *p;	/* the only one; NULL: all of the node */
};

struct chart {
	const struct ganttrows *options;
	const struct forest *f;
	struct merged merged;
	struct programs programs;
	struct failure failure;
	struct extent *extents;	/* by node */
	struct row *rows;
	size_t nrows, rows_cap;
	size_t section;		/* the node that names the one drawn last */
	uint64_t base, unit, total;	/* ns, ns, units */
	struct buf *out, label, details, command;
};

static const struct merged_node *
node_of(const struct chart *c, const struct row *row)
{
	return &c->merged.nodes[row->node];
}

/* --- which rows there are --- */

static void
add_row(struct chart *c, size_t node, const struct process *p)
{
	c->rows = grow(c->rows, c->nrows, &c->rows_cap, sizeof *c->rows);
	c->rows[c->nrows++] = (struct row){ node, p };
}

static void
measure(struct chart *c)
{
	const struct process *p;
	struct extent *e;
	size_t i;

	for (i = 0; i < c->merged.n; i++)
		c->extents[i].start = UINT64_MAX;
	for (i = 0; i < c->f->n; i++) {
		p = c->f->processes[i];
		e = &c->extents[c->merged.of[i]];
		if (p->start < e->start)
			e->start = p->start;
		if (p->end > e->end)
			e->end = p->end;
		if (p->end - c->base > c->total)
			c->total = p->end - c->base;
	}
}

struct candidate {
	uint64_t inside, wall;
	size_t node;
};

/* Most of the critical path first. Nodes above come before those below. */
static int
compare_candidates(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->inside != b->inside)
		return a->inside < b->inside ? 1 : -1;
	if (a->inside == 0 && a->wall != b->wall)
		return a->wall < b->wall ? 1 : -1;
	return a->node < b->node ? -1 : a->node > b->node;
}

static void
choose_failure(struct chart *c, size_t most)
{
	const struct process *p;
	size_t i, node;

	/* the reason first, which is at the end */
	for (i = c->failure.nchain; i-- > 0 && c->nrows < most; ) {
		p = c->failure.chain[i];
		node = c->merged.of[p->id];
		add_row(c, node, p);
		if (c->merged.nodes[node].runs == 1)
			c->extents[node].has_row = true;
	}
}

static void
choose(struct chart *c, size_t most)
{
	const struct merged *m = &c->merged;
	struct candidate *all = xcalloc(m->n, sizeof *all);
	struct extent *e;
	size_t i;

	c->nrows = 0;
	for (i = 0; i < m->n; i++) {
		all[i] = (struct candidate){ m->nodes[i].inside,
		    m->nodes[i].wall, i };
		c->extents[i].has_row = false;
		c->extents[i].hidden = 0;
	}
	qsort(all, m->n, sizeof *all, compare_candidates);
	choose_failure(c, most);
	for (i = 0; i < m->n && c->nrows < most; i++) {
		e = &c->extents[all[i].node];
		if (e->has_row)
			continue;
		e->has_row = true;
		add_row(c, all[i].node, m->nodes[all[i].node].runs == 1 ?
		    m->nodes[all[i].node].first : NULL);
	}
	/* children have the larger numbers */
	for (i = m->n; i-- > 0; )
		if (!c->extents[i].has_row && m->nodes[i].parent != i)
			c->extents[m->nodes[i].parent].hidden +=
			    m->nodes[i].runs + c->extents[i].hidden;
	free(all);
}

/* --- in which order --- */

static struct chart *sorted;	/* qsort() hands nothing on */

static uint64_t
start_of(const struct row *row)
{
	return row->p ? row->p->start : sorted->extents[row->node].start;
}

/* Depth first; siblings in order of their start, what is all of a node before
 * those of its processes that have rows of their own. */
static int
compare_rows(const void *x, const void *y)
{
	const struct row *a = x, *b = y;
	const struct merged_node *nodes = sorted->merged.nodes;
	size_t i = a->node, j = b->node;
	uint64_t s, t;

	if (i == j && !a->p != !b->p)
		return a->p ? 1 : -1;
	while (nodes[i].depth > nodes[j].depth)
		i = nodes[i].parent;
	while (nodes[j].depth > nodes[i].depth)
		j = nodes[j].parent;
	if (i == j && a->node != b->node)
		return nodes[a->node].depth < nodes[b->node].depth ? -1 : 1;
	while (i != j && nodes[i].parent != nodes[j].parent &&
	    nodes[i].parent != i && nodes[j].parent != j) {
		i = nodes[i].parent;
		j = nodes[j].parent;
	}
	s = i == j ? start_of(a) : sorted->extents[i].start;
	t = i == j ? start_of(b) : sorted->extents[j].start;
	return s != t ? (s < t ? -1 : 1) : (i > j) - (i < j);
}

/* --- what they look like --- */

/* ", exit 1" */
static void
add_ending(struct buf *b, const struct process *p)
{
	size_t start = b->len;

	buf_adds(b, ", ");
	process_ending(p, b);
	if (b->len == start + 2)
		b->len = start;
}

/* "(34.2 ms, exit 1, +12 more)" */
static void
add_details(struct chart *c, const struct row *row)
{
	const struct merged_node *node = node_of(c, row);
	const struct extent *e = &c->extents[row->node];
	struct buf *b = &c->details;

	b->len = 0;
	buf_adds(b, row->p && !row->p->nexecs ? " (fork, " : " (");
	text_duration(b, row->p ? row->p->end - row->p->start : node->wall);
	if (!row->p)
		buf_adds(b, " in all");
	if (row->p)
		add_ending(b, row->p);
	else if (node->nfailed)
		buf_printf(b, ", %zu failed", node->nfailed);
	if (e->hidden && (!row->p || node->runs == 1))
		buf_printf(b, ", +%zu more", e->hidden);
	buf_addc(b, ')');
}

/* "[PID] COMMAND (...)", or "[199x] PROGRAM (...)" */
static void
make_label(struct chart *c, const struct row *row)
{
	const struct merged_node *node = node_of(c, row);
	struct buf *b = &c->label;
	size_t room = LABEL_CHARS;

	b->len = c->command.len = 0;
	add_details(c, row);
	if (row->p) {
		label_pid(b, row->p);
		label_command(&c->command, row->p, NULL);
	} else {
		buf_printf(b, "[%zux] ", node->runs);
		programs_name(&c->command, &c->programs, node->first);
	}
	room -= b->len + c->details.len < room ? b->len + c->details.len : room;
	text_cut(b, c->command.p, c->command.len,
	    room > COMMAND_CHARS ? room : COMMAND_CHARS);
	buf_add(b, c->details.p, c->details.len);
}

static const char *
tag(const struct chart *c, const struct row *row)
{
	const struct process *p = row->p;

	if (!p)
		return node_of(c, row)->nfailed ? "" : "done, ";
	if (process_failed(p))
		return "crit, ";
	return p->has_exit ? "done, " : p->lost_end ? "" : "active, ";
}

/* All that is below a child of a root is a section. */
static void
draw_section(struct chart *c, const struct row *row)
{
	const struct merged_node *nodes = c->merged.nodes;
	size_t i = row->node;

	while (nodes[i].depth > 1)
		i = nodes[i].parent;
	if (i == c->section)
		return;
	c->section = i;
	c->label.len = 0;
	label_pid(&c->label, nodes[i].first);
	c->command.len = 0;
	programs_name(&c->command, &c->programs, nodes[i].first);
	text_cut(&c->label, c->command.p, c->command.len, COMMAND_CHARS);
	buf_adds(c->out, "    section ");
	mermaid_escape(c->out, c->label.p, c->label.len);
	buf_addc(c->out, '\n');
}

static void
draw_row(struct chart *c, const struct row *row)
{
	const struct extent *e = &c->extents[row->node];
	uint64_t start = row->p ? row->p->start : e->start;
	uint64_t end = row->p ? row->p->end : e->end;
	uint64_t from = (start - c->base) / c->unit;
	uint64_t length = (end - c->base) / c->unit - from;

	if (length < c->total / PIXELS + 1)
		length = c->total / PIXELS + 1;
	draw_section(c, row);
	make_label(c, row);
	buf_adds(c->out, "    ");
	mermaid_escape(c->out, c->label.p, c->label.len);
	buf_printf(c->out, ":%s%" PRIu64 ", %" PRIu64 "ms\n", tag(c, row), from,
	    length);
}

static void
draw_head(struct chart *c)
{
	const struct forest *f = c->f;
	struct gantthead head = {
		.f = f, .total = c->total, .unit = c->unit,
	};
	size_t i;

	for (i = 0; i < f->n; i++)
		head.nfailed += process_failed(f->processes[i]);
	c->label.len = 0;
	buf_printf(&c->label, "%zu processes in %zu rows", f->n, c->nrows);
	head.shown = (struct slice){ c->label.p, c->label.len };
	gantthead_add(c->out, &head);
}

static void
draw(struct chart *c, size_t most)
{
	size_t i;

	choose(c, most);
	sorted = c;
	qsort(c->rows, c->nrows, sizeof *c->rows, compare_rows);
	c->section = SIZE_MAX;
	draw_head(c);
	for (i = 0; i < c->nrows; i++)
		draw_row(c, &c->rows[i]);
}

static void
analyse(struct chart *c)
{
	struct span *spans = spans_find(c->f);
	struct files files = { 0 };
	struct critical critical = { 0 };
	struct shares shares = { 0 };

	programs_find(&c->programs, c->f);
	files_find(&files, c->f);
	critical_find(&critical, c->f, &files);
	shares_find(&shares, c->f, &critical, &c->programs);
	merged_find(&c->merged, c->f, &c->programs, &shares, spans);
	failure_find(&c->failure, c->f);
	shares_free(&shares);
	critical_free(&critical);
	files_free(&files);
	free(spans);
	c->extents = xcalloc(c->merged.n, sizeof *c->extents);
	c->base = c->f->processes[0]->start;
	measure(c);
	c->unit = c->total < 10000 * (uint64_t)MS ? MS / 1000 : MS;
	c->total /= c->unit;
}

void
ganttrows_draw(const struct ganttrows *g, const struct forest *f,
    struct buf *out)
{
	struct chart c = { .options = g, .f = f, .out = out };
	size_t start = out->len, most = g->rows;

	analyse(&c);
	for (;;) {
		draw(&c, most);
		if (!g->limit || out->len - start <= g->limit || most < 2)
			break;
		out->len = start;
		most -= most / 4 + 1;
	}
	free(c.extents);
	free(c.rows);
	free(c.label.p);
	free(c.details.p);
	free(c.command.p);
	failure_free(&c.failure);
	merged_free(&c.merged);
	programs_free(&c.programs);
}
