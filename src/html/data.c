#include "html/data.h"

#include <stdlib.h>
#include <string.h>

#include "html/before.h"
#include "html/datapart.h"
#include "html/runname.h"
#include "render/findingtext.h"
#include "render/label.h"

static void
add_lost(struct html_datapart *d)
{
	const struct moment *m;
	uint64_t from, count;

	json_writer_array(&d->json, "lost");
	for (m = d->s->f->lost; m; m = m->next) {
		if (!event_get_number(&m->ev, "since", &from) || from > m->ev.ts)
			from = m->ev.ts;
		if (!event_get_number(&m->ev, "count", &count))
			count = 1;	/* at least */
		json_writer_array(&d->json, NULL);
		json_writer_number(&d->json, NULL, html_datapart_since(d, from));
		json_writer_number(&d->json, NULL, html_datapart_since(d, m->ev.ts));
		json_writer_number(&d->json, NULL, m->ev.cpu);
		json_writer_count(&d->json, NULL, count);
		json_writer_close(&d->json);
	}
	json_writer_close(&d->json);
}

static void
add_critical(struct html_datapart *d)
{
	const struct critical *c = &d->s->critical;
	int64_t before = 0, row;
	size_t i;

	json_writer_object(&d->json, "critical");
	json_writer_array(&d->json, "row+");
	for (i = 0; i < c->n; i++, before = row) {
		row = (int64_t)d->rows.of[c->segments[i].p->id];
		json_writer_number(&d->json, NULL, row - before);
	}
	json_writer_close(&d->json);
	json_writer_array(&d->json, "time");
	for (i = 0; i < c->n; i++)
		json_writer_number(&d->json, NULL,
		    (int64_t)(c->segments[i].to - c->segments[i].from));
	json_writer_close(&d->json);
	json_writer_number(&d->json, "root", (int64_t)c->nroot);
	json_writer_close(&d->json);
}

static void
add_merged(struct html_datapart *d)
{
	const struct merged *m = &d->a->merged;
	size_t i;

	json_writer_object(&d->json, "merged");
	json_writer_array(&d->json, "up");
	for (i = 0; i < m->n; i++)
		json_writer_number(&d->json, NULL, (int64_t)(i - m->nodes[i].parent));
	json_writer_close(&d->json);
	json_writer_array(&d->json, "first");
	for (i = 0; i < m->n; i++)
		json_writer_number(&d->json, NULL,
		    (int64_t)d->rows.of[m->nodes[i].first->id]);
	json_writer_close(&d->json);
	json_writer_close(&d->json);
}

static int64_t
step_value(const struct html_datapart *d, const struct concurrency_step *s, char what)
{
	switch (what) {
	case 't': return html_datapart_since(d, s->ts);
	case 'l': return (int64_t)s->live;
	default: return (int64_t)s->busy;
	}
}

static void
add_steps(struct html_datapart *d, const char *name)
{
	const struct concurrency *load = &d->s->load;
	int64_t before = 0, n;
	size_t i;

	json_writer_array(&d->json, name);
	for (i = 0; i < load->n; i++, before = n) {
		n = step_value(d, &load->steps[i], *name);
		json_writer_number(&d->json, NULL, n - before);
	}
	json_writer_close(&d->json);
}

static void
add_trace(struct html_datapart *d)
{
	const struct event *trace = &d->s->f->trace;
	struct slice start;

	if (!trace->line.len)
		return;
	if (event_get(trace, "start", &start)) {
		json_writer_string(&d->json, "start", start.p, start.len);
	}
	html_datapart_args(d, "argv", trace);
}

/* [row, sentence], ... of whom the findings are about */
static void
add_findings(struct html_datapart *d)
{
	const struct findings *all = &d->a->findings;
	const struct finding *x;
	size_t string, i;

	json_writer_array(&d->json, "findings");
	for (x = all->list; x < all->list + all->n; x++) {
		d->scratch.len = 0;
		findingtext_add(&d->scratch, d->a, x);
		string = strings_add(&d->strings, d->scratch.p, d->scratch.len);
		for (i = 0; i < x->nabout; i++) {
			json_writer_array(&d->json, NULL);
			json_writer_number(&d->json, NULL,
			    (int64_t)d->rows.of[x->about[i]->id]);
			json_writer_number(&d->json, NULL, (int64_t)string);
			json_writer_close(&d->json);
		}
	}
	json_writer_close(&d->json);
}

static void
add_runs(struct html_datapart *d)
{
	const struct forest_run *run;

	if (d->s->f->nruns < 2)
		return;
	json_writer_array(&d->json, "runs");
	for (run = d->s->f->runs; run; run = run->next) {
		d->scratch.len = 0;
		html_runname_add(&d->scratch, d->s->f, run);
		json_writer_number(&d->json, NULL, (int64_t)strings_add(&d->strings,
		    d->scratch.p, d->scratch.len));
	}
	json_writer_close(&d->json);
}

static void
add_strings(struct html_datapart *d)
{
	size_t i;

	json_writer_array(&d->json, "strings");
	for (i = 0; i < d->strings.n; i++)
		json_writer_string(&d->json, NULL, d->strings.list[i].p,
		    d->strings.list[i].len);
	json_writer_close(&d->json);
}

void
html_data_write(const struct answers *a, const struct answers *before, FILE *to)
{
	const struct summary *s = &a->summary;
	struct html_datapart d = { .a = a, .s = s, .json = {
		.to = to, .mode = JSON_WRITER_SCRIPT,
	} };

	html_datarows_find(&d.rows, s->f);
	json_writer_object(&d.json, NULL);
	json_writer_number(&d.json, "base", (int64_t)s->f->start);
	json_writer_number(&d.json, "longPaths", label_long_paths());
	json_writer_number(&d.json, "until", html_datapart_since(&d, s->f->end));
	json_writer_number(&d.json, "root", s->f->root ?
	    (int64_t)d.rows.of[s->f->root->id] : HTML_NONE);
	html_datapart_events(&d);
	html_datapart_machine(&d);
	add_trace(&d);
	add_runs(&d);
	add_findings(&d);
	html_datapart_processes(&d);
	html_datapart_files(&d);
	add_lost(&d);
	add_critical(&d);
	add_merged(&d);
	json_writer_object(&d.json, "load");
	add_steps(&d, "ts+");
	add_steps(&d, "live+");
	add_steps(&d, "busy+");
	json_writer_close(&d.json);
	if (before)
		html_before_write(&d, before);
	add_strings(&d);
	json_writer_close(&d.json);
	json_writer_finish(&d.json);

	strings_free(&d.strings);
	html_datarows_free(&d.rows);
	free(d.scratch.p);
}
