#include "html/data.h"

#include <stdlib.h>
#include <string.h>

#include "html/datapart.h"

static void
add_lost(struct htmlpart *d)
{
	const struct moment *m;
	uint64_t from, count;

	jsonout_begin(&d->json, "lost", '[');
	for (m = d->s->f->lost; m; m = m->next) {
		if (!event_get_number(&m->ev, "since", &from) || from > m->ev.ts)
			from = m->ev.ts;
		if (!event_get_number(&m->ev, "count", &count))
			count = 0;
		jsonout_begin(&d->json, NULL, '[');
		jsonout_number(&d->json, htmlpart_since(d, from));
		jsonout_number(&d->json, htmlpart_since(d, m->ev.ts));
		jsonout_number(&d->json, m->ev.cpu);
		jsonout_number(&d->json, (int64_t)(count & INT64_MAX));
		jsonout_end(&d->json, ']');
	}
	jsonout_end(&d->json, ']');
}

static void
add_critical(struct htmlpart *d)
{
	const struct critical *c = &d->s->critical;
	int64_t before = 0, row;
	size_t i;

	jsonout_begin(&d->json, "critical", '{');
	jsonout_begin(&d->json, "row+", '[');
	for (i = 0; i < c->n; i++, before = row) {
		row = (int64_t)d->rows.of[c->segments[i].p->id];
		jsonout_number(&d->json, row - before);
	}
	jsonout_end(&d->json, ']');
	jsonout_begin(&d->json, "time", '[');
	for (i = 0; i < c->n; i++)
		jsonout_number(&d->json, (int64_t)(c->segments[i].to - c->segments[i].from));
	jsonout_end(&d->json, ']');
	jsonout_key(&d->json, "root");
	jsonout_number(&d->json, (int64_t)c->nroot);
	jsonout_end(&d->json, '}');
}

static int64_t
step_value(const struct htmlpart *d, const struct load_step *s, char what)
{
	switch (what) {
	case 't': return htmlpart_since(d, s->ts);
	case 'l': return (int64_t)s->live;
	default: return (int64_t)s->busy;
	}
}

static void
add_steps(struct htmlpart *d, const char *name)
{
	const struct load *load = &d->s->load;
	int64_t before = 0, n;
	size_t i;

	jsonout_begin(&d->json, name, '[');
	for (i = 0; i < load->n; i++, before = n) {
		n = step_value(d, &load->steps[i], *name);
		jsonout_number(&d->json, n - before);
	}
	jsonout_end(&d->json, ']');
}

static void
add_trace(struct htmlpart *d)
{
	const struct event *trace = &d->s->f->trace;
	struct slice start;

	if (!trace->line.len)
		return;
	if (event_get(trace, "start", &start)) {
		jsonout_key(&d->json, "start");
		jsonout_string(&d->json, start.p, start.len);
	}
	htmlpart_args(d, "argv", trace);
}

static void
add_strings(struct htmlpart *d)
{
	size_t i;

	jsonout_begin(&d->json, "strings", '[');
	for (i = 0; i < d->strings.n; i++)
		jsonout_string(&d->json, d->strings.list[i].p, d->strings.list[i].len);
	jsonout_end(&d->json, ']');
}

void
htmldata_write(const struct summary *s, FILE *to)
{
	const char *paths = getenv("PROCTRACE_LONG_NIX_PATHS");
	struct htmlpart d = { .s = s, .json = { .to = to } };

	htmlrows_find(&d.rows, s->f);
	jsonout_begin(&d.json, NULL, '{');
	jsonout_key(&d.json, "base");
	jsonout_number(&d.json, (int64_t)s->f->start);
	jsonout_key(&d.json, "longPaths");
	jsonout_number(&d.json, paths && !strcmp(paths, "1"));
	jsonout_key(&d.json, "until");
	jsonout_number(&d.json, htmlpart_since(&d, s->f->end));
	add_trace(&d);
	htmlpart_processes(&d);
	htmlpart_events(&d);
	add_lost(&d);
	add_critical(&d);
	jsonout_begin(&d.json, "load", '{');
	add_steps(&d, "ts+");
	add_steps(&d, "live+");
	add_steps(&d, "busy+");
	jsonout_end(&d.json, '}');
	add_strings(&d);
	jsonout_end(&d.json, '}');
	jsonout_finish(&d.json);

	strings_free(&d.strings);
	htmlrows_free(&d.rows);
	free(d.scratch.p);
}
