#include "gantt.h"

#include <stdlib.h>
#include <string.h>

#include "label.h"
#include "names.h"
#include "text.h"

enum {
	LABEL_CHARS = 60,	/* that fit beside any bar in 800 pixels */
	COMMAND_CHARS = 20,	/* of them at least for the command */
	PROGRAM_CHARS = 16,	/* in the name of a section */
	LINE_BYTES = 24,	/* a bar takes more */
	/* Of 800 pixels, 575 are for the bars. Mermaid rounds their ends to
	 * pixels; a bar that is shorter than one may have none. */
	PIXELS = 500,
	TICKS = 10,
};

#define MS 1000000

/* What may have a bar: a process with its first exec, a later exec of it.
 * Those of a process have consecutive numbers. */
struct item {
	uint64_t duration;	/* ns */
	size_t number;
};

/* the processes without bars below one that has */
struct folded {
	size_t n, failed;
	uint64_t duration;	/* of those whose parent is not folded, added */
};

struct chart {
	const struct forest *f;
	const struct gantt *options;
	struct item *items;	/* longest first */
	size_t nitems;
	size_t *rank;		/* indexed by number: place in items */
	size_t *first;		/* number of a process's first, by its id */
	size_t nkept;		/* so many of items have bars */

	/* by process id */
	struct folded *folded;
	const struct process **owner;	/* who names the section it is in, if it
					 * has none of its own */
	unsigned *nsections;	/* named so, until now */

	const struct process *section;	/* the current one's owner, ... */
	bool is_own;			/* ... who is in it alone */
	uint64_t base, unit;	/* ns */
	uint64_t total;		/* units */
	struct buf *out;
	struct buf command, details, label;
};

struct bar {
	const struct process *p;
	const struct moment *exec;	/* NULL: what it inherited */
	uint64_t start, end;		/* ns */
	size_t nfolded;			/* execs within */
	bool last;
};

void
gantt_escape(struct buf *b, const char *p, size_t n)
{
	static const char special[] = "#:;%<>\"&`";
	size_t i;

	for (i = 0; i < n; i++)
		if (p[i] && strchr(special, p[i])) {
			buf_printf(b, "#%d;", p[i]);
		} else if (n - i >= 3 && !memcmp(p + i, "\xef\xac\x82", 3)) {
			/* U+FB02 and U+00B6 are what Mermaid itself writes in
			 * place of the # and the ; of an escape */
			buf_adds(b, "#64258;");
			i += 2;
		} else if (n - i >= 2 && !memcmp(p + i, "\xc2\xb6", 2)) {
			buf_adds(b, "#182;");
			i++;
		} else {
			buf_addc(b, p[i]);
		}
}

static bool
is_drawn(const struct chart *c, const struct process *p)
{
	return c->rank[c->first[p->id]] < c->nkept;
}

/* It has several bars. */
static bool
has_section(const struct chart *c, const struct process *p)
{
	size_t i;

	for (i = c->first[p->id] + 1; i < c->first[p->id + 1]; i++)
		if (c->rank[i] < c->nkept)
			return true;
	return false;
}

static const struct moment *
next_exec(const struct moment *m)
{
	while (m && m->ev.kind != EVENT_EXEC)
		m = m->next;
	return m;
}

/* the command of p at the exec, or the one it inherited (NULL) */
static void
load_command(struct chart *c, const struct process *p, const struct moment *exec)
{
	struct buf raw = { 0 };

	c->command.len = 0;
	process_command(p, exec, &raw);
	if (c->options->long_paths)
		buf_add(&c->command, raw.p, raw.len);
	else
		label_store(&c->command, raw.p, raw.len);
	free(raw.p);
}

static void
add_pid(struct buf *b, const struct process *p)
{
	buf_printf(b, "[%d", p->pid);
	if (p->life > 1)
		buf_printf(b, "/%u", p->life);
	buf_adds(b, "] ");
}

/* the first word of p's first command, without its directory */
static void
add_program(struct chart *c, const struct process *p, struct buf *b)
{
	const char *word, *end, *slash;

	load_command(c, p, next_exec(p->events));
	word = c->command.p;
	end = memchr(word, ' ', c->command.len);
	if (!end)
		end = word + c->command.len;
	for (slash = end; slash > word && slash[-1] != '/'; slash--)
		;
	if (slash == end)
		slash = word;
	label_cut(b, slash, (size_t)(end - slash), PROGRAM_CHARS);
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
	if (!own && has_section(c, owner))
		buf_adds(b, "below ");
	add_pid(b, owner);
	add_program(c, owner, b);
	if (!own && (n = ++c->nsections[owner->id]) > 1)
		buf_printf(b, " (%u)", n);
	buf_adds(c->out, "    section ");
	gantt_escape(c->out, b->p, b->len);
	buf_addc(c->out, '\n');
}

static void
add_end(struct buf *b, const struct process *p)
{
	char name[NAMES_MAX];

	if (p->signal)
		buf_printf(b, ", %s", names_signal(p->signal, name));
	else if (p->status > 0)
		buf_printf(b, ", exit %d", p->status);
	else if (p->lost_end)
		buf_adds(b, ", end unknown");
}

/* "(34.2 ms, exit 1, +12 more, 3.0 ms)" */
static void
add_details(const struct chart *c, const struct bar *bar, struct buf *b)
{
	const struct process *p = bar->p;
	const struct folded *folded = &c->folded[p->id];

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

static void
make_label(struct chart *c, const struct bar *bar)
{
	struct buf *b = &c->label;
	size_t taken;

	c->details.len = b->len = 0;
	add_pid(b, bar->p);
	add_details(c, bar, &c->details);
	load_command(c, bar->p, bar->exec);
	taken = b->len + c->details.len;
	label_cut(b, c->command.p, c->command.len,
	    taken + COMMAND_CHARS < LABEL_CHARS ? LABEL_CHARS - taken :
	    COMMAND_CHARS);
	buf_add(b, c->details.p, c->details.len);
}

static const char *
bar_tag(const struct bar *bar)
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
	gantt_escape(c->out, c->label.p, c->label.len);
	buf_addc(c->out, ':');
	buf_adds(c->out, bar_tag(bar));
	buf_addu(c->out, start);
	buf_adds(c->out, ", ");
	buf_addu(c->out, length);
	buf_adds(c->out, "ms\n");
}

/* A bar lasts until the next exec that has one. */
static void
draw_process(struct chart *c, const struct process *p)
{
	const struct moment *exec = next_exec(p->events);
	struct bar bar = { .p = p, .exec = exec, .start = p->start };
	size_t i = c->first[p->id];

	if (has_section(c, p))
		draw_section(c, p, true);
	else
		draw_section(c, c->owner[p->id], false);
	while (exec && (exec = next_exec(exec->next))) {
		if (c->rank[++i] >= c->nkept) {
			bar.nfolded++;
			continue;
		}
		bar.end = exec->ev.ts;
		draw_bar(c, &bar);
		bar = (struct bar){ .p = p, .exec = exec, .start = bar.end };
	}
	bar.end = p->end;
	bar.last = true;
	draw_bar(c, &bar);
}

static void
draw_title(struct chart *c)
{
	const struct forest *f = c->f;
	struct buf *b = &c->label;
	size_t i, drawn = 0, failed = 0;

	for (i = 0; i < f->n; i++) {
		drawn += is_drawn(c, f->processes[i]);
		failed += process_failed(f->processes[i]);
	}
	b->len = 0;
	buf_adds(b, "Process Trace: ");
	load_command(c, f->root, next_exec(f->root->events));
	label_cut(b, c->command.p, c->command.len, LABEL_CHARS);
	buf_adds(b, " (");
	text_duration(b, f->root->end - f->root->start);
	buf_adds(b, ", ");
	if (drawn < f->n)
		buf_printf(b, "%zu of ", drawn);
	buf_printf(b, "%zu process%s", f->n, f->n > 1 ? "es" : "");
	if (failed)
		buf_printf(b, ", %zu failed", failed);
	if (f->nlost)
		buf_printf(b, ", %llu events lost", (unsigned long long)f->nlost);
	buf_addc(b, ')');
	buf_adds(c->out, "    title ");
	gantt_escape(c->out, b->p, b->len);
	buf_addc(c->out, '\n');
}

/* Numbers of the axis are what Mermaid takes for milliseconds: whole ones
 * only, so the unit is smaller. %s and %Q know no time zone and do not wrap. */
static void
draw_head(struct chart *c)
{
	static const uint64_t steps[] = { 1, 2, 5 };
	uint64_t tick = 1, scale = 1;
	size_t i = 0;

	while ((tick = scale * steps[i]) < (c->total + TICKS - 1) / TICKS)
		if (++i == sizeof steps / sizeof *steps) {
			i = 0;
			scale *= 10;
		}
	buf_adds(c->out, "---\nconfig:\n  gantt:\n    leftPadding: 150\n---\n"
	    "gantt\n");
	draw_title(c);
	buf_adds(c->out, "    dateFormat x\n    axisFormat ");
	buf_adds(c->out, tick % 1000 ? "%s.%L " : "%s ");
	buf_adds(c->out, c->unit == MS ? "s\n" : "ms\n");
	buf_printf(c->out, "    tickInterval %llumillisecond\n"
	    "    todayMarker off\n", (unsigned long long)tick);
}

/* Those without bars go to their parents, or to their parents' parents. A
 * parent is always before its child. */
static void
fold(struct chart *c)
{
	const struct process *p;
	struct folded *own, *parent;
	size_t i;

	memset(c->folded, 0, c->f->n * sizeof *c->folded);
	for (i = c->f->n; i-- > 0; ) {
		p = c->f->processes[i];
		if (!p->parent || is_drawn(c, p))
			continue;
		own = &c->folded[i];
		parent = &c->folded[p->parent->id];
		parent->n += own->n + 1;
		parent->failed += own->failed + process_failed(p);
		parent->duration += p->end - p->start;
	}
}

static void
find_owners(struct chart *c)
{
	const struct process *p;
	size_t i;

	for (i = 0; i < c->f->n; i++) {
		p = c->f->processes[i];
		c->nsections[i] = 0;
		c->owner[i] = !p->parent ? p : has_section(c, p->parent) ?
		    p->parent : c->owner[p->parent->id];
	}
}

static void
draw(struct chart *c, size_t nkept)
{
	const struct process *p;

	c->nkept = nkept;
	c->section = NULL;
	fold(c);
	find_owners(c);
	draw_head(c);
	for (p = forest_next(c->f, NULL, NULL); p; p = forest_next(c->f, NULL, p))
		if (is_drawn(c, p))
			draw_process(c, p);
}

static int
by_duration(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->duration != y->duration)
		return x->duration < y->duration ? 1 : -1;
	return x->number < y->number ? -1 : x->number > y->number;
}

static void
add_items(struct chart *c, const struct process *p)
{
	const struct moment *exec = next_exec(p->events), *next;
	struct item *item = c->items + c->nitems;

	c->first[p->id] = c->nitems;
	/* no exec lasts longer than its process, so none is kept without it */
	item->duration = p == c->f->root ? UINT64_MAX : p->end - p->start;
	item->number = c->nitems++;
	for (exec = exec ? next_exec(exec->next) : NULL; exec; exec = next) {
		next = next_exec(exec->next);
		item++;
		item->duration = (next ? next->ev.ts : p->end) - exec->ev.ts;
		item->number = c->nitems++;
	}
}

static void
make_items(struct chart *c)
{
	const struct forest *f = c->f;
	size_t n = 0, i;

	for (i = 0; i < f->n; i++)
		n += f->processes[i]->nexecs > 1 ? f->processes[i]->nexecs : 1;
	c->items = xreallocarray(NULL, n, sizeof *c->items);
	c->rank = xreallocarray(NULL, n, sizeof *c->rank);
	c->first = xreallocarray(NULL, f->n + 1, sizeof *c->first);
	for (i = 0; i < f->n; i++)
		add_items(c, f->processes[i]);
	c->first[f->n] = n;
	qsort(c->items, n, sizeof *c->items, by_duration);
	for (i = 0; i < n; i++)
		c->rank[c->items[i].number] = i;
}

/* how many items last at least so long */
static size_t
count_longer(const struct chart *c, uint64_t duration)
{
	size_t low = 0, high = c->nitems, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (c->items[middle].duration < duration)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static bool
fits(struct chart *c, size_t nkept)
{
	size_t start = c->out->len, limit = c->options->limit;

	if (limit && nkept > limit / LINE_BYTES)
		return false;
	draw(c, nkept);
	if (!limit || c->out->len - start <= limit)
		return true;
	c->out->len = start;
	return false;
}

/* Draws as many of the longest items as the limit allows, at most max. */
static void
draw_most(struct chart *c, size_t max)
{
	size_t low = 1, high = max, middle, start = c->out->len;

	if (fits(c, max))
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
set_times(struct chart *c)
{
	const struct forest *f = c->f;
	uint64_t end = 0;
	size_t i;

	for (i = 0; i < f->n; i++)
		if (f->processes[i]->end > end)
			end = f->processes[i]->end;
	c->base = f->processes[0]->start;
	c->unit = end - c->base < 10000 * (uint64_t)MS ? MS / 1000 : MS;
	c->total = (end - c->base) / c->unit;
}

static void
set_results(struct gantt *g, const struct chart *c, size_t nmax)
{
	size_t i;

	g->ndrawn = 0;
	for (i = 0; i < c->f->n; i++)
		g->ndrawn += is_drawn(c, c->f->processes[i]);
	g->over_limit = c->nkept < nmax;
	g->longest_folded = c->nkept < c->nitems ?
	    c->items[c->nkept].duration : 0;
}

void
gantt_draw(struct gantt *g, const struct forest *f, struct buf *out)
{
	struct chart c = { .f = f, .options = g, .out = out };
	size_t nmax;

	set_times(&c);
	make_items(&c);
	c.folded = xcalloc(f->n, sizeof *c.folded);
	c.owner = xcalloc(f->n, sizeof *c.owner);
	c.nsections = xcalloc(f->n, sizeof *c.nsections);
	nmax = count_longer(&c, g->min_duration);
	draw_most(&c, nmax);
	set_results(g, &c, nmax);
	free(c.items);
	free(c.rank);
	free(c.first);
	free(c.folded);
	free(c.owner);
	free(c.nsections);
	free(c.command.p);
	free(c.details.p);
	free(c.label.p);
}
