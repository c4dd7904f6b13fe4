#include "render/stattables.h"

#include <stdlib.h>

#include "base/text.h"
#include "render/filestext.h"
#include "render/findingtext.h"
#include "render/label.h"
#include "render/table.h"
#include "tree/process.h"

enum {
	FEW = 3, PROGRAMS = 5, MANY = 10,	/* rows unless --top says */
	COMMAND_CHARS = 30,
	NARROW = 76,		/* columns below which some cells are left out */
	SERIAL_PERCENT = 5,	/* of the wall time, beside the longest child, from
				 * which on a row of what ran one at a time is shown */
};

struct stat_text {
	const struct answers *a;
	const struct summary *s;
	const struct stattext_options *o;
	struct table table;
};

static size_t
rows(const struct stat_text *t, size_t n, size_t few)
{
	return table_rows(t->o->has_top ? t->o->top : few, n);
}

static bool
is_narrow(const struct stat_text *t)
{
	return t->o->columns && t->o->columns < NARROW;
}

static void
add_percent(struct stat_text *t, uint64_t ns, uint64_t of)
{
	buf_printf(&t->table.cell, "%.1f %%", of ? 100 * (double)ns /
	    (double)of : 0);
	table_cell(&t->table, TABLE_COUNT);
}

static void
add_title(struct stat_text *t, const struct process *p)
{
	label_title(&t->table.cell, p, NULL);
	table_end(&t->table, t->table.cell.p, t->table.cell.len);
	t->table.cell.len = 0;
}

static void
add_program(struct stat_text *t, const struct costs_row *row)
{
	struct slice name = t->a->programs.names.list[row->program];

	table_time(&t->table, row->own);
	if (t->s->has_cpu && !is_narrow(t))
		table_time(&t->table, row->cpu);
	add_percent(t, row->critical, t->a->shares.total);
	table_count(&t->table, row->runs);
	table_count(&t->table, row->nfailed);
	if (!is_narrow(t))
		table_time(&t->table, row->total);
	table_end(&t->table, name.p, name.len);
}

static void
add_programs(struct stat_text *t)
{
	size_t i, n = t->a->costs.n, shown = rows(t, n, PROGRAMS);

	table_begin(&t->table, "Programs by own time: without a live child",
	    shown, n);
	table_text(&t->table, TABLE_TIME, "own");
	if (t->s->has_cpu && !is_narrow(t))
		table_text(&t->table, TABLE_TIME, "cpu");
	table_text(&t->table, TABLE_COUNT, "path");
	table_text(&t->table, TABLE_COUNT, "runs");
	table_text(&t->table, TABLE_COUNT, "failed");
	if (!is_narrow(t))
		table_text(&t->table, TABLE_TIME, "total");
	table_end(&t->table, "program", 7);
	for (i = 0; i < shown; i++)
		add_program(t, &t->a->costs.rows[i]);
}

static void
add_serial(struct stat_text *t)
{
	const struct serial *x = &t->a->serial;
	size_t i, n = 0, shown;

	while (n < x->n && x->rows[n].beside >=
	    t->s->wall / 100 * SERIAL_PERCENT)
		n++;
	if (!n)
		return;
	shown = rows(t, n, FEW);
	table_begin(&t->table, "One at a time: time, share, children, who ran them", shown, n);
	for (i = 0; i < shown; i++) {
		table_time(&t->table, x->rows[i].time);
		add_percent(t, x->rows[i].time, t->s->wall);
		table_count(&t->table, x->rows[i].nchildren);
		add_title(t, x->rows[i].p);
	}
}

static void
add_repeats(struct stat_text *t)
{
	const struct repeats *r = &t->a->repeats;
	size_t i, shown = rows(t, r->n, FEW);

	if (!r->n)
		return;
	table_begin(&t->table, "Repeated commands, share of the critical path",
	    shown, r->n);
	table_text(&t->table, TABLE_COUNT, "path");
	table_text(&t->table, TABLE_TIME, "total");
	table_text(&t->table, TABLE_COUNT, "runs");
	if (!is_narrow(t))
		table_text(&t->table, TABLE_COUNT, "failed");
	table_end(&t->table, "command", 7);
	for (i = 0; i < shown; i++) {
		add_percent(t, r->rows[i].inside, t->a->shares.total);
		table_time(&t->table, r->rows[i].total);
		table_count(&t->table, r->rows[i].runs);
		if (!is_narrow(t))
			table_count(&t->table, r->rows[i].nfailed);
		add_title(t, r->rows[i].first);
	}
}

static void
add_failure(struct stat_text *t, const struct process *p, const char *why)
{
	table_pid(&t->table, p);
	process_end_word(p, &t->table.cell);
	table_cell(&t->table, TABLE_END);
	table_text(&t->table, -8, why);
	if (p->exec)
		add_title(t, p);
	else
		table_end_process(&t->table, p, NULL);
}

/* The chain, and beside it what failed in other ways. */
static void
add_failures(struct stat_text *t)
{
	const struct failure *x = &t->a->failure;
	size_t i, shown = rows(t, x->nothers, FEW - 1);

	if (!x->nchain && !x->nothers)
		return;
	table_begin(&t->table, "Failures that were not tolerated",
	    x->nchain + shown, x->nchain + x->nothers);
	for (i = 0; i < x->nchain; i++)
		if (failure_tells(x, i) || t->o->has_top)
			add_failure(t, x->chain[i], i ? "because" : "");
	for (i = 0; i < shown; i++)
		add_failure(t, x->others[i],
		    x->tolerated[x->others[i]->id] ? "survived" : "beside");
}

static void
add_outlived(struct stat_text *t)
{
	const struct outlived *o = &t->a->outlived;
	size_t i, shown = rows(t, o->n, FEW);

	if (!o->n)
		return;
	table_begin(&t->table, "Outlived the command", shown, o->n);
	for (i = 0; i < shown; i++) {
		table_time(&t->table, o->rows[i].by);
		table_pid(&t->table, o->rows[i].p);
		process_end_word(o->rows[i].p, &t->table.cell);
		table_cell(&t->table, TABLE_END);
		label_title(&t->table.cell, o->rows[i].p, NULL);
		buf_adds(&t->table.cell, ", started by ");
		findingtext_command(&t->table.cell, o->rows[i].p->parent,
		    o->rows[i].p->inherited, COMMAND_CHARS);
		table_end(&t->table, t->table.cell.p, t->table.cell.len);
		t->table.cell.len = 0;
	}
}

static void
add_running(struct stat_text *t)
{
	size_t i, n = t->s->nrunning, shown = rows(t, n, MANY);

	if (!n || t->s->f->root->has_exit)
		return;
	table_begin(&t->table, "Still running at the end", shown, n);
	for (i = 0; i < shown; i++) {
		table_time(&t->table, t->s->running[i]->end -
		    t->s->running[i]->start);
		table_pid(&t->table, t->s->running[i]);
		add_title(t, t->s->running[i]);
	}
}

static void
add_elsewhere(struct stat_text *t)
{
	const struct elsewhere *e = &t->a->elsewhere;
	size_t i, shown = rows(t, e->n, FEW);
	struct slice program;

	if (!e->n)
		return;
	table_begin(&t->table, "Work elsewhere: time that clients waited, and "
	    "their number", shown, e->n);
	for (i = 0; i < shown; i++) {
		table_time(&t->table, e->rows[i].time);
		table_count(&t->table, e->rows[i].n);
		program = t->a->programs.names.list[
		    t->a->programs.of[e->rows[i].p->id]];
		buf_add(&t->table.cell, program.p, program.len);
		buf_printf(&t->table.cell, ": %s", e->rows[i].service);
		table_end(&t->table, t->table.cell.p, t->table.cell.len);
		t->table.cell.len = 0;
	}
}

static void
add_longest(struct stat_text *t)
{
	const struct process *p;
	uint64_t cpu;
	size_t i, shown = rows(t, t->s->f->n, MANY);

	table_begin(&t->table, "Longest processes", shown, t->s->f->n);
	table_text(&t->table, TABLE_PID, "pid");
	table_text(&t->table, TABLE_TIME, "time");
	table_text(&t->table, TABLE_TIME, "own");
	if (t->s->has_cpu)
		table_text(&t->table, TABLE_TIME, "cpu");
	table_text(&t->table, TABLE_END, "end");
	table_end(&t->table, "command", 7);
	for (i = 0; i < shown; i++) {
		p = t->s->longest[i];
		table_pid(&t->table, p);
		table_time(&t->table, p->end - p->start);
		table_time(&t->table, t->s->spans[p->id].own);
		if (spans_cpu(p, &cpu))
			table_time(&t->table, cpu);
		else if (t->s->has_cpu)
			table_text(&t->table, TABLE_TIME, "");
		process_end_word(p, &t->table.cell);
		table_cell(&t->table, TABLE_END);
		table_end_process(&t->table, p, NULL);
	}
}

static void
add_critical(struct stat_text *t)
{
	const struct summary_share *share = t->s->shares;
	size_t i, n = t->s->nshares, shown = rows(t, n, MANY);

	if (!n)
		return;
	table_begin(&t->table, "Critical path, share of the wall time", shown, n);
	table_text(&t->table, TABLE_COUNT, "share");
	table_text(&t->table, TABLE_TIME, "time");
	table_text(&t->table, TABLE_PID, "pid");
	table_end(&t->table, "command", 7);
	for (i = 0; i < shown; i++, share++) {
		add_percent(t, share->time, t->s->wall);
		table_time(&t->table, share->time);
		table_pid(&t->table, share->p);
		table_end_process(&t->table, share->p, NULL);
	}
}

static void
add_waiting(struct stat_text *t)
{
	const struct waiting *w = &t->a->waiting;
	size_t i, shown = rows(t, w->n, MANY);

	if (!w->n)
		return;
	table_begin(&t->table, "Waiting: own time without a CPU", shown, w->n);
	table_text(&t->table, TABLE_TIME, "idle");
	table_text(&t->table, TABLE_TIME, "on path");
	if (w->has_delay)
		table_text(&t->table, TABLE_TIME, "for a cpu");
	table_text(&t->table, TABLE_PID, "pid");
	table_end(&t->table, "command", 7);
	for (i = 0; i < shown; i++) {
		table_time(&t->table, w->rows[i].idle);
		table_time(&t->table, w->rows[i].on_path);
		if (w->has_delay)
			table_time(&t->table, w->rows[i].delay);
		table_pid(&t->table, w->rows[i].p);
		table_end_process(&t->table, w->rows[i].p, NULL);
	}
}

static void
add_execfails(struct stat_text *t)
{
	const struct tally_row *row = t->s->execfails.rows;
	size_t i, n = t->s->execfails.n, shown = rows(t, n, MANY);

	if (!n)
		return;
	table_begin(&t->table, "Failed execs, final: nothing else was executed "
	    "then", shown, n);
	table_text(&t->table, TABLE_COUNT, "failed");
	table_text(&t->table, TABLE_COUNT, "final");
	table_end(&t->table, "errno and file", 14);
	for (i = 0; i < shown; i++, row++) {
		table_count(&t->table, row->n);
		table_count(&t->table, row->nfailed);
		table_end(&t->table, row->name.p, row->name.len);
	}
}

void
stattables_add(struct buf *out, const struct answers *a,
    const struct stattext_options *o)
{
	struct stat_text t = {
		.a = a, .s = &a->summary, .o = o,
		.table = { o->term, o->columns, out, out->len, { 0 } },
	};

	add_programs(&t);
	add_serial(&t);
	add_repeats(&t);
	add_failures(&t);
	add_outlived(&t);
	add_running(&t);
	add_elsewhere(&t);
	filestext_add(&t.table, &a->files, &a->oddfiles,
	    rows(&t, a->oddfiles.n, FEW));
	filestext_add_waited(&t.table, &a->summary.critical,
	    rows(&t, filestext_waited(&a->summary.critical), FEW));
	if (o->all_tables) {
		add_waiting(&t);
		add_longest(&t);
		add_critical(&t);
		add_execfails(&t);
	}
	free(t.table.cell.p);
}
