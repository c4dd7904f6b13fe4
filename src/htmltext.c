#include "htmltext.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "label.h"
#include "text.h"

enum {
	TABLE_ROWS = 50,
	TREE_ROWS = 1000,
	TREE_DEPTH = 60,	/* browsers nest 512 elements, three for each */
	COMMAND_CHARS = 160,
};

void
htmltext_escape(struct buf *b, const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		switch (p[i]) {
		case '&': buf_adds(b, "&amp;"); break;
		case '<': buf_adds(b, "&lt;"); break;
		case '>': buf_adds(b, "&gt;"); break;
		case '"': buf_adds(b, "&quot;"); break;
		case '\'': buf_adds(b, "&#39;"); break;
		default: buf_addc(b, p[i]); break;
		}
}

static void
add_escaped(struct buf *b, struct buf *text)
{
	htmltext_escape(b, text->p, text->len);
	free(text->p);
	*text = (struct buf){ 0 };
}

static void
add_command(struct buf *b, const struct process *p, const struct moment *at,
    size_t max)
{
	struct buf text = { 0 }, cut = { 0 };

	label_command(&text, p, at);
	label_cut(&cut, text.p, text.len, max);
	free(text.p);
	add_escaped(b, &cut);
}

static void
add_pid(struct buf *b, const struct process *p)
{
	buf_printf(b, "%d", p->pid);
	if (p->life > 1)
		buf_printf(b, "/%u", p->life);
}

static void
add_ending(struct buf *b, const struct process *p)
{
	bool running = !p->has_exit && !p->lost_end;

	buf_adds(b, process_failed(p) ? "<b class=\"failed\">" :
	    running ? "<b class=\"running\">" : "<b>");
	process_ending(p, b);
	buf_adds(b, "</b>");
}

/* with a comma before each group of three digits */
static void
add_count(struct buf *b, uint64_t n)
{
	struct buf digits = { 0 };
	size_t i;

	buf_addu(&digits, n);
	for (i = 0; i < digits.len; i++) {
		if (i && (digits.len - i) % 3 == 0)
			buf_addc(b, ',');
		buf_addc(b, digits.p[i]);
	}
	free(digits.p);
}

/* --- header --- */

/* the value of the trace line, or nothing */
static void
add_value(struct buf *b, const struct event *trace, const char *before,
    const char *key)
{
	struct buf text = { 0 };
	struct slice val;

	if (!trace->line.len || !event_get(trace, key, &val) || !val.len)
		return;
	buf_adds(b, before);
	text_visible_value(&text, val.p, val.len);
	add_escaped(b, &text);
}

static void
add_time(struct buf *b, const struct event *trace)
{
	char date[sizeof "2026-11-20 05:12:03"];
	uint64_t ns;
	time_t seconds;
	struct tm tm;

	if (!trace->line.len || !event_get_number(trace, "start", &ns))
		return;
	seconds = (time_t)(ns / 1000000000);
	if (!gmtime_r(&seconds, &tm) ||
	    !strftime(date, sizeof date, "%Y-%m-%d %H:%M:%S", &tm))
		return;
	buf_printf(b, " on <time datetime=\"%.10sT%sZ\">%s UTC</time>", date,
	    date + 11, date);
}

void
htmltext_title(struct buf *b, const struct summary *s)
{
	struct slice args, arg;
	bool first = true;

	if (!s->f->trace.line.len || !event_argv(&s->f->trace, &args)) {
		process_command(s->f->root, s->first, b);
		return;
	}
	for (; event_next_arg(&args, &arg); first = false) {
		if (!first)
			buf_addc(b, ' ');
		text_visible_value(b, arg.p, arg.len);
	}
}

static void
begin_fact(struct buf *b, const char *class, const char *name)
{
	buf_printf(b, "<div class=\"%s\"><dt>%s</dt><dd>", class, name);
}

static void
end_fact(struct buf *b)
{
	buf_adds(b, "</dd></div>\n");
}

static void
add_count_fact(struct buf *b, const char *class, const char *name, uint64_t n)
{
	if (!n)
		return;
	begin_fact(b, class, name);
	add_count(b, n);
	end_fact(b);
}

static void
add_wall_fact(struct buf *b, const struct summary *s)
{
	begin_fact(b, "wall", "Wall time");
	text_duration(b, s->wall);
	if (s->after) {
		buf_adds(b, " <small>descendants + ");
		text_duration(b, s->after);
		buf_adds(b, "</small>");
	} else if (!s->f->root->has_exit) {
		buf_adds(b, s->f->root->lost_end ? " <small>end unknown</small>" :
		    " <small>still running</small>");
	}
	end_fact(b);
}

static void
add_load_fact(struct buf *b, const char *name, size_t max, double mean)
{
	begin_fact(b, "load", name);
	buf_printf(b, "%zu <small>%.1f on average</small>", max, mean);
	end_fact(b);
}

static void
add_facts(struct buf *b, const struct summary *s)
{
	uint64_t total = s->wall + s->after;

	buf_adds(b, "<dl class=\"facts\">\n");
	add_wall_fact(b, s);
	add_count_fact(b, "processes", "Processes", s->f->n);
	add_count_fact(b, "failed", "Failed", s->nfailed);
	add_count_fact(b, "running", "Still running", s->nrunning);
	add_count_fact(b, "unknown", "End unknown", s->nunknown);
	begin_fact(b, "execs", "Execs");
	add_count(b, s->nexecs);
	if (s->nexecfails) {
		buf_adds(b, " <small>");
		add_count(b, s->nexecfails);
		buf_adds(b, " failed</small>");
	}
	end_fact(b);
	add_load_fact(b, "At once", s->load.max_live, s->load.mean_live);
	add_load_fact(b, "Without a child", s->load.max_busy,
	    s->load.mean_busy);
	if (s->has_cpu) {
		begin_fact(b, "cpu", "CPU time");
		text_duration(b, s->cpu);
		if (total)
			buf_printf(b, " <small>%.2f CPUs on average</small>",
			    (double)s->cpu / (double)total);
		end_fact(b);
	}
	buf_adds(b, "</dl>\n");
}

void
htmltext_header(struct buf *b, const struct summary *s)
{
	struct buf text = { 0 };

	htmltext_title(&text, s);
	buf_adds(b, "<h1>");
	add_escaped(b, &text);
	buf_adds(b, "</h1>\n");
	if (s->f->trace.line.len) {
		buf_adds(b, "<p class=\"when\">Recorded");
		add_time(b, &s->f->trace);
		add_value(b, &s->f->trace, ", host ", "host");
		add_value(b, &s->f->trace, ", with ", "tracer");
		buf_adds(b, "</p>\n");
	}
	add_facts(b, s);
	if (s->f->nlost)
		buf_printf(b, "<p class=\"notice\">%" PRIu64 " event%s lost: "
		    "processes, execs and ends may be missing.</p>\n", s->f->nlost,
		    s->f->nlost > 1 ? "s were" : " was");
}

/* --- tables --- */

static void
begin_table(struct buf *b, const char *title, size_t n, size_t of,
    const char *const columns[])
{
	buf_printf(b, "<h2>%s</h2>\n", title);
	if (n < of) {
		buf_printf(b, "<p>%zu of ", n);
		add_count(b, of);
		buf_adds(b, ".</p>\n");
	}
	buf_adds(b, "<table>\n<tr>");
	for (; *columns; columns++)
		buf_printf(b, "<th scope=\"col\"%s>%s</th>",
		    columns[1] ? " class=\"n\"" : "", *columns);
	buf_adds(b, "</tr>\n");
}

static size_t
at_most(size_t n)
{
	return n < TABLE_ROWS ? n : TABLE_ROWS;
}

static void
add_duration_cell(struct buf *b, uint64_t ns)
{
	buf_adds(b, "<td class=\"n\">");
	text_duration(b, ns);
	buf_adds(b, "</td>");
}

static void
add_count_cell(struct buf *b, size_t n)
{
	buf_adds(b, "<td class=\"n\">");
	add_count(b, n);
	buf_adds(b, "</td>");
}

static void
end_process_row(struct buf *b, const struct process *p)
{
	buf_adds(b, "<td><code>");
	add_command(b, p, NULL, COMMAND_CHARS);
	buf_adds(b, "</code></td></tr>\n");
}

static void
add_pid_cell(struct buf *b, const struct process *p)
{
	buf_adds(b, "<td class=\"n\">");
	add_pid(b, p);
	buf_adds(b, "</td>");
}

/* those that failed, or those that still run */
static void
add_processes(struct buf *b, const struct summary *s, const char *title,
    bool failed, size_t of)
{
	static const char *const columns[] = {
		"PID", "Start", "Duration", "Status", "Command", NULL,
	};
	const struct process *p;
	size_t i, n = 0;

	if (!of)
		return;
	begin_table(b, title, at_most(of), of, columns);
	for (i = 0; i < s->f->n && n < TABLE_ROWS; i++) {
		p = s->f->processes[i];
		if (failed ? !process_failed(p) : p->has_exit || p->lost_end)
			continue;
		n++;
		buf_adds(b, "<tr>");
		add_pid_cell(b, p);
		add_duration_cell(b, p->start > s->f->start ?
		    p->start - s->f->start : 0);
		add_duration_cell(b, p->end - p->start);
		buf_adds(b, "<td class=\"n\">");
		add_ending(b, p);
		buf_adds(b, "</td>");
		end_process_row(b, p);
	}
	buf_adds(b, "</table>\n");
}

static void
add_critical(struct buf *b, const struct summary *s)
{
	static const char *const columns[] = {
		"Share", "Time", "PID", "Command", NULL,
	};
	const struct summary_share *share = s->shares;
	size_t i;

	if (!s->nshares)
		return;
	begin_table(b, "Critical path", at_most(s->nshares), s->nshares, columns);
	for (i = 0; i < at_most(s->nshares); i++, share++) {
		buf_printf(b, "<tr><td class=\"n\">%.1f %%</td>",
		    100 * (double)share->time / (double)s->wall);
		add_duration_cell(b, share->time);
		add_pid_cell(b, share->p);
		end_process_row(b, share->p);
	}
	buf_adds(b, "</table>\n");
}

static void
add_programs(struct buf *b, const struct summary *s)
{
	static const char *const columns[] = {
		"Runs", "Failed", "Total", "Mean", "Max", "Program", NULL,
	};
	const struct tally_row *row = s->programs.rows;
	size_t i;

	begin_table(b, "Programs", at_most(s->programs.n), s->programs.n, columns);
	for (i = 0; i < at_most(s->programs.n); i++, row++) {
		buf_adds(b, "<tr>");
		add_count_cell(b, row->n);
		add_count_cell(b, row->nfailed);
		add_duration_cell(b, row->total);
		add_duration_cell(b, row->total / row->n);
		add_duration_cell(b, row->max);
		buf_adds(b, "<td><code>");
		htmltext_escape(b, row->name.p, row->name.len);
		buf_adds(b, "</code></td></tr>\n");
	}
	buf_adds(b, "</table>\n");
}

/* --- tree --- */

struct tree {
	const struct summary *s;
	struct buf *out;
	bool *shown;		/* by process id */
	size_t nshown;
	size_t *hidden;		/* by process id: below it, but not below one of
				 * its children that is shown */
	size_t open;		/* lists */
};

/* Shows a process and those above it; false if there is no room for them. */
static bool
show(struct tree *t, const struct process *p)
{
	const struct process *up;
	size_t n = 0, room = TREE_ROWS - t->nshown;

	for (up = p; up && !t->shown[up->id]; up = up->parent)
		if (++n > room)
			return false;
	for (up = p; up && !t->shown[up->id]; up = up->parent)
		t->shown[up->id] = true;
	t->nshown += n;
	return true;
}

static void
choose(struct tree *t)
{
	const struct summary *s = t->s;
	const struct process *p;
	size_t i;

	for (i = 0; i < s->f->n; i++) {
		p = s->f->processes[i];
		if ((process_failed(p) || !p->has_exit) && !show(t, p))
			break;
	}
	for (i = 0; i < s->nshares && show(t, s->shares[i].p); i++)
		;
	for (i = 0; i < s->f->n && show(t, s->longest[i]); i++)
		;
	for (i = 0; i < s->f->n; i++) {
		p = s->f->processes[i];
		t->hidden[i] += s->spans[i].ndescendants;
		if (t->shown[i] && p->parent)
			t->hidden[p->parent->id] -= s->spans[i].ndescendants + 1;
	}
}

static void
close_lists(struct tree *t, size_t open)
{
	for (; t->open > open; t->open--)
		buf_adds(t->out, "</ul></details></li>\n");
}

static void
add_line(struct tree *t, const struct process *p)
{
	struct buf *b = t->out;

	buf_adds(b, "<code>");
	add_command(b, p, NULL, COMMAND_CHARS);
	buf_adds(b, "</code> <i>");
	text_duration(b, p->end - p->start);
	buf_adds(b, ", PID ");
	add_pid(b, p);
	if (p->depth > TREE_DEPTH)
		buf_printf(b, ", at depth %u", p->depth);
	if (t->hidden[p->id]) {
		buf_adds(b, ", ");
		add_count(b, t->hidden[p->id]);
		buf_adds(b, " more below");
	}
	buf_adds(b, "</i> ");
	add_ending(b, p);
}

static void
add_to_tree(struct tree *t, const struct process *p)
{
	size_t depth = p->depth < TREE_DEPTH ? p->depth : TREE_DEPTH;
	bool has_list = depth < TREE_DEPTH &&
	    t->hidden[p->id] < t->s->spans[p->id].ndescendants;

	close_lists(t, depth);
	buf_adds(t->out, has_list ? "<li><details open><summary>" : "<li>");
	add_line(t, p);
	if (has_list) {
		buf_adds(t->out, "</summary><ul>\n");
		t->open++;
	} else {
		buf_adds(t->out, "</li>\n");
	}
}

static void
add_tree(struct buf *b, const struct summary *s)
{
	struct tree t = {
		.s = s, .out = b,
		.shown = xcalloc(s->f->n, sizeof *t.shown),
		.hidden = xcalloc(s->f->n, sizeof *t.hidden),
	};
	const struct process *p = NULL;

	choose(&t);
	buf_adds(b, "<h2>Processes</h2>\n");
	if (t.nshown < s->f->n) {
		buf_adds(b, "<p>");
		add_count(b, t.nshown);
		buf_adds(b, " of ");
		add_count(b, s->f->n);
		buf_adds(b, ": what failed or did not end, the critical path, and "
		    "the longest.</p>\n");
	}
	buf_adds(b, "<ul>\n");
	while ((p = forest_next(s->f, NULL, p)))
		if (t.shown[p->id])
			add_to_tree(&t, p);
	close_lists(&t, 0);
	buf_adds(b, "</ul>\n");
	free(t.shown);
	free(t.hidden);
}

void
htmltext_body(struct buf *b, const struct summary *s)
{
	add_processes(b, s, "Failed", true, s->nfailed);
	add_processes(b, s, "Still running", false, s->nrunning);
	add_critical(b, s);
	add_programs(b, s);
	add_tree(b, s);
}
