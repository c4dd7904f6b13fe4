#include "render/mdreport.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/text.h"
#include "render/findingtext.h"
#include "render/gantt.h"
#include "render/markdown.h"
#include "render/whytext.h"
#include "tree/process.h"

enum {
	TITLE = 80, COMMAND = 120,	/* characters of a command */
	ROWS = 10,			/* of a list */
	CHART = 6000, CHART_MIN = 1000,	/* bytes: some 40 bars */
	LAST = 80,			/* bytes for what says that all is not there */
};

struct report {
	const struct answers *a;
	struct buf *out;
	size_t start, limit;
	struct buf section, text;	/* in hand */
	bool cut;
};

/* --- pieces --- */

/* The text in hand, as a sentence. */
static void
flush_text(struct report *r)
{
	markdown_sentence(&r->section, r->text.p ? r->text.p : "", r->text.len);
	r->text.len = 0;
}

static size_t
room(const struct report *r)
{
	size_t used = r->out->len - r->start + LAST;

	return used < r->limit ? r->limit - used : 0;
}

/* The section in hand becomes part of the page, if it fits. */
static void
flush_section(struct report *r)
{
	if (r->section.len <= room(r))
		buf_add(r->out, r->section.p, r->section.len);
	else
		r->cut = true;
	r->section.len = 0;
}

/* --- what it is --- */

/* "make -j2 failed with exit 2 after 9.76 s" */
static void
add_title(struct report *r)
{
	const struct summary *s = &r->a->summary;
	const struct process *root = r->a->f->root;

	buf_adds(&r->section, "### ");
	findingtext_command(&r->text, root, s->first, TITLE);
	if (r->a->hang.timed_out) {
		buf_adds(&r->text, " was ended, as time was up, after ");
	} else if (process_failed(root)) {
		buf_adds(&r->text, root->signal ? " was killed by " :
		    " failed with ");
		process_ending(root, &r->text);
		buf_adds(&r->text, " after ");
	} else {
		buf_adds(&r->text, root->has_exit ? " took " :
		    root->lost_end ? " ran at least " : " still ran after ");
	}
	text_duration(&r->text, s->wall);
	flush_text(r);
	buf_adds(&r->section, "\n\n");
}

static void
add_number(struct report *r, const char *name)
{
	buf_printf(&r->section, "| %s | ", name);
	flush_text(r);
	buf_adds(&r->section, " |\n");
}

static void
add_processes(struct report *r)
{
	const struct summary *s = &r->a->summary;
	const struct failure *x = &r->a->failure;

	buf_addu(&r->text, s->f->n);
	if (s->nfailed)
		buf_printf(&r->text, ", %zu failed", s->nfailed);
	if (x->ntolerated)
		buf_printf(&r->text, " (%zu of them tolerated)", x->ntolerated);
	if (s->nrunning)
		buf_printf(&r->text, ", %zu still running", s->nrunning);
	if (s->nunknown)
		buf_printf(&r->text, ", %zu with an unknown end", s->nunknown);
	add_number(r, "Processes");
}

/* The labels and the host of the recording. */
static void
add_labels(struct report *r)
{
	const struct event *trace = &r->a->f->trace;
	const char *iter;
	struct slice key, val;

	if (!trace->line.len)
		return;
	iter = event_fields(trace);
	while (event_next_field(trace, &iter, &key, &val)) {
		if (!slice_is(key, "host") && !slice_take(&key, "label."))
			continue;
		buf_adds(&r->section, "| ");
		markdown_text(&r->section, key.p, key.len);
		buf_adds(&r->section, " | ");
		text_visible_value(&r->text, val.p, val.len);
		markdown_text(&r->section, r->text.p ? r->text.p : "",
		    r->text.len);
		r->text.len = 0;
		buf_adds(&r->section, " |\n");
	}
}

static void
add_numbers(struct report *r)
{
	const struct summary *s = &r->a->summary;
	uint64_t total = s->wall + s->after;

	buf_adds(&r->section, "| | |\n|---|---|\n");
	text_duration(&r->text, s->wall);
	if (s->after) {
		buf_adds(&r->text, ", and its descendants ");
		text_duration(&r->text, s->after);
		buf_adds(&r->text, " longer");
	}
	add_number(r, "Wall time");
	if (s->has_cpu) {
		text_duration(&r->text, s->cpu);
		if (total)
			buf_printf(&r->text, ", %.2f CPUs on average",
			    (double)s->cpu / (double)total);
		add_number(r, "CPU time");
	}
	add_processes(r);
	buf_printf(&r->text, "at most %zu without children, %.2f on average",
	    s->load.max_busy, s->load.mean_busy);
	add_number(r, "At a time");
	if (s->f->nlost) {
		buf_printf(&r->text, "%" PRIu64 ": processes, execs and ends may "
		    "be missing", s->f->nlost);
		add_number(r, "Lost events");
	}
}

/* --- what is to be said about it --- */

static void
add_findings(struct report *r)
{
	const struct findings *x = &r->a->findings;
	size_t i;

	if (!x->n)
		return;
	buf_adds(&r->section, "#### What stands out\n\n");
	for (i = 0; i < x->n; i++) {
		buf_adds(&r->section, "- ");
		findingtext_add(&r->text, r->a, &x->list[i]);
		flush_text(r);
		buf_addc(&r->section, '\n');
	}
	buf_addc(&r->section, '\n');
	flush_section(r);
}

static void
add_process(struct report *r, const struct process *p)
{
	findingtext_command(&r->text, p, NULL, COMMAND);
	buf_addc(&r->text, ' ');
	findingtext_ending(&r->text, p);
}

/* From the root down to where it seems to have begun. */
static void
add_chain(struct report *r)
{
	const struct failure *x = &r->a->failure;
	size_t i, first = x->nchain > ROWS ? x->nchain - ROWS + 1 : 0;

	if (!x->nchain)
		return;
	buf_adds(&r->section, "#### Why it failed\n");
	for (i = 0; i < x->nchain; i++) {
		if (i && i <= first) {	/* the root and the last ones matter */
			if (i == first)
				buf_printf(&r->section, "\n1. ... %zu more", i);
			continue;
		}
		if (!failure_tells(x, i))
			continue;
		buf_adds(&r->section, "\n1. ");
		add_process(r, x->chain[i]);
		flush_text(r);
	}
	findingtext_execfail(&r->text, x);
	flush_text(r);
	buf_adds(&r->section, "\n\n");
	flush_section(r);
}

static void
add_others(struct report *r)
{
	const struct failure *x = &r->a->failure;
	size_t i;

	if (!x->nothers)
		return;
	buf_adds(&r->section, "#### What else failed\n\n");
	for (i = 0; i < x->nothers && i < ROWS; i++) {
		buf_adds(&r->section, "- ");
		add_process(r, x->others[i]);
		if (x->tolerated[x->others[i]->id])
			buf_adds(&r->text, ", which was tolerated");
		flush_text(r);
		buf_addc(&r->section, '\n');
	}
	if (i < x->nothers)
		buf_printf(&r->section, "- ... %zu more\n", x->nothers - i);
	buf_addc(&r->section, '\n');
	flush_section(r);
}

static void
add_why(struct report *r)
{
	static const char heading[] = "#### What was alive, and why\n\n";

	if (whytext_report(r->a->f, &r->text)) {
		buf_adds(&r->section, heading);
		markdown_lines(&r->section, r->text.p, r->text.len,
		    room(r) > sizeof heading ? room(r) - sizeof heading : 0);
		flush_section(r);
	}
	r->text.len = 0;
}

/* No fence can end in a chart: mermaid_escape() leaves no backquote, no "::"
 * and no "##[". */
static void
add_chart(struct report *r)
{
	static const char open[] = "#### When\n\n```mermaid\n", close[] = "```\n";
	size_t max = room(r);
	struct gantt g = { .limit = CHART };

	if (max < CHART_MIN) {
		r->cut = true;
		return;
	}
	max -= sizeof open + sizeof close;
	if (max < CHART)
		g.limit = max;
	buf_adds(&r->section, open);
	gantt_draw(&g, r->a->f, &r->section);
	buf_adds(&r->section, close);
	flush_section(r);
}

void
mdreport_add(struct buf *out, const struct answers *a, size_t limit)
{
	struct report r = {
		.a = a, .out = out, .start = out->len, .limit = limit,
	};

	add_title(&r);
	add_numbers(&r);
	flush_section(&r);
	add_labels(&r);
	flush_section(&r);
	buf_addc(out, '\n');
	add_findings(&r);
	add_chain(&r);
	add_why(&r);
	add_others(&r);
	add_chart(&r);
	if (r.cut)
		buf_printf(out, "\n... and what is beyond %zu bytes\n", limit);
	free(r.section.p);
	free(r.text.p);
}
