#include "render/stattext.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/text.h"
#include "render/table.h"
#include "tree/process.h"

struct stat_text {
	const struct summary *s;
	size_t top;
	struct table table;
};

static size_t
rows(const struct stat_text *t, size_t n)
{
	return t->top && t->top < n ? t->top : n;
}

static void
begin(struct stat_text *t, const char *heading, size_t n)
{
	table_begin(&t->table, heading, rows(t, n), n);
}

static void
add_wall(struct stat_text *t)
{
	const struct summary *s = t->s;

	text_duration(&t->table.cell, s->wall);
	if (!s->f->root->has_exit)
		buf_adds(&t->table.cell, s->f->root->lost_end ?
		    ", its end is unknown" : ", and still running");
	if (s->after) {
		buf_adds(&t->table.cell, ", and its descendants ");
		text_duration(&t->table.cell, s->after);
		buf_adds(&t->table.cell, " longer");
	}
	table_total(&t->table, "Wall time");
}

static void
add_processes(struct stat_text *t)
{
	const struct summary *s = t->s;

	buf_addu(&t->table.cell, s->f->n);
	if (s->nfailed)
		buf_printf(&t->table.cell, ", %zu failed", s->nfailed);
	if (s->nrunning)
		buf_printf(&t->table.cell, ", %zu still running", s->nrunning);
	if (s->nunknown)
		buf_printf(&t->table.cell, ", %zu with an unknown end",
		    s->nunknown);
	table_total(&t->table, "Processes");
	buf_addu(&t->table.cell, s->nexecs);
	if (s->nexecfails)
		buf_printf(&t->table.cell, ", and %zu failed", s->nexecfails);
	table_total(&t->table, "Execs");
}

static void
add_totals(struct stat_text *t)
{
	const struct summary *s = t->s;
	const struct concurrency *l = &s->load;
	uint64_t total = s->wall + s->after;

	table_end_process(&t->table, s->f->root, s->first);
	buf_addc(t->table.out, '\n');
	t->table.line = t->table.out->len;
	add_wall(t);
	add_processes(t);
	if (s->has_cpu) {
		text_duration(&t->table.cell, s->cpu);
		if (total)
			buf_printf(&t->table.cell, ", %.2f CPUs on average",
			    (double)s->cpu / (double)total);
		table_total(&t->table, "CPU time");
	}
	buf_printf(&t->table.cell, "at most %zu processes, %.2f on average",
	    l->max_live, l->mean_live);
	table_total(&t->table, "Concurrency");
	buf_printf(&t->table.cell,
	    "at most %zu without children, %.2f on average", l->max_busy, l->mean_busy);
	table_total(&t->table, "");
	if (s->f->nlost) {
		buf_printf(&t->table.cell, "%" PRIu64 ": processes, execs and "
		    "ends may be missing", s->f->nlost);
		table_total(&t->table, "Lost events");
	}
}

static void
add_programs(struct stat_text *t)
{
	const struct tally_row *row = t->s->programs.rows;
	size_t i, n = t->s->programs.n;

	begin(t, "Programs by total time", n);
	table_text(&t->table, TABLE_COUNT, "runs");
	table_text(&t->table, TABLE_COUNT, "failed");
	table_text(&t->table, TABLE_TIME, "total");
	table_text(&t->table, TABLE_TIME, "mean");
	table_text(&t->table, TABLE_TIME, "longest");
	table_end(&t->table, "program", 7);
	for (i = 0; i < rows(t, n); i++, row++) {
		table_count(&t->table, row->n);
		table_count(&t->table, row->nfailed);
		table_time(&t->table, row->total);
		table_time(&t->table, row->total / row->n);
		table_time(&t->table, row->max);
		table_end(&t->table, row->name.p, row->name.len);
	}
}

static void
add_longest(struct stat_text *t)
{
	const struct process *p;
	uint64_t cpu;
	size_t i;

	begin(t, "Longest processes", t->s->f->n);
	table_text(&t->table, TABLE_PID, "pid");
	table_text(&t->table, TABLE_TIME, "time");
	table_text(&t->table, TABLE_TIME, "childless");
	if (t->s->has_cpu)
		table_text(&t->table, TABLE_TIME, "cpu");
	table_text(&t->table, TABLE_END, "end");
	table_end(&t->table, "command", 7);
	for (i = 0; i < rows(t, t->s->f->n); i++) {
		p = t->s->longest[i];
		table_pid(&t->table, p);
		table_time(&t->table, p->end - p->start);
		table_time(&t->table, t->s->spans[p->id].own);
		if (spans_cpu(p, &cpu))
			table_time(&t->table, cpu);
		else if (t->s->has_cpu)
			table_text(&t->table, TABLE_TIME, "");
		process_ending(p, &t->table.cell);
		table_cell(&t->table, TABLE_END);
		table_end_process(&t->table, p, NULL);
	}
}

static void
add_critical(struct stat_text *t)
{
	const struct summary_share *share = t->s->shares;
	size_t i, n = t->s->nshares;

	if (!n)
		return;
	begin(t, "Critical path, share of the wall time", n);
	table_text(&t->table, TABLE_COUNT, "share");
	table_text(&t->table, TABLE_TIME, "time");
	table_text(&t->table, TABLE_PID, "pid");
	table_end(&t->table, "command", 7);
	for (i = 0; i < rows(t, n); i++, share++) {
		buf_printf(&t->table.cell, "%.1f %%", 100 * (double)share->time /
		    (double)t->s->wall);
		table_cell(&t->table, TABLE_COUNT);
		table_time(&t->table, share->time);
		table_pid(&t->table, share->p);
		table_end_process(&t->table, share->p, NULL);
	}
}

/* A recording may also tell what they hold open: rows for that belong below
 * that of the process. */
static void
add_running(struct stat_text *t)
{
	const struct process *p;
	size_t i, n = t->s->nrunning;

	if (!n)
		return;
	begin(t, "Still running at the end", n);
	table_text(&t->table, TABLE_TIME, "for");
	table_text(&t->table, TABLE_PID, "pid");
	table_end(&t->table, "command", 7);
	for (i = 0; i < rows(t, n); i++) {
		p = t->s->running[i];
		table_time(&t->table, p->end - p->start);
		table_pid(&t->table, p);
		table_end_process(&t->table, p, NULL);
	}
}

static void
add_execfails(struct stat_text *t)
{
	const struct tally_row *row = t->s->execfails.rows;
	size_t i, n = t->s->execfails.n;

	if (!n)
		return;
	begin(t, "Failed execs, final: nothing else was executed then", n);
	table_text(&t->table, TABLE_COUNT, "failed");
	table_text(&t->table, TABLE_COUNT, "final");
	table_end(&t->table, "errno and file", 14);
	for (i = 0; i < rows(t, n); i++, row++) {
		table_count(&t->table, row->n);
		table_count(&t->table, row->nfailed);
		table_end(&t->table, row->name.p, row->name.len);
	}
}

void
stattext_add(struct buf *out, const struct summary *s, size_t top,
    const struct term *term, size_t columns)
{
	struct stat_text t = {
		.s = s, .top = top,
		.table = { term, columns, out, out->len, { 0 } },
	};

	add_totals(&t);
	add_programs(&t);
	add_longest(&t);
	add_critical(&t);
	add_running(&t);
	add_execfails(&t);
	free(t.table.cell.p);
}
