#include "render/chrometrace.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/concurrency.h"
#include "json/literal.h"
#include "render/label.h"
#include "tree/process.h"

struct trace {
	const struct forest *f;
	uint64_t base;		/* ns: zero of the trace */
	FILE *to;
	struct buf line;
	bool any;		/* an event was written */
	struct buf name;
};

static size_t
tid(const struct process *p)
{
	return p->id + 1;
}

static void
begin(struct trace *t, const char *phase, size_t thread)
{
	buf_adds(&t->line, t->any ? ",\n" : "\n");
	t->any = true;
	buf_printf(&t->line, "{\"ph\":\"%s\",\"pid\":1,\"tid\":%zu", phase,
	    thread);
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

static bool
is_key(struct slice key, const char *name)
{
	return key.len == strlen(name) && !memcmp(key.p, name, key.len);
}

/* those that are told otherwise */
static bool
is_common(struct slice key)
{
	static const char *const common[] = {
		"ts", "pid", "ppid", "pgid", "sid", "cpu", "seq", "argv"
	};
	size_t i;

	for (i = 0; i < sizeof common / sizeof *common; i++)
		if (is_key(key, common[i]))
			return true;
	return false;
}

/* between two members of an object */
static void
separate(struct trace *t)
{
	if (t->line.p[t->line.len - 1] != '{')
		buf_addc(&t->line, ',');
}

/* The fields that are not common. */
static void
add_fields(struct trace *t, const struct event *ev)
{
	const char *iter = event_fields(ev);
	struct slice key, val;

	while (event_next_field(ev, &iter, &key, &val)) {
		if (is_common(key))
			continue;
		separate(t);
		json_literal_string(&t->line, key.p, key.len);
		buf_addc(&t->line, ':');
		json_literal_value(&t->line, val);
	}
}

static void
add_argv(struct trace *t, struct slice args)
{
	struct slice arg;
	bool first = true;

	separate(t);
	buf_adds(&t->line, "\"argv\":[");
	for (; event_next_arg(&args, &arg); first = false) {
		if (!first)
			buf_addc(&t->line, ',');
		json_literal_value_string(&t->line, arg);
	}
	buf_addc(&t->line, ']');
}

static void
add_id(struct trace *t, const char *key, int32_t id)
{
	if (id < 0)
		return;
	separate(t);
	buf_printf(&t->line, "\"%s\":%d", key, id);
}

static void
add_ids(struct trace *t, int32_t pid, int32_t ppid, int32_t pgid, int32_t sid)
{
	add_id(t, "pid", pid);
	add_id(t, "ppid", ppid);
	add_id(t, "pgid", pgid);
	add_id(t, "sid", sid);
}

static void
add_event_args(struct trace *t, const struct event *ev)
{
	struct slice args;

	buf_adds(&t->line, ",\"args\":{");
	add_ids(t, ev->pid, ev->ppid, ev->pgid, ev->sid);
	add_fields(t, ev);
	if (event_argv(ev, &args))
		add_argv(t, args);
	buf_addc(&t->line, '}');
}

/* --- threads --- */

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
write_thread(struct trace *t, const struct process *p, size_t row)
{
	label_pid(&t->name, p);
	process_program(p, NULL, &t->name);
	write_name(t, "thread_name", tid(p));
	begin(t, "M", tid(p));
	buf_printf(&t->line, ",\"name\":\"thread_sort_index\","
	    "\"args\":{\"sort_index\":%zu}", row);
	end(t);
}

/* --- slices --- */

static void
write_process(struct trace *t, const struct process *p)
{
	size_t len;

	begin_at(t, "X", "process", tid(p), p->start);
	add_time(t, "dur", p->end - p->start);
	label_pid(&t->name, p);
	process_program(p, NULL, &t->name);
	buf_adds(&t->name, " (");
	len = t->name.len;
	process_ending(p, &t->name);
	if (t->name.len == len)
		t->name.len -= strlen(" (");
	else
		buf_addc(&t->name, ')');
	add_name(t);
	if (process_failed(p))
		buf_adds(&t->line, ",\"cname\":\"terrible\"");
	buf_adds(&t->line, ",\"args\":{");
	add_ids(t, p->pid, p->ppid, p->pgid, p->sid);
	if (p->has_exit)
		add_fields(t, &p->last_event->ev);
	else
		buf_adds(&t->line, p->lost_end ? ",\"end_unknown\":true" :
		    ",\"unfinished\":true");
	buf_addc(&t->line, '}');
	end(t);
}

static void
write_execs(struct trace *t, const struct process *p)
{
	const struct moment *exec = forest_exec(p->events), *next;

	for (; exec; exec = next) {
		next = forest_exec(exec->next);
		begin_at(t, "X", "exec", tid(p), exec->ev.ts);
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
	const char *tab = memchr(ev->line.p, '\t', ev->line.len);
	struct slice val;

	buf_add(b, ev->line.p, tab ? (size_t)(tab - ev->line.p) : ev->line.len);
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
		begin_at(t, "i", "event", tid(p), m->ev.ts);
		buf_adds(&t->line, ",\"s\":\"t\"");
		add_kind(&t->name, &m->ev);
		add_name(t);
		add_event_args(t, &m->ev);
		end(t);
	}
}

/* An arrow ends at the slices that are open then: there must be some. */
static void
write_fork(struct trace *t, const struct process *p)
{
	if (!p->has_fork || !p->parent || p->start >= p->parent->end ||
	    p->start == p->end)
		return;
	begin_at(t, "s", "fork", tid(p->parent), p->start);
	buf_printf(&t->line, ",\"name\":\"fork\",\"id\":%zu", tid(p));
	end(t);
	begin_at(t, "f", "fork", tid(p), p->start);
	buf_printf(&t->line, ",\"name\":\"fork\",\"id\":%zu,\"bp\":\"e\"",
	    tid(p));
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
		add_fields(t, &m->ev);
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

static void
write_head(struct trace *t)
{
	const struct forest *f = t->f;
	struct slice args;

	buf_adds(&t->line, "{\"displayTimeUnit\":\"ns\",\"otherData\":{");
	if (f->trace.line.len) {
		add_fields(t, &f->trace);
		if (event_argv(&f->trace, &args))
			add_argv(t, args);
	}
	buf_adds(&t->line, "},\"traceEvents\":[");
	process_command(f->root, forest_exec(f->root->events), &t->name);
	write_name(t, "process_name", 0);
}

void
chrometrace_write(const struct forest *f, FILE *to)
{
	struct trace t = { .f = f, .base = f->processes[0]->start, .to = to };
	const struct process *p = NULL;
	size_t row = 0;

	write_head(&t);
	while ((p = forest_next(f, NULL, p)) && !ferror(to)) {
		write_thread(&t, p, ++row);
		write_process(&t, p);
		write_execs(&t, p);
		write_instants(&t, p);
		write_fork(&t, p);
	}
	write_lost(&t);
	write_load(&t);
	fputs("\n]}\n", to);
	free(t.line.p);
	free(t.name.p);
}
