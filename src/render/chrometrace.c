#include "render/chrometrace.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/concurrency.h"
#include "analysis/machineload.h"
#include "analysis/programs.h"
#include "analysis/tracks.h"
#include "base/buf.h"
#include "base/text.h"
#include "json/literal.h"
#include "render/traceargs.h"
#include "tree/process.h"

struct trace {
	const struct forest *f;
	struct tracks tracks;
	struct programs programs;
	uint64_t base;		/* ns: zero of the trace */
	FILE *to;
	struct buf line;
	bool any;		/* an event was written */
	uint32_t pid;		/* of the trace's process that events are of: one
				 * for each recording in the stream */
	struct buf name;
};

static uint32_t
pid_of(const struct forest_run *run)
{
	return run->number + 1;
}

/* of its track; 0 is that of all */
static size_t
tid(const struct trace *t, const struct process *p)
{
	return t->tracks.of[p->id] + 1;
}

static void
begin(struct trace *t, const char *phase, size_t thread)
{
	buf_adds(&t->line, t->any ? ",\n" : "\n");
	t->any = true;
	buf_printf(&t->line, "{\"ph\":\"%s\",\"pid\":%" PRIu32 ",\"tid\":%zu",
	    phase, t->pid, thread);
}

static void
add_time(struct trace *t, const char *key, uint64_t ns)
{
	buf_printf(&t->line, ",\"%s\":", key);
	json_literal_us(&t->line, ns);
}

static void
begin_at(struct trace *t, const char *phase, const char *category,
    size_t thread, uint64_t ts)
{
	begin(t, phase, thread);
	buf_printf(&t->line, ",\"cat\":\"%s\"", category);
	add_time(t, "ts", ts < t->base ? 0 : ts - t->base);
}

/* the name in hand */
static void
add_name(struct trace *t)
{
	buf_adds(&t->line, ",\"name\":");
	json_literal_string(&t->line, t->name.p, t->name.len);
	t->name.len = 0;
}

static void
end(struct trace *t)
{
	buf_addc(&t->line, '}');
	fwrite(t->line.p, 1, t->line.len, t->to);
	t->line.len = 0;
}

/* {"args":{...}} of an event */
static void
add_event_args(struct trace *t, const struct event *ev)
{
	buf_adds(&t->line, ",\"args\":{");
	traceargs_ids(&t->line, ev->pid, ev->ppid, ev->pgid, ev->sid);
	traceargs_fields(&t->line, ev);
	traceargs_argv(&t->line, ev);
	buf_addc(&t->line, '}');
}

/* --- tracks: threads of the trace --- */

static void
write_name(struct trace *t, const char *what, size_t thread)
{
	begin(t, "M", thread);
	buf_printf(&t->line, ",\"name\":\"%s\",\"args\":{\"name\":", what);
	json_literal_string(&t->line, t->name.p, t->name.len);
	buf_addc(&t->line, '}');
	end(t);
	t->name.len = 0;
}

static void
write_sort_index(struct trace *t, const char *what, size_t thread, size_t n)
{
	begin(t, "M", thread);
	buf_printf(&t->line, ",\"name\":\"%s\",\"args\":{\"sort_index\":%zu}",
	    what, n);
	end(t);
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
	size_t i, track, n = 0;

	for (i = r->first[run->number]; i < t->f->n; i = r->next[i]) {
		track = t->tracks.of[i];
		if (r->last[track] == run->number + 1)
			continue;
		r->last[track] = run->number + 1;
		buf_printf(&t->name, "track %zu", ++n);
		write_name(t, "thread_name", track + 1);
		write_sort_index(t, "thread_sort_index", track + 1, track + 1);
	}
}

/* The command of the run, behind its host if there are several. */
static void
write_run(struct trace *t, struct by_run *r, const struct forest_run *run)
{
	struct slice host;

	t->pid = pid_of(run);
	if (t->f->nruns > 1) {
		if (run->trace.line.len && event_get(&run->trace, "host", &host))
			text_visible_value(&t->name, host.p, host.len);
		else
			buf_adds(&t->name, "(no host)");
		buf_adds(&t->name, ": ");
		write_sort_index(t, "process_sort_index", 0, t->pid);
	}
	if (run->root)
		process_command(run->root, forest_exec(run->root->events), &t->name);
	write_name(t, "process_name", 0);
	write_tracks(t, r, run);
}

/* --- slices --- */

static void
name_process(struct trace *t, const struct process *p)
{
	size_t len;

	programs_name(&t->name, &t->programs, p);
	buf_adds(&t->name, " (");
	len = t->name.len;
	process_end_word(p, &t->name);
	if (t->name.len == len)
		t->name.len -= strlen(" (");
	else
		buf_addc(&t->name, ')');
}

static void
write_process(struct trace *t, const struct process *p)
{
	begin_at(t, "X", "process", tid(t, p), p->start);
	add_time(t, "dur", p->end - p->start);
	name_process(t, p);
	add_name(t);
	if (process_failed(p))
		buf_adds(&t->line, ",\"cname\":\"terrible\"");
	buf_adds(&t->line, ",\"args\":{");
	traceargs_ids(&t->line, p->pid, p->ppid, p->pgid, p->sid);
	if (p->has_exit)
		traceargs_fields(&t->line, &p->last_event->ev);
	else
		buf_adds(&t->line, p->lost_end ? ",\"end_unknown\":true" :
		    ",\"unfinished\":true");
	if (p->nexecs == 1)
		traceargs_exec(&t->line, &p->exec->ev, t->base);
	buf_addc(&t->line, '}');
	end(t);
}

/* Of several execs, a slice each. */
static void
write_execs(struct trace *t, const struct process *p)
{
	const struct moment *exec = forest_exec(p->events), *next;

	for (; exec && p->nexecs > 1; exec = next) {
		next = forest_exec(exec->next);
		begin_at(t, "X", "exec", tid(t, p), exec->ev.ts);
		add_time(t, "dur", (next ? next->ev.ts : p->end) - exec->ev.ts);
		process_program(p, exec, &t->name);
		add_name(t);
		add_event_args(t, &exec->ev);
		end(t);
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
	const struct moment *m;

	for (m = p->events; m; m = m->next) {
		if (m->ev.kind == EVENT_FORK || m->ev.kind == EVENT_EXEC ||
		    m->ev.kind == EVENT_EXIT)
			continue;
		begin_at(t, "i", "event", tid(t, p), m->ev.ts);
		buf_adds(&t->line, ",\"s\":\"t\"");
		add_kind(&t->name, &m->ev);
		add_name(t);
		add_event_args(t, &m->ev);
		end(t);
	}
}

/* An arrow from the track of its parent to its own. Viewers draw it between the
 * innermost slices that are open then: these must be theirs. */
static void
write_fork(struct trace *t, const struct process *p)
{
	size_t to = tid(t, p), from;

	if (!p->has_fork || !p->parent || p->start == p->end)
		return;
	from = tid(t, p->parent);
	if (from == to || !t->tracks.seen[p->id])
		return;
	begin_at(t, "s", "fork", from, p->start);
	buf_printf(&t->line, ",\"name\":\"fork\",\"id\":%zu", p->id + 1);
	end(t);
	begin_at(t, "f", "fork", to, p->start);
	buf_printf(&t->line, ",\"name\":\"fork\",\"id\":%zu,\"bp\":\"e\"",
	    p->id + 1);
	end(t);
}

static void
write_lost(struct trace *t)
{
	const struct moment *m;

	for (m = t->f->lost; m; m = m->next) {
		begin_at(t, "i", "lost", 0, m->ev.ts);
		buf_adds(&t->line, ",\"s\":\"g\",\"name\":\"lost events\","
		    "\"args\":{");
		traceargs_fields(&t->line, &m->ev);
		buf_addc(&t->line, '}');
		end(t);
	}
}

/* --- the whole --- */

static void
write_counter(struct trace *t, const char *name, const char *key, uint64_t ts,
    size_t n)
{
	begin_at(t, "C", "load", 0, ts);
	buf_printf(&t->line, ",\"name\":\"%s\",\"args\":{\"%s\":%zu}", name, key,
	    n);
	end(t);
}

static void
write_load(struct trace *t)
{
	struct concurrency l;
	size_t i;

	concurrency_find(&l, t->f);
	for (i = 0; i < l.n && !ferror(t->to); i++) {
		if (!i || l.steps[i].live != l.steps[i - 1].live)
			write_counter(t, "processes", "running", l.steps[i].ts,
			    l.steps[i].live);
		if (!i || l.steps[i].busy != l.steps[i - 1].busy)
			write_counter(t, "processes without children", "running",
			    l.steps[i].ts, l.steps[i].busy);
	}
	concurrency_free(&l);
}

/* The rates of some numbers of the machine until its next event, as the series
 * of one counter; per: what a thousandth is shown as, in thousandths. */
static void
write_rates(struct trace *t, const char *name, const struct moment *m,
    const char *const keys[][2], uint64_t per)
{
	bool any = t->any;
	size_t empty;
	uint64_t n;

	begin_at(t, "C", "machine", 0, m->ev.ts);
	buf_printf(&t->line, ",\"name\":\"%s\",\"args\":{", name);
	empty = t->line.len;
	for (; (*keys)[0]; keys++) {
		if (!machineload_rate(m, m->next, (*keys)[0], &n))
			continue;
		if (t->line.len > empty)
			buf_addc(&t->line, ',');
		n *= per;
		buf_printf(&t->line, "\"%s\":%" PRIu64 ".%03u", (*keys)[1],
		    n / 1000, (unsigned)(n % 1000));
	}
	if (t->line.len > empty) {
		buf_addc(&t->line, '}');
		end(t);
	} else {
		t->line.len = 0;
		t->any = any;
	}
}

static void
write_machine(struct trace *t, const struct forest_run *run)
{
	static const char *const cpus[][2] = {
		{ "busy", "busy" }, { "iowait", "iowait" }, { "steal", "steal" },
		{ NULL, NULL },
	}, *const pressure[][2] = {
		{ "psicpu", "cpu" }, { "psiio", "io" }, { "psimem", "memory" },
		{ NULL, NULL },
	}, *const throttled[][2] = {
		{ "cgthrottled", "throttled" }, { NULL, NULL },
	};
	const struct moment *m;
	uint64_t kib;

	for (m = run->machine; m; m = m->next) {
		if (event_get_number(&m->ev, "memavail", &kib)) {
			begin_at(t, "C", "machine", 0, m->ev.ts);
			buf_printf(&t->line, ",\"name\":\"available memory (MiB)\","
			    "\"args\":{\"MiB\":%" PRIu64 "}", kib / 1024);
			end(t);
		}
		if (!m->next)
			break;
		write_rates(t, "CPUs of the machine", m, cpus, 1);
		write_rates(t, "pressure (%)", m, pressure, 100);
		write_rates(t, "cgroup (CPUs)", m, throttled, 1);
	}
}

static void
write_head(struct trace *t)
{
	const struct forest *f = t->f;

	buf_adds(&t->line, "{\"displayTimeUnit\":\"ns\",\"otherData\":{");
	if (f->trace.line.len) {
		traceargs_fields(&t->line, &f->trace);
		traceargs_argv(&t->line, &f->trace);
	}
	buf_adds(&t->line, "},\"traceEvents\":[");
}

void
chrometrace_write(const struct forest *f, FILE *to)
{
	struct trace t = { .f = f, .base = f->processes[0]->start, .to = to };
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
		t.pid = pid_of(p->run);
		write_process(&t, p);
		write_execs(&t, p);
		write_instants(&t, p);
		write_fork(&t, p);
	}
	t.pid = pid_of(f->root->run);
	write_lost(&t);
	write_load(&t);
	for (run = f->runs; run; run = run->next) {
		t.pid = pid_of(run);
		write_machine(&t, run);
	}
	fputs("\n]}\n", to);
	tracks_free(&t.tracks);
	programs_free(&t.programs);
	free(t.line.p);
	free(t.name.p);
}
