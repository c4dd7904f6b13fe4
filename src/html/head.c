#include "html/head.h"

#include <inttypes.h>
#include <time.h>

#include "base/slice.h"
#include "base/text.h"
#include "html/markup.h"
#include "html/runname.h"
#include "tree/process.h"

enum { MOST_HOSTS = 8 };

/* a value as it is in the recording */
static void
add_text(struct buf *b, struct slice value)
{
	struct buf text = { 0 };

	text_visible_value(&text, value.p, value.len);
	html_markup_buf(b, &text);
}

/* the value of the trace line, or nothing */
static void
add_value(struct buf *b, const struct event *trace, const char *before,
    const char *key)
{
	struct slice val;

	if (!trace->line.len || !event_get(trace, key, &val) || !val.len)
		return;
	buf_adds(b, before);
	add_text(b, val);
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
html_head_title(struct buf *b, const struct summary *s)
{
	struct slice args;

	if (s->f->trace.line.len && event_argv(&s->f->trace, &args))
		process_words(args, b);
	else
		process_command(s->f->root, s->first, b);
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
	html_markup_count(b, n);
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
	html_markup_count(b, s->nexecs);
	if (s->nnotexecuted) {
		buf_adds(b, " <small>");
		html_markup_count(b, s->nnotexecuted);
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

/* Of many only some are named. */
static void
add_hosts(struct buf *b, const struct forest *f)
{
	const struct forest_run *run;
	struct buf text = { 0 };

	if (f->nruns < 2) {
		add_value(b, &f->trace, ", host ", "host");
		return;
	}
	for (run = f->runs; run && run->number < MOST_HOSTS; run = run->next) {
		buf_adds(&text, run->number ? ", " : "");
		html_runname_add(&text, f, run);
	}
	buf_printf(b, ", on %zu hosts: ", f->nruns);
	html_markup_buf(b, &text);
	if (run)
		buf_adds(b, ", \xe2\x80\xa6");
}

/* label.KEY=VALUE of the trace line */
static void
add_labels(struct buf *b, const struct event *trace)
{
	const char *iter = event_fields(trace);
	struct slice key, val;
	bool any = false;

	while (event_next_field(trace, &iter, &key, &val)) {
		if (!slice_take(&key, "label."))
			continue;
		buf_adds(b, any ? " " : "<p class=\"labels\" title=\"Labels\">");
		any = true;
		buf_adds(b, "<span>");
		add_text(b, key);
		buf_adds(b, " <b>");
		add_text(b, val);
		buf_adds(b, "</b></span>");
	}
	if (any)
		buf_adds(b, "</p>\n");
}

void
html_head_add(struct buf *b, const struct summary *s)
{
	struct buf text = { 0 };

	html_head_title(&text, s);
	buf_adds(b, "<h1>");
	html_markup_buf(b, &text);
	buf_adds(b, "</h1>\n");
	if (s->f->trace.line.len) {
		buf_adds(b, "<p class=\"when\">Recorded");
		add_time(b, &s->f->trace);
		add_hosts(b, s->f);
		add_value(b, &s->f->trace, ", with ", "tracer");
		buf_adds(b, "</p>\n");
		add_labels(b, &s->f->trace);
	}
	add_facts(b, s);
	if (s->f->nlost)
		buf_printf(b, "<p class=\"notice\">%" PRIu64 " event%s lost: "
		    "processes, execs and ends may be missing.</p>\n", s->f->nlost,
		    s->f->nlost > 1 ? "s were" : " was");
}
