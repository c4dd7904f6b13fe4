#include "render/difftext.h"

#include <stdlib.h>

#include "base/text.h"
#include "render/table.h"
#include "tree/process.h"

enum { CHANGE = 11, PERCENT = 8 };

static const double FEWER = 0.8;	/* of what ran at a time */

struct diff_text {
	const struct compare *c;
	size_t top;
	struct table table;
};

/* Appends by how much more or less it is. */
static void
add_change(struct buf *b, uint64_t before, uint64_t after)
{
	buf_addc(b, after < before ? '-' : '+');
	text_duration(b, after < before ? before - after : after - before);
}

static void
add_percent(struct buf *b, uint64_t before, uint64_t after)
{
	if (before)
		buf_printf(b, "%+.0f %%", 100 * ((double)after -
		    (double)before) / (double)before);
}

static uint64_t
duration(const struct process *p)
{
	return p->end - p->start;
}

/* "1.0 s before, 2.0 s now, +1.0 s, +100 %" */
static void
add_times(struct diff_text *t, uint64_t before, uint64_t after)
{
	struct buf *cell = &t->table.cell;

	text_duration(cell, before);
	buf_adds(cell, " before, ");
	text_duration(cell, after);
	buf_adds(cell, " now, ");
	add_change(cell, before, after);
	buf_adds(cell, before ? ", " : "");
	add_percent(cell, before, after);
}

/* what is not much more than a time, as it differs from run to run */
static uint64_t
more(uint64_t time)
{
	return time + time / 10;
}

/* What is slower because less ran at a time, or because others used the CPUs,
 * needs no other code: CPU time tells. */
static void
add_load(struct diff_text *t, bool slower)
{
	double before = t->c->old_load.mean_busy, after = t->c->new_load.mean_busy;

	if (t->c->has_cpu) {
		add_times(t, t->c->old_cpu, t->c->new_cpu);
		table_total(&t->table, "CPU time");
	}
	if (t->c->has_cpu && slower && t->c->new_cpu <= more(t->c->old_cpu)) {
		buf_adds(&t->table.cell, "no more than before: the programs "
		    "waited longer");
		table_total(&t->table, "");
	}
	buf_printf(&t->table.cell, "%.2f before, %.2f now, of processes without "
	    "children", before, after);
	if (slower && after < before * FEWER)
		buf_adds(&t->table.cell, ": fewer ran at a time");
	table_total(&t->table, "Concurrency");
}

static void
add_totals(struct diff_text *t, const struct forest *old,
    const struct forest *new)
{
	struct buf *cell = &t->table.cell;

	table_end_process(&t->table, new->root, NULL);
	buf_addc(t->table.out, '\n');
	t->table.line = t->table.out->len;
	add_times(t, duration(old->root), duration(new->root));
	table_total(&t->table, "Wall time");
	add_load(t, duration(new->root) > more(duration(old->root)));
	buf_printf(cell, "%zu before, %zu now, %zu of them the same", old->n,
	    new->n, t->c->match.n);
	if (t->c->arguments.npairs)
		buf_printf(cell, ", %zu with other arguments",
		    t->c->arguments.npairs);
	table_total(&t->table, "Processes");
	if (t->c->nexplained) {
		buf_printf(cell, "%zu not listed, for which a child is the "
		    "reason (--all lists them)", t->c->nexplained);
		table_total(&t->table, "Durations");
	}
}

static void
add_runs(struct diff_text *t, size_t before, size_t after)
{
	if (before == after)
		buf_addu(&t->table.cell, after);
	else
		buf_printf(&t->table.cell, "%+lld", (long long)after -
		    (long long)before);
	table_cell(&t->table, TABLE_COUNT);
}

static void
add_groups(struct diff_text *t)
{
	const struct groups_row *row = t->c->groups.rows;
	size_t i, n = t->c->ngroups, shown = table_rows(t->top, n);
	struct slice name;

	if (!n)
		return;
	table_begin(&t->table, "Programs, own time of all their runs", shown, n);
	table_text(&t->table, CHANGE, "change");
	table_text(&t->table, PERCENT, "relative");
	table_text(&t->table, TABLE_TIME, "before");
	table_text(&t->table, TABLE_TIME, "now");
	if (t->c->has_cpu)
		table_text(&t->table, CHANGE, "cpu");
	table_text(&t->table, TABLE_COUNT, "runs");
	table_end(&t->table, "program", 7);
	for (i = 0; i < shown; i++, row++) {
		add_change(&t->table.cell, row->old.own, row->new.own);
		table_cell(&t->table, CHANGE);
		add_percent(&t->table.cell, row->old.own, row->new.own);
		table_cell(&t->table, PERCENT);
		table_time(&t->table, row->old.own);
		table_time(&t->table, row->new.own);
		if (t->c->has_cpu) {
			add_change(&t->table.cell, row->old.cpu, row->new.cpu);
			table_cell(&t->table, CHANGE);
		}
		add_runs(t, row->old.runs, row->new.runs);
		name = t->c->groups.names.list[row->name];
		table_end(&t->table, name.p, name.len);
	}
}

/* The list as a table: how many of its rows are to be shown. */
static size_t
begin(struct diff_text *t, const char *heading, const struct compare_list *list)
{
	size_t rows = table_rows(t->top, list->n);

	if (rows)
		table_begin(&t->table, heading, rows, list->n);
	return rows;
}

static void
add_durations(struct diff_text *t, const char *heading,
    const struct compare_list *list)
{
	size_t i, n = begin(t, heading, list);
	const struct compare_item *item;

	if (!n)
		return;
	table_text(&t->table, CHANGE, "change");
	table_text(&t->table, PERCENT, "relative");
	table_text(&t->table, TABLE_TIME, "before");
	table_text(&t->table, TABLE_TIME, "now");
	table_text(&t->table, TABLE_PID, "pid");
	table_end(&t->table, "command", 7);
	for (i = 0; i < n; i++) {
		item = &list->items[i];
		add_change(&t->table.cell, duration(item->old),
		    duration(item->new));
		table_cell(&t->table, CHANGE);
		add_percent(&t->table.cell, duration(item->old),
		    duration(item->new));
		table_cell(&t->table, PERCENT);
		table_time(&t->table, duration(item->old));
		table_time(&t->table, duration(item->new));
		table_pid(&t->table, item->new);
		table_end_process(&t->table, item->new, NULL);
	}
}

static void
add_arguments(struct diff_text *t)
{
	const struct argchanges *a = &t->c->arguments;
	size_t i, n = table_rows(t->top, a->n);
	struct slice text;

	if (!n)
		return;
	table_begin(&t->table, "Other arguments", n, a->n);
	table_text(&t->table, TABLE_COUNT, "runs");
	table_text(&t->table, TABLE_PID, "pid");
	table_end(&t->table, "program", 7);
	for (i = 0; i < n; i++) {
		table_count(&t->table, a->rows[i].n);
		table_pid(&t->table, a->rows[i].new);
		text = a->texts.list[a->rows[i].text];
		table_end(&t->table, text.p, text.len);
	}
}

static void
add_ending(struct diff_text *t, const struct process *p)
{
	process_end_word(p, &t->table.cell);
	if (!t->table.cell.len)
		buf_adds(&t->table.cell, "exit 0");
	table_cell(&t->table, TABLE_END);
}

static void
add_endings(struct diff_text *t, const struct compare_list *list)
{
	size_t i, n = begin(t, "Another end", list);
	const struct compare_item *item;

	if (!n)
		return;
	table_text(&t->table, TABLE_END, "before");
	table_text(&t->table, TABLE_END, "now");
	table_text(&t->table, TABLE_PID, "old pid");
	table_text(&t->table, TABLE_PID, "pid");
	table_end(&t->table, "command", 7);
	for (i = 0; i < n; i++) {
		item = &list->items[i];
		add_ending(t, item->old);
		add_ending(t, item->new);
		table_pid(&t->table, item->old);
		table_pid(&t->table, item->new);
		table_end_process(&t->table, item->new, NULL);
	}
}

static void
add_processes(struct diff_text *t, const char *heading,
    const struct compare_list *list, const struct span *spans)
{
	size_t i, n = begin(t, heading, list);
	const struct process *p;

	if (!n)
		return;
	table_text(&t->table, TABLE_TIME, "time");
	table_text(&t->table, TABLE_COUNT, "below");
	table_text(&t->table, TABLE_END, "end");
	table_text(&t->table, TABLE_PID, "pid");
	table_end(&t->table, "command", 7);
	for (i = 0; i < n; i++) {
		p = list->items[i].old ? list->items[i].old : list->items[i].new;
		table_time(&t->table, list->items[i].time);
		table_count(&t->table, spans[p->id].ndescendants);
		add_ending(t, p);
		table_pid(&t->table, p);
		table_end_process(&t->table, p, NULL);
	}
}

void
difftext_add(struct buf *out, const struct compare *c,
    const struct forest *old, const struct forest *new, size_t top,
    const struct term *term, size_t columns)
{
	struct diff_text t = {
		.c = c, .top = top,
		.table = { term, columns, out, out->len, { 0 } },
	};

	add_totals(&t, old, new);
	add_groups(&t);
	add_arguments(&t);
	add_endings(&t, &c->lists[COMPARE_ENDING]);
	add_processes(&t, "New", &c->lists[COMPARE_NEW], c->new_spans);
	add_processes(&t, "Gone", &c->lists[COMPARE_GONE], c->old_spans);
	add_durations(&t, "Slower", &c->lists[COMPARE_SLOWER]);
	add_durations(&t, "Faster", &c->lists[COMPARE_FASTER]);
	free(t.table.cell.p);
}
