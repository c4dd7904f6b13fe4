#include "render/treetext.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "render/eventtext.h"
#include "render/label.h"
#include "render/treelines.h"
#include "tree/process.h"
#include "tree/spans.h"

enum {
	MAX_LEVELS = 60,	/* of tree lines; what is deeper has its depth in
				 * front, or a long chain of forks would take the
				 * square of its length */
	MIN_LEVELS = 3,		/* on a narrow terminal, too */
	COMMAND_COLUMNS = 16,	/* that the lines of more levels leave free */
};

enum column { PID, PGID, SID, TIME, CPU, END, NCOLUMNS };

static const char *const titles[NCOLUMNS] = {
	"pid", "pgid", "sid", "time", "cpu", "end"
};

struct drawing {
	const struct treetext *t;
	FILE *to;
	size_t width[NCOLUMNS];	/* 0: there is no such column */
	size_t levels;
	bool *follows;		/* by depth: a sibling of the one above there does */
	size_t follows_cap;
	struct buf cells[NCOLUMNS], command;	/* what is in hand */
	struct buf line;
	size_t used;		/* columns of the line */
};

static void
add(struct drawing *d, const char *colour, const char *p, size_t n)
{
	size_t columns = d->t->columns;

	if (columns && d->used >= columns)
		return;
	if (colour)
		term_colour(d->t->term, &d->line, colour);
	d->used += term_add(d->t->term, &d->line, p, n,
	    columns ? columns - d->used : 0);
	if (colour)
		term_colour(d->t->term, &d->line, NULL);
}

static void
add_spaces(struct drawing *d, size_t n)
{
	static const char spaces[] = "                ";
	size_t some;

	for (; n; n -= some) {
		some = n < sizeof spaces - 1 ? n : sizeof spaces - 1;
		add(d, NULL, spaces, some);
	}
}

static void
end_line(struct drawing *d)
{
	while (d->line.len && d->line.p[d->line.len - 1] == ' ')
		d->line.len--;
	buf_addc(&d->line, '\n');
	fwrite(d->line.p, 1, d->line.len, d->to);
	d->line.len = 0;
	d->used = 0;
}

static void
clear_cells(struct drawing *d)
{
	size_t i;

	for (i = 0; i < NCOLUMNS; i++)
		d->cells[i].len = 0;
}

/* The end is a word and begins at the left, the others are numbers. */
static void
add_cells(struct drawing *d, const char *end_colour)
{
	const struct buf *cell;
	size_t i, space;

	for (i = 0; i < NCOLUMNS; i++) {
		if (!d->width[i])
			continue;
		cell = &d->cells[i];
		space = d->width[i] > cell->len ? d->width[i] - cell->len : 0;
		if (i != END)
			add_spaces(d, space);
		add(d, i == END && cell->len ? end_colour : NULL, cell->p,
		    cell->len);
		add_spaces(d, i == END ? space + 2 : 2);
	}
}

static void
fill_cells(struct drawing *d, const struct process *p)
{
	uint64_t cpu;

	clear_cells(d);
	buf_printf(&d->cells[PID], "%d", p->pid);
	if (p->life > 1)
		buf_printf(&d->cells[PID], "/%u", p->life);
	if (d->t->all) {
		buf_printf(&d->cells[PGID], "%d", p->pgid);
		buf_printf(&d->cells[SID], "%d", p->sid);
	}
	text_duration(&d->cells[TIME], p->end - p->start);
	if (spans_cpu(p, &cpu))
		text_duration(&d->cells[CPU], cpu);
	process_ending(p, &d->cells[END]);
}

/* A column is as wide as its widest cell; one without any is none. */
static void
measure(struct drawing *d, const struct forest *f)
{
	size_t i, j, used = 0, left;

	for (i = 0; i < f->n; i++) {
		if (!d->t->outline->shown[i])
			continue;
		fill_cells(d, f->processes[i]);
		for (j = 0; j < NCOLUMNS; j++)
			if (d->cells[j].len > d->width[j])
				d->width[j] = d->cells[j].len;
	}
	if (d->t->all)
		d->width[TIME]++;	/* the '+' of events */
	for (j = 0; j < NCOLUMNS; j++) {
		if (!d->width[j])
			continue;
		if (d->width[j] < strlen(titles[j]))
			d->width[j] = strlen(titles[j]);
		used += d->width[j] + 2;
	}
	d->levels = MAX_LEVELS;
	if (!d->t->columns)
		return;
	used += COMMAND_COLUMNS;
	left = d->t->columns > used ? d->t->columns - used : 0;
	left /= TREELINES_COLUMNS;
	if (left < d->levels)
		d->levels = left > MIN_LEVELS ? left : MIN_LEVELS;
}

static void
draw_titles(struct drawing *d)
{
	size_t i;

	clear_cells(d);
	for (i = 0; i < NCOLUMNS; i++)
		buf_adds(&d->cells[i], titles[i]);
	add_cells(d, NULL);
	add(d, NULL, "command", 7);
	end_line(d);
}

static void
add_line(struct drawing *d, enum treelines_kind which)
{
	const char *s = treelines_text(d->t->term, which);

	add(d, "2", s, strlen(s));
}

/* The tree lines of the ancestors, down to depth. */
static void
add_lines_above(struct drawing *d, size_t depth)
{
	size_t i;

	for (i = 1; i < depth && i <= d->levels; i++)
		add_line(d, d->follows[i] ? TREELINES_PASS :
		    TREELINES_NONE);
}

static void
add_depth(struct drawing *d, size_t depth)
{
	char number[32];

	if (depth > d->levels) {
		snprintf(number, sizeof number, "(%zu) ", depth);
		add(d, "2", number, strlen(number));
	}
}

static void
add_host(struct buf *b, const struct forest_run *run)
{
	struct slice host;

	if (run->trace.line.len && event_get(&run->trace, "host", &host))
		text_visible_value(b, host.p, host.len);
	else
		buf_adds(b, "(no host)");
}

static void
draw_process(struct drawing *d, const struct process *p)
{
	const char *colour = process_failed(p) ? "31" : "33";
	bool inherited = !p->exec && p->inherited;
	size_t depth = p->depth;

	fill_cells(d, p);
	add_cells(d, colour);
	add_lines_above(d, depth);
	if (depth && depth <= d->levels)
		add_line(d, d->t->outline->follows[p->id] ?
		    TREELINES_BRANCH : TREELINES_LAST);
	add_depth(d, depth);
	d->command.len = 0;
	if (inherited)
		buf_addc(&d->command, '(');
	label_command(&d->command, p, NULL);
	if (inherited)
		buf_addc(&d->command, ')');
	if (p->parent && p->parent->run != p->run) {
		buf_adds(&d->command, " on ");
		add_host(&d->command, p->run);
	}
	add(d, NULL, d->command.p, d->command.len);
	end_line(d);
}

/* A line of what is in d->command, at the time of the event. */
static void
draw_line(struct drawing *d, const struct process *p, const struct moment *m)
{
	clear_cells(d);
	if (m->ev.has & HAS_PGID)
		buf_printf(&d->cells[PGID], "%d", m->ev.pgid);
	if (m->ev.has & HAS_SID)
		buf_printf(&d->cells[SID], "%d", m->ev.sid);
	buf_addc(&d->cells[TIME], '+');
	text_duration(&d->cells[TIME], m->ev.ts - p->start);
	add_cells(d, NULL);
	add_lines_above(d, p->depth + 1u);
	if (p->depth < d->levels)
		add_line(d, d->t->outline->has_child[p->id] ?
		    TREELINES_PASS : TREELINES_NONE);
	add(d, m->ev.kind == EVENT_EXECFAIL ? "31" : "36", d->command.p,
	    d->command.len);
	end_line(d);
}

static void
draw_events(struct drawing *d, const struct process *p)
{
	const struct moment *m, *exec = p->inherited;

	for (m = p->events; m; m = m->next) {
		d->command.len = 0;
		if (eventtext_what(&d->command, p, m))
			draw_line(d, p, m);
		if (m->ev.kind != EVENT_EXEC)
			continue;
		d->command.len = 0;
		if (eventtext_where(&d->command, &m->ev, exec ? &exec->ev : NULL))
			draw_line(d, p, m);
		exec = m;
	}
}

static void
draw(struct drawing *d, const struct process *p)
{
	d->follows = grow(d->follows, p->depth, &d->follows_cap,
	    sizeof *d->follows);
	d->follows[p->depth] = d->t->outline->follows[p->id];
	draw_process(d, p);
	if (d->t->all)
		draw_events(d, p);
}

/* Of which recording it is that follows, where there are several: its host, when its
 * root began, and its labels. */
static void
draw_run(struct drawing *d, const struct forest *f, const struct forest_run *run)
{
	struct buf text = { 0 }, labels = { 0 };

	add_host(&text, run);
	if (run->root && run->root->start > f->start) {
		buf_adds(&text, ", ");
		text_duration(&text, run->root->start - f->start);
		buf_adds(&text, " later");
	}
	if (eventtext_labels(&labels, &run->trace)) {
		buf_adds(&text, ", ");
		buf_add(&text, labels.p, labels.len);
	}
	d->line.len = 0;
	term_add(d->t->term, &d->line, text.p, text.len, d->t->columns);
	buf_addc(&d->line, '\n');
	fwrite(d->line.p, 1, d->line.len, d->to);
	d->line.len = 0;
	free(text.p);
	free(labels.p);
}

void
treetext_write(const struct treetext *t, const struct forest *f, FILE *to)
{
	struct drawing d = { .t = t, .to = to };
	const struct forest_run *run = NULL;
	const struct process *p = NULL;
	size_t i;

	measure(&d, f);
	draw_titles(&d);
	while ((p = forest_next(f, NULL, p)) && !ferror(to)) {
		if (!t->outline->shown[p->id])
			continue;
		if (f->nruns > 1 && !p->parent && p->run != run)
			draw_run(&d, f, run = p->run);
		draw(&d, p);
	}
	for (i = 0; i < NCOLUMNS; i++)
		free(d.cells[i].p);
	free(d.command.p);
	free(d.line.p);
	free(d.follows);
}
