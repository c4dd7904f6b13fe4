#include "render/gantt.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/sysnames.h"
#include "base/text.h"
#include "render/bars.h"
#include "render/gantthead.h"
#include "render/label.h"
#include "render/mermaid.h"
#include "tree/process.h"

enum {
	LABEL_CHARS = 60,	/* that fit beside a short bar in 800 pixels */
	COMMAND_CHARS = 20,	/* of them at least for the command */
	PROGRAM_CHARS = 12,	/* in the name of a section */
	LINE_BYTES = 24,	/* a bar takes more */
	/* Of 800 pixels, 575 are for the bars. Mermaid rounds their ends to
	 * pixels; a bar that is shorter than one may have none. */
	PIXELS = 500,
};

#define MS 1000000

struct chart {
	const struct forest *f;
	const struct gantt *options;
	struct bars bars;
	uint64_t base, unit;	/* ns */
	uint64_t total;		/* units */
	size_t nfailed;

	const struct process **owner;	/* who names the section it is in, if it
					 * has none of its own: by index in bars */
	unsigned *nsections;	/* named so until now: by process id */

	const struct process *section;	/* the current one's owner, ... */
	bool is_own;			/* ... who is in it alone */
	struct buf *out;
	struct buf command, details, label;
};

struct bar {
	const struct process *p;
	const struct folded *folded;
	const struct moment *exec;	/* NULL: what it inherited */
	uint64_t start, end;		/* ns */
	size_t nfolded;			/* execs within */
	bool last;
};

/* the program of p's first command */
static void
add_program(struct chart *c, const struct process *p, struct buf *b)
{
	struct slice word, name;
	size_t len = 0;

	c->command.len = 0;
	label_command(&c->command, p, forest_exec(p->events));
	word = (struct slice){ c->command.p, c->command.len };
	slice_take(&word, "$");		/* it may be quoted */
	slice_take(&word, "'");
	while (len < word.len && word.p[len] != ' ' && word.p[len] != '\'')
		len++;
	name = slice_basename((struct slice){ word.p, len });
	text_cut(b, name.p, name.len, PROGRAM_CHARS);
}

/* Mermaid takes sections of one name for one section: no two have. */
static void
draw_section(struct chart *c, const struct process *owner, bool own)
{
	struct buf *b = &c->label;
	unsigned n;

	if (owner == c->section && own == c->is_own)
		return;
	c->section = owner;
	c->is_own = own;
	b->len = 0;
	if (!own && bars_has_several(&c->bars, owner))
		buf_adds(b, "below ");
	label_pid(b, owner);
	add_program(c, owner, b);
	if (!own && (n = ++c->nsections[owner->id]) > 1)
		buf_printf(b, " (%u)", n);
	buf_adds(c->out, "    section ");
	mermaid_escape(c->out, b->p, b->len);
	buf_addc(c->out, '\n');
}

static void
add_end(struct buf *b, const struct process *p)
{
	char name[SYSNAMES_MAX];

	if (p->signal)
		buf_printf(b, ", %s", sysnames_signal(p->signal, name));
	else if (p->status > 0)
		buf_printf(b, ", exit %d", p->status);
	else if (p->lost_end)
		buf_adds(b, ", end unknown");
}

/* "(34.2 ms, exit 1, +12 more, 3.0 ms)" */
static void
add_details(const struct bar *bar, struct buf *b)
{
	const struct process *p = bar->p;
	const struct folded *folded = bar->folded;

	buf_adds(b, p->nexecs ? " (" : " (fork, ");
	if (bar->last && !p->has_exit && !p->lost_end)
		buf_adds(b, "running");
	else
		text_duration(b, bar->end - bar->start);
	if (bar->last)
		add_end(b, p);
	if (bar->nfolded)
		buf_printf(b, ", +%zu exec%s", bar->nfolded,
		    bar->nfolded > 1 ? "s" : "");
	if (bar->last && folded->n) {
		buf_printf(b, ", +%zu more, ", folded->n);
		text_duration(b, folded->duration);
		if (folded->failed)
			buf_printf(b, ", %zu failed", folded->failed);
	}
	buf_addc(b, ')');
}

/* Appends the command, cut to the room that there is, or COMMAND_CHARS. An
 * escape takes more room: Mermaid puts a label to the left of its bar if what
 * it measures does not fit on the right, and what it shows must fit then. */
static void
add_command(struct chart *c, size_t room)
{
	const size_t escape = 3;	/* half of what it measures too much */
	struct buf *b = &c->label;
	size_t start = b->len, max = room, chars;

	for (;;) {
		if (max < COMMAND_CHARS)
			max = COMMAND_CHARS;
		text_cut(b, c->command.p, c->command.len, max);
		chars = text_length(b->p + start, b->len - start) +
		    escape * mermaid_escapes(b->p + start, b->len - start);
		if (chars <= room || max == COMMAND_CHARS)
			break;
		b->len = start;
		max -= (chars - room + escape) / (escape + 1);
	}
}

static void
make_label(struct chart *c, const struct bar *bar)
{
	struct buf *b = &c->label;
	size_t taken;

	c->details.len = c->command.len = b->len = 0;
	label_pid(b, bar->p);
	add_details(bar, &c->details);
	label_command(&c->command, bar->p, bar->exec);
	taken = b->len + c->details.len;
	add_command(c, taken < LABEL_CHARS ? LABEL_CHARS - taken : 0);
	buf_add(b, c->details.p, c->details.len);
}

static const char *
tag(const struct bar *bar)
{
	const struct process *p = bar->p;

	if (!bar->last)
		return "done, ";
	if (process_failed(p))
		return "crit, ";
	return p->has_exit ? "done, " : p->lost_end ? "" : "active, ";
}

static void
draw_bar(struct chart *c, const struct bar *bar)
{
	uint64_t start = (bar->start - c->base) / c->unit;
	uint64_t length = (bar->end - c->base) / c->unit - start;
	uint64_t least = c->total / PIXELS + 1;

	if (length < least)
		length = least;
	make_label(c, bar);
	buf_adds(c->out, "    ");
	mermaid_escape(c->out, c->label.p, c->label.len);
	buf_addc(c->out, ':');
	buf_adds(c->out, tag(bar));
	buf_addu(c->out, start);
	buf_adds(c->out, ", ");
	buf_addu(c->out, length);
	buf_adds(c->out, "ms\n");
}

/* A bar lasts until the next exec that has one. */
static void
draw_process(struct chart *c, size_t i)
{
	const struct bars_process *drawn = &c->bars.processes[i];
	const struct process *p = drawn->p;
	const struct moment *exec = forest_exec(p->events);
	struct bar bar = { .p = p, .folded = &drawn->folded, .exec = exec,
	    .start = p->start };
	size_t n = 0;

	if (drawn->nbars > 1)
		draw_section(c, p, true);
	else
		draw_section(c, c->owner[i], false);
	while (exec && (exec = forest_exec(exec->next))) {
		if (!bars_has_exec(&c->bars, p, exec, ++n)) {
			bar.nfolded++;
			continue;
		}
		bar.end = exec->ev.ts;
		draw_bar(c, &bar);
		bar.exec = exec;
		bar.start = bar.end;
		bar.nfolded = 0;
	}
	bar.end = p->end;
	bar.last = true;
	draw_bar(c, &bar);
}

static void
draw_head(struct chart *c)
{
	const struct forest *f = c->f;
	struct gantthead head = {
		.f = f, .exec = forest_exec(f->root->events),
		.nfailed = c->nfailed, .total = c->total, .unit = c->unit,
	};

	c->label.len = 0;
	if (c->bars.nprocesses < f->n)
		buf_printf(&c->label, "%zu of ", c->bars.nprocesses);
	buf_printf(&c->label, "%zu process%s", f->n, f->n > 1 ? "es" : "");
	head.shown = (struct slice){ c->label.p, c->label.len };
	gantthead_add(c->out, &head);
}

static void
find_owners(struct chart *c)
{
	const struct bars_process *own, *above;
	size_t i;

	for (i = 1; i <= c->bars.n; i++) {
		own = &c->bars.processes[i];
		above = &c->bars.processes[own->above];
		c->owner[i] = !own->above ? own->top : above->nbars > 1 ? above->p :
		    c->owner[own->above];
		c->nsections[c->owner[i]->id] = 0;
	}
}

static void
draw(struct chart *c, size_t nkept)
{
	size_t i;

	bars_keep(&c->bars, nkept);
	c->section = NULL;
	find_owners(c);
	draw_head(c);
	for (i = 1; i <= c->bars.n; i++)
		if (c->bars.processes[i].nbars)
			draw_process(c, i);
}

static bool
fits(struct chart *c, size_t nkept)
{
	size_t start = c->out->len, limit = c->options->limit;

	draw(c, nkept);
	if (!limit || c->out->len - start <= limit)
		return true;
	c->out->len = start;
	return false;
}

/* Draws as many of the longest items as the limit allows. */
static void
draw_most(struct chart *c)
{
	size_t low = 1, high = c->bars.nitems, middle, start = c->out->len;

	if (fits(c, high))
		return;
	while (low + 1 < high) {
		middle = low + (high - low) / 2;
		if (fits(c, middle)) {
			low = middle;
			c->out->len = start;
		} else {
			high = middle;
		}
	}
	draw(c, low);
}

static void
add_up(struct chart *c)
{
	const struct forest *f = c->f;
	uint64_t end = 0;
	size_t i;

	for (i = 0; i < f->n; i++) {
		if (f->processes[i]->end > end)
			end = f->processes[i]->end;
		c->nfailed += process_failed(f->processes[i]);
	}
	c->base = f->processes[0]->start;
	c->unit = end - c->base < 10000 * (uint64_t)MS ? MS / 1000 : MS;
	c->total = (end - c->base) / c->unit;
}

void
gantt_draw(struct gantt *g, const struct forest *f, struct buf *out)
{
	struct chart c = { .f = f, .options = g, .out = out };

	add_up(&c);
	bars_init(&c.bars, f, g->min_duration,
	    g->limit ? g->limit / LINE_BYTES + 1 : SIZE_MAX);
	c.owner = xcalloc(c.bars.n + 1, sizeof *c.owner);
	c.nsections = xcalloc(f->n, sizeof *c.nsections);
	draw_most(&c);
	g->ndrawn = c.bars.nprocesses;
	g->over_limit = c.bars.nkept < c.bars.nlong;
	g->longest_folded = bars_longest_folded(&c.bars);
	bars_free(&c.bars);
	free(c.owner);
	free(c.nsections);
	free(c.command.p);
	free(c.details.p);
	free(c.label.p);
}
