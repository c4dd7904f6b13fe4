#include "html/tree.h"

#include <stdlib.h>

#include "base/text.h"
#include "html/markup.h"
#include "html/runname.h"
#include "tree/process.h"

enum {
	ROWS = 1000,
	DEPTH = 60,	/* browsers nest 512 elements; three for each */
	COMMAND_CHARS = 160,
	PRINTED = 150,	/* more are not for paper: see report.css */
};

struct members {
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
show(struct members *t, const struct process *p)
{
	const struct process *up;
	size_t n = 0, room = ROWS - t->nshown;

	for (up = p; up && !t->shown[up->id]; up = up->parent)
		if (++n > room)
			return false;
	for (up = p; up && !t->shown[up->id]; up = up->parent)
		t->shown[up->id] = true;
	t->nshown += n;
	return true;
}

static void
choose(struct members *t)
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
close_lists(struct members *t, size_t open)
{
	for (; t->open > open; t->open--)
		buf_adds(t->out, "</ul></details></li>\n");
}

static void
add_line(struct members *t, const struct process *p)
{
	struct buf *b = t->out;

	buf_adds(b, "<code>");
	html_markup_command(b, p, NULL, COMMAND_CHARS);
	buf_adds(b, "</code> <i>");
	text_duration(b, p->end - p->start);
	buf_adds(b, ", PID ");
	html_markup_pid(b, p);
	if (p->depth > DEPTH)
		buf_printf(b, ", at depth %u", p->depth);
	if (t->hidden[p->id]) {
		buf_adds(b, ", ");
		html_markup_count(b, t->hidden[p->id]);
		buf_adds(b, " more below");
	}
	buf_adds(b, "</i> ");
	html_markup_ending(b, p);
}

static void
add_to_tree(struct members *t, const struct process *p)
{
	size_t depth = p->depth < DEPTH ? p->depth : DEPTH;
	bool has_list = depth < DEPTH &&
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

/* Of which recording it is that follows, where there are several. */
static void
add_run(struct members *t, const struct forest_run *run)
{
	struct buf name = { 0 };

	close_lists(t, 0);
	html_runname_add(&name, t->s->f, run);
	buf_adds(t->out, "<li><b>");
	html_markup_buf(t->out, &name);
	buf_adds(t->out, "</b></li>\n");
}

void
html_tree_add(struct buf *b, const struct summary *s)
{
	struct members t = {
		.s = s, .out = b,
		.shown = xcalloc(s->f->n, sizeof *t.shown),
		.hidden = xcalloc(s->f->n, sizeof *t.hidden),
	};
	const struct forest_run *run = NULL;
	const struct process *p = NULL;

	choose(&t);
	buf_printf(b, "<section%s>\n<h2>Processes</h2>\n", s->f->n > PRINTED ?
	    " class=\"many\"" : "");
	if (t.nshown < s->f->n) {
		buf_adds(b, "<p>");
		html_markup_count(b, t.nshown);
		buf_adds(b, " of ");
		html_markup_count(b, s->f->n);
		buf_adds(b, ": what failed or did not end, the critical path, and "
		    "the longest.</p>\n");
	}
	buf_adds(b, "<ul>\n");
	while ((p = forest_next(s->f, NULL, p))) {
		if (!t.shown[p->id])
			continue;
		if (s->f->nruns > 1 && p->run != run)
			add_run(&t, run = p->run);
		add_to_tree(&t, p);
	}
	close_lists(&t, 0);
	buf_adds(b, "</ul>\n</section>\n");
	free(t.shown);
	free(t.hidden);
}
