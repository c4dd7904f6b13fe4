#include "render/difftext.h"

#include <stdlib.h>

#include "base/text.h"
#include "render/table.h"
#include "tree/process.h"

enum { CHANGE = 11, PERCENT = 8 };

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

static void
add_totals(struct diff_text *t, const struct forest *old,
    const struct forest *new)
{
	uint64_t before = duration(old->root), after = duration(new->root);
	struct buf *cell = &t->table.cell;

	table_end_process(&t->table, new->root, NULL);
	buf_addc(t->table.out, '\n');
	t->table.line = t->table.out->len;
	text_duration(cell, before);
	buf_adds(cell, " before, ");
	text_duration(cell, after);
	buf_adds(cell, " now, ");
	add_change(cell, before, after);
	buf_adds(cell, before ? ", " : "");
	add_percent(cell, before, after);
	table_total(&t->table, "Wall time");
	buf_printf(cell, "%zu before, %zu now, %zu of them the same", old->n,
	    new->n, t->c->match.n);
	table_total(&t->table, "Processes");
	if (t->c->nexplained) {
		buf_printf(cell, "%zu not listed, for which a child is the "
		    "reason (--all lists them)", t->c->nexplained);
		table_total(&t->table, "Durations");
	}
}

/* The list as a table: how many of its rows are to be shown. */
static size_t
begin(struct diff_text *t, const char *heading, const struct compare_list *list)
{
	size_t rows = t->top && t->top < list->n ? t->top : list->n;

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
add_ending(struct diff_text *t, const struct process *p)
{
	process_ending(p, &t->table.cell);
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
	add_endings(&t, &c->lists[COMPARE_ENDING]);
	add_processes(&t, "New", &c->lists[COMPARE_NEW], c->new_spans);
	add_processes(&t, "Gone", &c->lists[COMPARE_GONE], c->old_spans);
	add_durations(&t, "Slower", &c->lists[COMPARE_SLOWER]);
	add_durations(&t, "Faster", &c->lists[COMPARE_FASTER]);
	free(t.table.cell.p);
}
