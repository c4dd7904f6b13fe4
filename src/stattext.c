#include "stattext.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "label.h"
#include "text.h"

enum { COUNT = 7, TIME = 10, PID = 8, END = -11, LABEL = -14 };

struct stat_text {
	const struct summary *s;
	const struct term *term;
	size_t top, columns;
	struct buf *out;
	size_t line;		/* where it begins in out */
	struct buf cell;
};

static size_t
rows(const struct stat_text *t, size_t n)
{
	return t->top && t->top < n ? t->top : n;
}

/* A cell of ASCII, and what separates it from the next one; aligned to the
 * right, or to the left for a negative width. */
static void
add_text(struct stat_text *t, int width, const char *s)
{
	buf_printf(t->out, "%*s  ", width, s);
}

static void
add_cell(struct stat_text *t, int width)
{
	buf_addc(&t->cell, '\0');
	add_text(t, width, t->cell.p);
	t->cell.len = 0;
}

static void
add_count(struct stat_text *t, size_t n)
{
	buf_addu(&t->cell, n);
	add_cell(t, COUNT);
}

static void
add_time(struct stat_text *t, uint64_t ns)
{
	text_duration(&t->cell, ns);
	add_cell(t, TIME);
}

static void
add_pid(struct stat_text *t, const struct process *p)
{
	buf_printf(&t->cell, "%d", p->pid);
	if (p->life > 1)
		buf_printf(&t->cell, "/%u", p->life);
	add_cell(t, PID);
}

/* The rest of the line. */
static void
end_line(struct stat_text *t, const char *p, size_t n)
{
	size_t used = t->out->len - t->line, columns = t->columns;

	if (columns)
		columns = columns > used ? columns - used : 1;
	term_add(t->term, t->out, p, n, columns);
	while (t->out->p[t->out->len - 1] == ' ')
		t->out->len--;
	buf_addc(t->out, '\n');
	t->line = t->out->len;
}

static void
end_process(struct stat_text *t, const struct process *p,
    const struct moment *at)
{
	label_command(&t->cell, p, at);
	end_line(t, t->cell.p, t->cell.len);
	t->cell.len = 0;
}

static void
begin_table(struct stat_text *t, const char *heading, size_t of)
{
	buf_addc(t->out, '\n');
	term_colour(t->term, t->out, "1");
	buf_adds(t->out, heading);
	term_colour(t->term, t->out, NULL);
	if (rows(t, of) < of)
		buf_printf(t->out, " (%zu of %zu)", rows(t, of), of);
	buf_addc(t->out, '\n');
	t->line = t->out->len;
}

/* The cell as a line of the totals. */
static void
end_total(struct stat_text *t, const char *label)
{
	struct buf text = t->cell;

	t->cell = (struct buf){ 0 };
	add_text(t, LABEL, label);
	end_line(t, text.p, text.len);
	text.len = 0;
	free(t->cell.p);
	t->cell = text;
}

static void
add_wall(struct stat_text *t)
{
	const struct summary *s = t->s;

	text_duration(&t->cell, s->wall);
	if (!s->f->root->has_exit)
		buf_adds(&t->cell, s->f->root->lost_end ? ", its end is unknown" :
		    ", and still running");
	if (s->after) {
		buf_adds(&t->cell, ", and its descendants ");
		text_duration(&t->cell, s->after);
		buf_adds(&t->cell, " longer");
	}
	end_total(t, "Wall time");
}

static void
add_processes(struct stat_text *t)
{
	const struct summary *s = t->s;

	buf_addu(&t->cell, s->f->n);
	if (s->nfailed)
		buf_printf(&t->cell, ", %zu failed", s->nfailed);
	if (s->nrunning)
		buf_printf(&t->cell, ", %zu still running", s->nrunning);
	if (s->nunknown)
		buf_printf(&t->cell, ", %zu with an unknown end", s->nunknown);
	end_total(t, "Processes");
	buf_addu(&t->cell, s->nexecs);
	if (s->nexecfails)
		buf_printf(&t->cell, ", and %zu failed", s->nexecfails);
	end_total(t, "Execs");
}

static void
add_totals(struct stat_text *t)
{
	const struct summary *s = t->s;
	const struct load *l = &s->load;
	uint64_t total = s->wall + s->after;

	end_process(t, s->f->root, s->first);
	buf_addc(t->out, '\n');
	t->line = t->out->len;
	add_wall(t);
	add_processes(t);
	if (s->has_cpu) {
		text_duration(&t->cell, s->cpu);
		if (total)
			buf_printf(&t->cell, ", %.2f CPUs on average",
			    (double)s->cpu / (double)total);
		end_total(t, "CPU time");
	}
	buf_printf(&t->cell, "at most %zu processes, %.2f on average",
	    l->max_live, l->mean_live);
	end_total(t, "Concurrency");
	buf_printf(&t->cell, "at most %zu without children, %.2f on average",
	    l->max_busy, l->mean_busy);
	end_total(t, "");
	if (s->f->nlost) {
		buf_printf(&t->cell, "%" PRIu64 ": processes, execs and ends may "
		    "be missing", s->f->nlost);
		end_total(t, "Lost events");
	}
}

static void
add_programs(struct stat_text *t)
{
	const struct tally_row *row = t->s->programs.rows;
	size_t i, n = t->s->programs.n;

	begin_table(t, "Programs by total time", n);
	add_text(t, COUNT, "runs");
	add_text(t, COUNT, "failed");
	add_text(t, TIME, "total");
	add_text(t, TIME, "mean");
	add_text(t, TIME, "longest");
	end_line(t, "program", 7);
	for (i = 0; i < rows(t, n); i++, row++) {
		add_count(t, row->n);
		add_count(t, row->nfailed);
		add_time(t, row->total);
		add_time(t, row->total / row->n);
		add_time(t, row->max);
		end_line(t, row->name.p, row->name.len);
	}
}

static void
add_longest(struct stat_text *t)
{
	const struct process *p;
	uint64_t cpu;
	size_t i;

	begin_table(t, "Longest processes", t->s->f->n);
	add_text(t, PID, "pid");
	add_text(t, TIME, "time");
	add_text(t, TIME, "childless");
	if (t->s->has_cpu)
		add_text(t, TIME, "cpu");
	add_text(t, END, "end");
	end_line(t, "command", 7);
	for (i = 0; i < rows(t, t->s->f->n); i++) {
		p = t->s->longest[i];
		add_pid(t, p);
		add_time(t, p->end - p->start);
		add_time(t, t->s->spans[p->id].own);
		if (spans_cpu(p, &cpu))
			add_time(t, cpu);
		else if (t->s->has_cpu)
			add_text(t, TIME, "");
		process_ending(p, &t->cell);
		add_cell(t, END);
		end_process(t, p, NULL);
	}
}

static void
add_critical(struct stat_text *t)
{
	const struct summary_share *share = t->s->shares;
	size_t i, n = t->s->nshares;

	if (!n)
		return;
	begin_table(t, "Critical path, share of the wall time", n);
	add_text(t, COUNT, "share");
	add_text(t, TIME, "time");
	add_text(t, PID, "pid");
	end_line(t, "command", 7);
	for (i = 0; i < rows(t, n); i++, share++) {
		buf_printf(&t->cell, "%.1f %%", 100 * (double)share->time /
		    (double)t->s->wall);
		add_cell(t, COUNT);
		add_time(t, share->time);
		add_pid(t, share->p);
		end_process(t, share->p, NULL);
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
	begin_table(t, "Still running at the end", n);
	add_text(t, TIME, "for");
	add_text(t, PID, "pid");
	end_line(t, "command", 7);
	for (i = 0; i < rows(t, n); i++) {
		p = t->s->running[i];
		add_time(t, p->end - p->start);
		add_pid(t, p);
		end_process(t, p, NULL);
	}
}

static void
add_execfails(struct stat_text *t)
{
	const struct tally_row *row = t->s->execfails.rows;
	size_t i, n = t->s->execfails.n;

	if (!n)
		return;
	begin_table(t, "Failed execs, final: nothing else was executed then", n);
	add_text(t, COUNT, "failed");
	add_text(t, COUNT, "final");
	end_line(t, "errno and file", 14);
	for (i = 0; i < rows(t, n); i++, row++) {
		add_count(t, row->n);
		add_count(t, row->nfailed);
		end_line(t, row->name.p, row->name.len);
	}
}

void
stattext_add(struct buf *out, const struct summary *s, size_t top,
    const struct term *term, size_t columns)
{
	struct stat_text t = {
		.s = s, .term = term, .top = top, .columns = columns,
		.out = out, .line = out->len,
	};

	add_totals(&t);
	add_programs(&t);
	add_longest(&t);
	add_critical(&t);
	add_running(&t);
	add_execfails(&t);
	free(t.cell.p);
}
