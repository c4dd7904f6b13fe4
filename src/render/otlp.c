#include "render/otlp.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "cli/options.h"
#include "json/writer.h"
#include "render/otlpattr.h"
#include "render/otlpid.h"
#include "render/otlpresource.h"
#include "tree/hosts.h"
#include "tree/process.h"

enum {
	KIND_INTERNAL = 1, STATUS_ERROR = 2,	/* opentelemetry/proto/trace/v1 */
	/* Bytes of events in a line: an attribute is up to 6 times as long as
	 * in the recording, and receivers take 20 MiB by default. */
	LINE_BYTES = 1 << 20,
};

struct writer {
	const struct otlp *o;
	const struct forest *f;
	const struct forest_run *run;	/* the one that the line is of */
	uint64_t base;		/* Unix time of its ts=0, ns */
	struct traceparent parent;	/* of it */
	struct json_writer j;
	size_t nspans, bytes;	/* of the line */
};

/* what a span tells of: the life of a process, or one program run of it */
struct span {
	const struct process *p;
	const struct moment *exec;	/* whose keys it has; or NULL */
	const struct moment *first, *behind;	/* its moments */
	uint64_t start, end;
	char id[TRACEPARENT_SPAN + 1], parent[TRACEPARENT_SPAN + 1];
};

/* --- lines --- */

static void
begin_line(struct writer *w)
{
	json_writer_object(&w->j, NULL);
	json_writer_array(&w->j, "resourceSpans");
	json_writer_object(&w->j, NULL);
	otlpresource_add(&w->j, w->run, w->o->resource, w->o->nresource);
	json_writer_array(&w->j, "scopeSpans");
	json_writer_object(&w->j, NULL);
	json_writer_object(&w->j, "scope");
	json_writer_string(&w->j, "name", "proctrace", strlen("proctrace"));
	json_writer_string(&w->j, "version", PT_VERSION, strlen(PT_VERSION));
	json_writer_close(&w->j);
	json_writer_array(&w->j, "spans");
}

static void
end_line(struct writer *w)
{
	if (!w->nspans)
		return;
	json_writer_close(&w->j);
	json_writer_close(&w->j);
	json_writer_close(&w->j);
	json_writer_close(&w->j);
	json_writer_close(&w->j);
	json_writer_close(&w->j);
	putc('\n', w->j.to);
	w->nspans = w->bytes = 0;
}

/* --- spans --- */

static void
add_string(struct writer *w, const char *key, const char *val)
{
	json_writer_string(&w->j, key, val, strlen(val));
}

/* JSON has fixed64 as a string (Protobuf's mapping to JSON). */
static void
add_time(struct writer *w, const char *key, uint64_t ts)
{
	char s[24];

	snprintf(s, sizeof s, "%" PRIu64, w->base + ts);
	add_string(w, key, s);
}

/* The program; in parentheses if it is its parent's, as it never executed. */
static void
add_name(struct writer *w, const struct span *s)
{
	struct buf b = { 0 };
	bool forked = !s->exec;

	if (forked)
		buf_addc(&b, '(');
	process_program(s->p, s->exec, &b);
	if (forked)
		buf_addc(&b, ')');
	json_writer_string(&w->j, "name", b.p, b.len);
	free(b.p);
}

/* whether the process ended as this span, and not as a later program */
static bool
is_last(const struct span *s)
{
	return !s->behind;
}

static void
add_ending(struct writer *w, const struct span *s)
{
	struct buf b = { 0 };

	if (!s->p->has_exit)
		otlpattr_true(&w->j, s->p->lost_end ? "proctrace.end_unknown" :
		    "proctrace.unfinished");
	else
		otlpattr_event(&w->j, &s->p->last_event->ev,
		    s->exec ? &s->exec->ev : NULL);
	if (process_failed(s->p)) {
		process_ending(s->p, &b);
		otlpattr_string(&w->j, "error.type", b.p, b.len);
	}
	free(b.p);
}

static void
add_attributes(struct writer *w, const struct span *s)
{
	struct buf b = { 0 };

	json_writer_array(&w->j, "attributes");
	otlpattr_ids(&w->j, s->p);
	process_executable(s->p, s->exec, &b);
	otlpattr_string(&w->j, "process.executable.name", b.p, b.len);
	if (s->exec)
		otlpattr_event(&w->j, &s->exec->ev, NULL);
	if (is_last(s))
		add_ending(w, s);
	json_writer_close(&w->j);
	free(b.p);
}

/* One that failed: the status says in which way, for whoever only shows it. */
static void
add_status(struct writer *w, const struct span *s)
{
	struct buf b = { 0 };

	if (!is_last(s) || !process_failed(s->p))
		return;
	process_ending(s->p, &b);
	json_writer_object(&w->j, "status");
	json_writer_number(&w->j, "code", STATUS_ERROR);
	json_writer_string(&w->j, "message", b.p, b.len);
	json_writer_close(&w->j);
	free(b.p);
}

static void
add_event(struct writer *w, const struct event *ev, bool keys)
{
	json_writer_object(&w->j, NULL);
	add_time(w, "timeUnixNano", ev->ts);
	json_writer_string(&w->j, "name", ev->line.p, ev->kind_len);
	if (keys) {
		json_writer_array(&w->j, "attributes");
		otlpattr_event(&w->j, ev, NULL);
		json_writer_close(&w->j);
	}
	json_writer_close(&w->j);
}

/* What happened to it. Its own exec has its keys in the span already, and
 * fork and exit are the span. */
static void
add_events(struct writer *w, const struct span *s)
{
	const struct moment *m;

	json_writer_array(&w->j, "events");
	for (m = s->first; m != s->behind; m = m->next)
		if (m->ev.kind != EVENT_FORK && m->ev.kind != EVENT_EXIT &&
		    !(w->o->programs && m == s->exec))
			add_event(w, &m->ev, m != s->exec);
	if (s->p == w->f->root && is_last(s))
		for (m = w->f->lost; m; m = m->next)
			add_event(w, &m->ev, true);
	json_writer_close(&w->j);
}

static void
count(struct writer *w, const struct span *s)
{
	const struct moment *m;

	w->nspans++;
	for (m = s->first; m != s->behind; m = m->next)
		w->bytes += m->ev.line.len;
	if (w->o->batch && (w->nspans == w->o->batch || w->bytes > LINE_BYTES))
		end_line(w);
}

static void
write_span(struct writer *w, const struct span *s)
{
	if (!w->nspans)
		begin_line(w);
	json_writer_object(&w->j, NULL);
	add_string(w, "traceId", w->parent.trace);
	add_string(w, "spanId", s->id);
	if (*s->parent)
		add_string(w, "parentSpanId", s->parent);
	add_name(w, s);
	json_writer_number(&w->j, "kind", KIND_INTERNAL);
	add_time(w, "startTimeUnixNano", s->start);
	add_time(w, "endTimeUnixNano", s->end);
	add_attributes(w, s);
	add_events(w, s);
	add_status(w, s);
	json_writer_close(&w->j);
	count(w, s);
}

/* --- which there are --- */

static void
process_id(const struct process *p, char *id)
{
	otlpid_span(p->run, "process", p->pid, p->start, id);
}

static void
program_id(const struct forest_run *run, const struct moment *exec, char *id)
{
	otlpid_span(run, "program", exec->ev.pid, exec->ev.ts, id);
}

/* The ssh of another recording that led to this process: its program, or whoever
 * runs it. */
static void
find_ssh(const struct writer *w, const struct process *p, char *id)
{
	if (w->o->programs && p->parent->exec)
		program_id(p->parent->run, p->parent->exec, id);
	else
		process_id(p->parent, id);
}

/* The span in which a process was forked. */
static void
find_parent(const struct writer *w, const struct process *p, char *id)
{
	if (p->parent && p->parent->run != p->run)
		find_ssh(w, p, id);
	else if (w->o->programs && p->inherited)
		program_id(p->run, p->inherited, id);
	else if (!w->o->programs && p->parent)
		process_id(p->parent, id);
	else
		memcpy(id, w->parent.span, sizeof w->parent.span);
}

static void
write_process(struct writer *w, const struct process *p)
{
	struct span s = {
		.p = p, .exec = p->exec, .first = p->events,
		.start = p->start, .end = p->end,
	};

	process_id(p, s.id);
	find_parent(w, p, s.parent);
	write_span(w, &s);
}

/* Each program that the process ran, one after the other. One that never
 * executed anything belongs to its parent's, but is not silent if it failed. */
static void
write_programs(struct writer *w, const struct process *p)
{
	const struct moment *exec = forest_exec(p->events), *next;
	struct span s = { .p = p, .first = p->events };

	find_parent(w, p, s.parent);
	if (!exec && process_failed(p)) {
		s.start = p->start;
		s.end = p->end;
		process_id(p, s.id);
		write_span(w, &s);
	}
	for (; exec; exec = next) {
		next = forest_exec(exec->next);
		s.exec = exec;
		s.behind = next;
		s.start = exec->ev.ts;
		s.end = next ? next->ev.ts : p->end;
		program_id(p->run, exec, s.id);
		write_span(w, &s);
		s.first = next;
	}
}

/* The trace and the span to which a recording belongs: those asked for, or those
 * that it names, or a trace of its own. */
static void
find_trace(struct writer *w, const struct forest_run *run)
{
	const struct event *trace = &run->trace;
	struct slice val;

	w->parent = w->o->parent;
	if (*w->parent.trace)
		return;
	if (!trace->line.len || !event_get(trace, "traceparent", &val) ||
	    !traceparent_parse(&w->parent, val))
		otlpid_trace(run, w->parent.trace);
}

/* What follows is of this run. One that was joined to another is in its trace. */
static void
begin_run(struct writer *w, const struct forest_run *run)
{
	end_line(w);
	w->run = run;
	w->base = 0;
	if (run->trace.line.len)
		event_get_number(&run->trace, "start", &w->base);
	find_trace(w, hosts_first(run));
}

void
otlp_write(const struct otlp *o, const struct forest *f, FILE *to)
{
	struct writer w = { .o = o, .f = f };
	const struct process *p = NULL;

	/* what a line holds may be shown on any page or terminal */
	w.j = (struct json_writer){ .to = to, .mode = JSON_WRITER_SCRIPT };
	while ((p = forest_next(f, NULL, p)) && !ferror(to)) {
		if (p->run != w.run)
			begin_run(&w, p->run);
		if (o->programs)
			write_programs(&w, p);
		else
			write_process(&w, p);
	}
	end_line(&w);
	json_writer_finish(&w.j);
}
