#include "html/tables.h"

#include "base/text.h"
#include "html/markup.h"
#include "tree/process.h"

enum {
	ROWS = 50, COMMAND_CHARS = 160,
	DEPTHS = 20,	/* that the style sheet indents */
};

static void
begin_table(struct buf *b, const char *title, size_t n, size_t of,
    const char *const columns[])
{
	buf_printf(b, "<h2>%s</h2>\n", title);
	if (n < of) {
		buf_printf(b, "<p>%zu of ", n);
		html_markup_count(b, of);
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
	return n < ROWS ? n : ROWS;
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
	html_markup_count(b, n);
	buf_adds(b, "</td>");
}

static void
end_process_row(struct buf *b, const struct process *p)
{
	buf_adds(b, "<td><code>");
	html_markup_command(b, p, NULL, COMMAND_CHARS);
	buf_adds(b, "</code></td></tr>\n");
}

static void
add_pid_cell(struct buf *b, const struct process *p)
{
	buf_adds(b, "<td class=\"n\">");
	html_markup_pid(b, p);
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
	for (i = 0; i < s->f->n && n < ROWS; i++) {
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
		html_markup_ending(b, p);
		buf_adds(b, "</td>");
		end_process_row(b, p);
	}
	buf_adds(b, "</table>\n");
}

static void
add_share_cell(struct buf *b, uint64_t part, uint64_t whole)
{
	buf_printf(b, "<td class=\"n\">%.1f %%</td>",
	    whole ? 100 * (double)part / (double)whole : 0.0);
}

/* at least a hundredth of the critical path, or a root */
static bool
is_large(const struct answers *a, const struct merged_node *node)
{
	return !node->depth || node->inside * 100 >= a->shares.total;
}

static void
add_merged(struct buf *b, const struct answers *a)
{
	static const char *const columns[] = {
		"With children", "Itself", "Runs", "Failed", "Mean", "Total",
		"Command path", NULL,
	};
	const struct merged *m = &a->merged;
	const struct merged_node *node;
	struct buf name = { 0 };
	size_t i, n = 0;

	for (i = 0; i < m->n; i++)
		n += is_large(a, &m->nodes[i]);
	begin_table(b, "Command paths, by share of the critical path", n, m->n,
	    columns);
	for (i = 0; i < m->n; i++) {
		node = &m->nodes[i];
		if (!is_large(a, node))
			continue;
		buf_adds(b, "<tr>");
		add_share_cell(b, node->inside, a->shares.total);
		add_share_cell(b, node->critical, a->shares.total);
		add_count_cell(b, node->runs);
		add_count_cell(b, node->nfailed);
		add_duration_cell(b, node->wall / node->runs);
		add_duration_cell(b, node->wall);
		buf_printf(b, "<td><code class=\"d%u\">",
		    node->depth < DEPTHS ? node->depth : DEPTHS);
		programs_name(&name, &a->programs, node->first);
		html_markup_buf(b, &name);
		buf_adds(b, "</code></td></tr>\n");
	}
	buf_adds(b, "</table>\n");
}

static void
add_critical(struct buf *b, const struct answers *a)
{
	static const char *const columns[] = {
		"Share", "Time", "Processes", "Program", NULL,
	};
	const struct shares_list *list = &a->shares.by_program;
	const struct shares_row *row = list->rows;
	struct buf name = { 0 };
	size_t i;

	if (!list->n)
		return;
	begin_table(b, "Critical path", at_most(list->n), list->n, columns);
	for (i = 0; i < at_most(list->n); i++, row++) {
		buf_adds(b, "<tr>");
		add_share_cell(b, row->time, a->shares.total);
		add_duration_cell(b, row->time);
		add_count_cell(b, row->n);
		buf_adds(b, "<td><code>");
		process_program(row->p, NULL, &name);
		html_markup_buf(b, &name);
		buf_adds(b, "</code></td></tr>\n");
	}
	buf_adds(b, "</table>\n");
}

static void
add_programs(struct buf *b, const struct answers *a)
{
	static const char *const columns[] = {
		"Runs", "Failed", "Own", "Total", "Mean", "Max", "Program", NULL,
	};
	const struct costs_row *row = a->costs.rows;
	const struct slice *names = a->programs.names.list;
	size_t i;

	begin_table(b, "Programs, by own time", at_most(a->costs.n), a->costs.n,
	    columns);
	for (i = 0; i < at_most(a->costs.n); i++, row++) {
		buf_adds(b, "<tr>");
		add_count_cell(b, row->runs);
		add_count_cell(b, row->nfailed);
		add_duration_cell(b, row->own);
		add_duration_cell(b, row->total);
		add_duration_cell(b, row->total / row->runs);
		add_duration_cell(b, row->max);
		buf_adds(b, "<td><code>");
		html_markup_escape(b, names[row->program].p,
		    names[row->program].len);
		buf_adds(b, "</code></td></tr>\n");
	}
	buf_adds(b, "</table>\n");
}

void
html_tables_add(struct buf *b, const struct answers *a)
{
	const struct summary *s = &a->summary;

	add_merged(b, a);
	add_processes(b, s, "Failed", true, s->nfailed);
	add_processes(b, s, "Still running", false, s->nrunning);
	add_critical(b, a);
	add_programs(b, a);
}
