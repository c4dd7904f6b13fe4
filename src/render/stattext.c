#include "render/stattext.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/text.h"
#include "render/eventtext.h"
#include "render/findingtext.h"
#include "render/paragraph.h"
#include "render/stattables.h"
#include "render/table.h"
#include "tree/process.h"

enum {
	SHORT_LINES = 12, FILES = 3,	/* that were not found */
	INDENT = 2, MORE = 4,	/* of a finding, and of its next lines */
};

struct stat_text {
	const struct answers *a;
	const struct summary *s;
	const struct stattext_options *o;
	struct table table;
};

static void
add_finding(struct stat_text *t, const struct finding *x)
{
	struct buf *text = &t->table.cell;

	findingtext_add(text, t->a, x);
	paragraph_add(t->table.out, t->o->term, text->p, text->len,
	    t->o->columns, INDENT, MORE);
	text->len = 0;
	t->table.line = t->table.out->len;
}

static void
add_findings(struct stat_text *t)
{
	const struct findings *f = &t->a->findings;
	size_t i;

	if (!f->n)
		return;
	table_begin(&t->table, "What stands out", f->n, f->n);
	for (i = 0; i < f->n; i++)
		add_finding(t, &f->list[i]);
}

static void
add_wall(struct stat_text *t)
{
	const struct summary *s = t->s;

	text_duration(&t->table.cell, s->wall);
	if (!s->f->root->has_exit)
		buf_adds(&t->table.cell, s->f->root->lost_end ?
		    ", its end is unknown" : ", and still running");
	else if (t->a->hang.timed_out) {
		buf_adds(&t->table.cell, ", as time was up after ");
		text_duration(&t->table.cell, t->a->hang.after);
		buf_adds(&t->table.cell, " (exit 124)");
	} else if (process_failed(s->f->root)) {
		buf_adds(&t->table.cell, ", ");
		process_ending(s->f->root, &t->table.cell);
	}
	if (s->after && !t->a->hang.timed_out) {
		buf_adds(&t->table.cell, ", and its descendants ");
		text_duration(&t->table.cell, s->after);
		buf_adds(&t->table.cell, " longer");
	}
	table_total(&t->table, "Wall time");
	if (eventtext_labels(&t->table.cell, &s->f->trace))
		table_total(&t->table, "Labels");
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
	buf_printf(&t->table.cell, ", %zu exec%s", s->nexecs,
	    s->nexecs == 1 ? "" : "s");
	table_total(&t->table, "Processes");
}

static void
add_cpu(struct stat_text *t)
{
	const struct summary *s = t->s;
	uint64_t total = s->wall + s->after;

	if (!s->has_cpu)
		return;
	text_duration(&t->table.cell, s->cpu);
	if (total)
		buf_printf(&t->table.cell, ", %.2f CPUs on average",
		    (double)s->cpu / (double)total);
	if (t->a->shares.total && t->a->waiting.has_cpu)
		buf_printf(&t->table.cell, "; %.0f %% of the critical path "
		    "idle", 100 * (double)t->a->waiting.on_path /
		    (double)t->a->shares.total);
	table_total(&t->table, "CPU time");
	if (!t->a->waiting.has_delay)
		return;
	text_duration(&t->table.cell, t->a->waiting.delay);
	buf_adds(&t->table.cell, " of all processes, ready to run");
	table_total(&t->table, "Without a CPU");
}

/* one line, whatever there is */
static void
add_not_found(struct stat_text *t)
{
	const struct tally_row *row = t->s->execfails.rows;
	size_t i, n = t->s->execfails.n, final = 0, shown = 0;

	if (!t->s->nexecfails)
		return;
	for (i = 0; i < n; i++)
		final += row[i].nfailed > 0;
	if (!final)
		return;
	for (i = 0; i < n && shown < FILES; i++, row++) {
		if (!row->nfailed)
			continue;
		if (shown++)
			buf_adds(&t->table.cell, ", ");
		buf_add(&t->table.cell, row->name.p, row->name.len);
	}
	if (final > shown)
		buf_printf(&t->table.cell, ", %zu more", final - shown);
	table_total(&t->table, "Not executed");
}

static void
add_totals(struct stat_text *t)
{
	const struct concurrency *l = &t->s->load;

	buf_addc(t->table.out, '\n');
	t->table.line = t->table.out->len;
	add_wall(t);
	add_processes(t);
	add_cpu(t);
	buf_printf(&t->table.cell, "at most %zu, %.2f on average; without "
	    "children %zu, %.2f", l->max_live, l->mean_live,
	    l->max_busy, l->mean_busy);
	table_total(&t->table, "Concurrency");
	add_not_found(t);
	if (t->s->f->nlost) {
		buf_printf(&t->table.cell, "%" PRIu64 ": processes, execs and "
		    "ends may be missing", t->s->f->nlost);
		table_total(&t->table, "Lost events");
	}
}

static struct stat_text
begin(struct buf *out, const struct answers *a, const struct stattext_options *o)
{
	return (struct stat_text){
		.a = a, .s = &a->summary, .o = o,
		.table = { o->term, o->columns, out, out->len, { 0 } },
	};
}

void
stattext_add(struct buf *out, const struct answers *a,
    const struct stattext_options *o)
{
	struct stat_text t = begin(out, a, o);

	table_end_process(&t.table, t.s->f->root, t.s->first);
	add_findings(&t);
	add_totals(&t);
	free(t.table.cell.p);
	stattables_add(out, a, o);
}

static size_t
lines(const char *p, size_t n)
{
	size_t i, found = 0;

	for (i = 0; i < n; i++)
		found += p[i] == '\n';
	return found;
}

/* A finding that does not fit any more is left out. */
void
stattext_add_short(struct buf *out, const struct answers *a,
    const struct stattext_options *o)
{
	struct stat_text t = begin(out, a, o);
	size_t start = out->len, len, i;

	add_wall(&t);
	add_processes(&t);
	for (i = 0; i < a->findings.n; i++) {
		len = out->len;
		add_finding(&t, &a->findings.list[i]);
		if (lines(out->p + start, out->len - start) > SHORT_LINES)
			out->len = len;
	}
	free(t.table.cell.p);
}
