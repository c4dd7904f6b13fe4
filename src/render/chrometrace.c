#include "render/chrometrace.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/programs.h"
#include "analysis/tracks.h"
#include "base/buf.h"
#include "base/text.h"
#include "json/literal.h"
#include "render/traceargs.h"
#include "render/tracearrows.h"
#include "render/tracecounters.h"
#include "render/traceline.h"
#include "render/traceplace.h"
#include "tree/process.h"

struct trace {
	const struct forest *f;
	struct tracks tracks;
	struct programs programs;
	struct traceline line;	/* its pid: one for each recording in the stream */
};

static size_t
tid(const struct trace *t, const struct process *p)
{
	return traceplace_tid(&t->tracks, p);
}

/* {"args":{...}} of an event */
static void
add_event_args(struct trace *t, const struct event *ev)
{
	struct traceline *l = &t->line;

	buf_adds(&l->text, ",\"args\":{");
	traceargs_ids(&l->text, ev->pid, ev->ppid, ev->pgid, ev->sid);
	traceargs_fields(&l->text, ev);
	traceargs_argv(&l->text, ev);
	buf_addc(&l->text, '}');
}

/* --- tracks: threads of the trace --- */

static void
write_name(struct trace *t, const char *what, size_t thread)
{
	struct traceline *l = &t->line;

	traceline_begin(l, "M", thread);
	buf_printf(&l->text, ",\"name\":\"%s\",\"args\":{\"name\":", what);
	json_literal_string(&l->text, l->name.p, l->name.len);
	buf_addc(&l->text, '}');
	traceline_end(l);
	l->name.len = 0;
}

static void
write_sort_index(struct trace *t, const char *what, size_t thread, size_t n)
{
	struct traceline *l = &t->line;

	traceline_begin(l, "M", thread);
	buf_printf(&l->text, ",\"name\":\"%s\",\"args\":{\"sort_index\":%zu}",
	    what, n);
	traceline_end(l);
}

/* The first process of each run, by its number, and by process the next one of its
 * run: an index of forest.processes, or forest.n. */
struct by_run {
	size_t *first, *next;
	uint32_t *last;		/* by track: the run that has named it, + 1 */
};

static void
by_run_find(struct by_run *r, const struct trace *t)
{
	const struct forest *f = t->f;
	size_t i;

	r->first = xcalloc(f->nruns, sizeof *r->first);
	r->next = xcalloc(f->n, sizeof *r->next);
	r->last = xcalloc(t->tracks.n, sizeof *r->last);
	for (i = 0; i < f->nruns; i++)
		r->first[i] = f->n;
	for (i = f->n; i-- > 0; ) {
		r->next[i] = r->first[f->processes[i]->run->number];
		r->first[f->processes[i]->run->number] = i;
	}
}

static void
by_run_free(struct by_run *r)
{
	free(r->first);
	free(r->next);
	free(r->last);
}

/* those that processes of the run are on */
static void
write_tracks(struct trace *t, struct by_run *r, const struct forest_run *run)
{
	struct traceline *l = &t->line;
	size_t i, track, n = 0;

	for (i = r->first[run->number]; i < t->f->n; i = r->next[i]) {
		track = t->tracks.of[i];
		if (r->last[track] == run->number + 1)
			continue;
		r->last[track] = run->number + 1;
		buf_printf(&l->name, "track %zu", ++n);
		write_name(t, "thread_name", track + 1);
		write_sort_index(t, "thread_sort_index", track + 1, track + 1);
	}
}

/* The command of the run, behind its host if there are several. */
static void
write_run(struct trace *t, struct by_run *r, const struct forest_run *run)
{
	struct traceline *l = &t->line;
	struct slice host;

	l->pid = traceplace_pid(run);
	if (t->f->nruns > 1) {
		if (run->trace.line.len && event_get(&run->trace, "host", &host))
			text_visible_value(&l->name, host.p, host.len);
		else
			buf_adds(&l->name, "(no host)");
		buf_adds(&l->name, ": ");
		write_sort_index(t, "process_sort_index", 0, l->pid);
	}
	if (run->root)
		process_command(run->root, forest_exec(run->root->events), &l->name);
	write_name(t, "process_name", 0);
	write_tracks(t, r, run);
}

/* --- slices --- */

static void
name_process(struct trace *t, const struct process *p)
{
	struct traceline *l = &t->line;
	size_t len;

	programs_name(&l->name, &t->programs, p);
	buf_adds(&l->name, " (");
	len = l->name.len;
	process_end_word(p, &l->name);
	if (l->name.len == len)
		l->name.len -= strlen(" (");
	else
		buf_addc(&l->name, ')');
}

static void
write_process(struct trace *t, const struct process *p)
{
	struct traceline *l = &t->line;

	traceline_begin_at(l, "X", "process", tid(t, p), p->start);
	traceline_add_time(l, "dur", p->end - p->start);
	name_process(t, p);
	traceline_add_name(l);
	if (process_failed(p))
		buf_adds(&l->text, ",\"cname\":\"terrible\"");
	buf_adds(&l->text, ",\"args\":{");
	traceargs_ids(&l->text, p->pid, p->ppid, p->pgid, p->sid);
	if (p->has_exit)
		traceargs_fields(&l->text, &p->last_event->ev);
	else
		buf_adds(&l->text, p->lost_end ? ",\"end_unknown\":true" :
		    ",\"unfinished\":true");
	if (p->nexecs == 1)
		traceargs_exec(&l->text, &p->exec->ev, l->base);
	buf_addc(&l->text, '}');
	traceline_end(l);
}

/* Of several execs, a slice each. */
static void
write_execs(struct trace *t, const struct process *p)
{
	struct traceline *l = &t->line;
	const struct moment *exec = forest_exec(p->events), *next;

	for (; exec && p->nexecs > 1; exec = next) {
		next = forest_exec(exec->next);
		traceline_begin_at(l, "X", "exec", tid(t, p), exec->ev.ts);
		traceline_add_time(l, "dur", (next ? next->ev.ts : p->end) - exec->ev.ts);
		process_program(p, exec, &l->name);
		traceline_add_name(l);
		add_event_args(t, &exec->ev);
		traceline_end(l);
	}
}

/* --- points in time --- */

static void
add_kind(struct buf *b, const struct event *ev)
{
	struct slice word = event_word(ev), val;

	buf_add(b, word.p, word.len);
	if (ev->kind == EVENT_EXECFAIL && event_get(ev, "errno", &val)) {
		buf_addc(b, ' ');
		buf_add(b, val.p, val.len);
	}
}

static void
write_instants(struct trace *t, const struct process *p)
{
	struct traceline *l = &t->line;
	const struct moment *m;

	for (m = p->events; m; m = m->next) {
		if (m->ev.kind == EVENT_FORK || m->ev.kind == EVENT_EXEC ||
		    m->ev.kind == EVENT_EXIT)
			continue;
		traceline_begin_at(l, "i", "event", tid(t, p), m->ev.ts);
		buf_adds(&l->text, ",\"s\":\"t\"");
		add_kind(&l->name, &m->ev);
		traceline_add_name(l);
		add_event_args(t, &m->ev);
		traceline_end(l);
	}
}

static void
write_lost(struct trace *t)
{
	struct traceline *l = &t->line;
	const struct moment *m;

	for (m = t->f->lost; m; m = m->next) {
		traceline_begin_at(l, "i", "lost", 0, m->ev.ts);
		buf_adds(&l->text, ",\"s\":\"g\",\"name\":\"lost events\","
		    "\"args\":{");
		traceargs_fields(&l->text, &m->ev);
		buf_addc(&l->text, '}');
		traceline_end(l);
	}
}

/* --- the whole --- */

static void
write_head(struct trace *t)
{
	struct traceline *l = &t->line;
	const struct forest *f = t->f;

	buf_adds(&l->text, "{\"displayTimeUnit\":\"ns\",\"otherData\":{");
	if (f->trace.line.len) {
		traceargs_fields(&l->text, &f->trace);
		traceargs_argv(&l->text, &f->trace);
	}
	buf_adds(&l->text, "},\"traceEvents\":[");
}

void
chrometrace_write(const struct forest *f, FILE *to)
{
	struct trace t = { .f = f,
	    .line = { .base = f->processes[0]->start, .to = to } };
	const struct forest_run *run;
	const struct process *p;
	struct by_run by_run;
	size_t i;

	programs_find(&t.programs, f);
	tracks_find(&t.tracks, f);
	write_head(&t);
	by_run_find(&by_run, &t);
	for (run = f->runs; run; run = run->next)
		write_run(&t, &by_run, run);
	by_run_free(&by_run);
	/* in order of start: of equal ones the outer first */
	for (i = 0; i < f->n && !ferror(to); i++) {
		p = f->processes[i];
		t.line.pid = traceplace_pid(p->run);
		write_process(&t, p);
		write_execs(&t, p);
		write_instants(&t, p);
		tracearrows_fork(&t.line, &t.tracks, p);
	}
	tracearrows_files(&t.line, &t.tracks, f);
	t.line.pid = traceplace_pid(f->root->run);
	write_lost(&t);
	tracecounters_processes(&t.line, f);
	for (run = f->runs; run; run = run->next) {
		t.line.pid = traceplace_pid(run);
		tracecounters_machine(&t.line, run);
	}
	fputs("\n]}\n", to);
	tracks_free(&t.tracks);
	programs_free(&t.programs);
	traceline_free(&t.line);
}
