#include "render/columns.h"

#include <stdlib.h>
#include <time.h>

#include "base/slice.h"
#include "base/sysnames.h"
#include "base/text.h"
#include "event/runs.h"
#include "tree/process.h"

enum { NS = 1000000000 };

static void
set_number(struct columns_value *v, int64_t number)
{
	v->known = true;
	v->number = number;
}

static void
set_time(struct columns_value *v, uint64_t ns)
{
	set_number(v, ns > INT64_MAX ? INT64_MAX : (int64_t)ns);
}

static void
set_text(struct columns_value *v, struct slice text)
{
	v->known = true;
	v->text = text;
}

/* What was added to c->text. */
static void
set_made(struct columns *c, struct columns_value *v)
{
	set_text(v, (struct slice){ c->text.p, c->text.len });
}

enum { INHERITED_ARGV_MAX = 4096 };

/* the exec whose command it runs at its end, or NULL */
static const struct event *
exec_of(const struct process *p)
{
	const struct moment *m = p->exec ? p->exec : p->inherited;

	return m ? &m->ev : NULL;
}

static const struct event *
exit_of(const struct process *p)
{
	const struct moment *m = p->last_event;

	return m && m->ev.kind == EVENT_EXIT ? &m->ev : NULL;
}

/* The field of the event that the column names. */
static void
set_field(struct columns_value *v, const struct event *ev,
    const struct columns_column *col)
{
	uint64_t n;

	if (!ev)
		return;
	if (col->type == COLUMNS_TEXT)
		v->known = event_get(ev, col->field, &v->text);
	else if (event_get_number(ev, col->field, &n))
		set_time(v, n);
}

static void
get_run(struct columns *c, const struct process *p, struct columns_value *v)
{
	const struct event *trace = &p->run->trace;
	struct runs_id id;

	if (p->run->name.len) {
		set_text(v, p->run->name);
		return;
	}
	if (!trace->line.len)
		return;
	runs_identify(&id, trace);
	if (!id.host.len && !id.start)
		return;
	runs_name(&id, &c->text);
	set_made(c, v);
}

static void
get_host(struct columns *c, const struct process *p, struct columns_value *v)
{
	(void)c;
	v->known = p->run->trace.line.len &&
	    event_get(&p->run->trace, "host", &v->text);
}

/* PID@TIME, as lives.h names a life */
static void
add_id(struct columns *c, const struct process *p)
{
	buf_addu(&c->text, (uint64_t)p->pid);
	buf_addc(&c->text, '@');
	buf_addu(&c->text, p->has_fork || p->life > 1 ? p->start : 0);
}

static void
get_id(struct columns *c, const struct process *p, struct columns_value *v)
{
	add_id(c, p);
	set_made(c, v);
}

static void
get_parent(struct columns *c, const struct process *p, struct columns_value *v)
{
	if (!p->parent)
		return;
	add_id(c, p->parent);
	set_made(c, v);
}

static void
get_pid(struct columns *c, const struct process *p, struct columns_value *v)
{
	(void)c;
	set_number(v, p->pid);
}

static void
get_ppid(struct columns *c, const struct process *p, struct columns_value *v)
{
	(void)c;
	set_number(v, p->ppid);
}

static void
get_pgid(struct columns *c, const struct process *p, struct columns_value *v)
{
	(void)c;
	set_number(v, p->pgid);
}

static void
get_sid(struct columns *c, const struct process *p, struct columns_value *v)
{
	(void)c;
	set_number(v, p->sid);
}

static void
get_depth(struct columns *c, const struct process *p, struct columns_value *v)
{
	(void)c;
	set_number(v, p->depth);
}

static void
get_execs(struct columns *c, const struct process *p, struct columns_value *v)
{
	(void)c;
	set_number(v, (int64_t)p->nexecs);
}

static void
get_descendants(struct columns *c, const struct process *p,
    struct columns_value *v)
{
	set_number(v, (int64_t)c->spans[p->id].ndescendants);
}

static void
get_started(struct columns *c, const struct process *p, struct columns_value *v)
{
	const struct event *trace = &p->run->trace;
	uint64_t ns;
	time_t seconds;
	struct tm tm;

	if (!trace->line.len || !event_get_number(trace, "start", &ns) ||
	    ns > INT64_MAX)
		return;
	ns += p->start;	/* at most INT64_MAX, as any time of a recording */
	seconds = (time_t)(ns / NS);
	if (!gmtime_r(&seconds, &tm))
		return;
	buf_printf(&c->text, "%04d-%02d-%02dT%02d:%02d:%02d.%09uZ",
	    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
	    tm.tm_sec, (unsigned)(ns % NS));
	set_made(c, v);
}

static void
get_start(struct columns *c, const struct process *p, struct columns_value *v)
{
	if (p->start >= c->f->start)
		set_time(v, p->start - c->f->start);
	else
		set_number(v, -(int64_t)(c->f->start - p->start));
}

static void
get_wall(struct columns *c, const struct process *p, struct columns_value *v)
{
	(void)c;
	set_time(v, p->end - p->start);
}

static void
get_own(struct columns *c, const struct process *p, struct columns_value *v)
{
	set_time(v, c->spans[p->id].own);
}

static void
get_cpu(struct columns *c, const struct process *p, struct columns_value *v)
{
	uint64_t ns;

	(void)c;
	if (spans_cpu(p, &ns))
		set_time(v, ns);
}

/* in one word, as --status of pt-grep takes it where it can */
static void
get_end(struct columns *c, const struct process *p, struct columns_value *v)
{
	char name[SYSNAMES_MAX];

	if (p->signal)
		buf_adds(&c->text, sysnames_signal(p->signal, name));
	else if (p->status >= 0)
		buf_printf(&c->text, "%d", p->status);
	else if (p->has_exit)
		buf_adds(&c->text, "exited");
	else
		buf_adds(&c->text, p->lost_end ? "unknown" : "running");
	set_made(c, v);
}

static void
get_status(struct columns *c, const struct process *p, struct columns_value *v)
{
	(void)c;
	if (p->status >= 0)
		set_number(v, p->status);
}

static void
get_signal(struct columns *c, const struct process *p, struct columns_value *v)
{
	char name[SYSNAMES_MAX];

	if (!p->signal)
		return;
	buf_adds(&c->text, sysnames_signal(p->signal, name));
	set_made(c, v);
}

static void
get_program(struct columns *c, const struct process *p, struct columns_value *v)
{
	struct buf name = { 0 };

	process_program(p, NULL, &name);
	text_escape(&c->text, name.p, name.len);
	free(name.p);
	set_made(c, v);
}

static void
get_argv(struct columns *c, const struct process *p, struct columns_value *v)
{
	const struct event *exec = exec_of(p);
	struct slice args;

	(void)c;
	/* thousands of processes may have inherited a long one */
	if (exec && event_argv(exec, &args) &&
	    (p->exec || args.len <= INHERITED_ARGV_MAX))
		set_text(v, args);
}

/* KEY=VALUE of each label.KEY, as arguments */
static void
get_labels(struct columns *c, const struct process *p, struct columns_value *v)
{
	const struct event *trace = &c->f->trace;
	const char *iter;
	struct slice key, val;

	(void)p;
	if (!trace->line.len)
		return;
	iter = event_fields(trace);
	while (event_next_field(trace, &iter, &key, &val)) {
		if (!slice_take(&key, "label."))
			continue;
		if (c->text.len)
			buf_addc(&c->text, '\t');
		buf_add(&c->text, key.p, key.len);
		buf_addc(&c->text, '=');
		buf_add(&c->text, val.p, val.len);
	}
	if (c->text.len)
		set_made(c, v);
}

/* The paths of the files that it has used in this way, as arguments. */
static void
list_files(struct columns *c, const struct process *p, bool writes,
    struct columns_value *v)
{
	const struct files *x = c->files;
	const struct files_use *u;
	size_t i;

	for (i = x->first[p->id]; i < x->first[p->id + 1]; i++) {
		u = &x->uses[x->by_process[i]];
		if (u->writes != writes || !u->path.len)
			continue;
		if (c->text.len)
			buf_addc(&c->text, '\t');
		buf_add(&c->text, u->path.p, u->path.len);
	}
	if (c->text.len)
		set_made(c, v);
}

static void
get_writes(struct columns *c, const struct process *p, struct columns_value *v)
{
	list_files(c, p, true, v);
}

static void
get_reads(struct columns *c, const struct process *p, struct columns_value *v)
{
	list_files(c, p, false, v);
}

#define MADE(name, key, type) \
	{ #name, key, COLUMNS_##type, COLUMNS_MADE, NULL, get_##name }
#define FIELD(name, key, type, source, field) \
	{ #name, key, COLUMNS_##type, COLUMNS_##source, field, NULL }

const struct columns_column columns_all[] = {
	MADE(run, "run", TEXT),
	MADE(host, "host", TEXT),
	MADE(labels, "labels", ARGV),
	MADE(id, "id", TEXT),
	MADE(parent, "parent", TEXT),
	MADE(pid, "pid", NUMBER),
	MADE(ppid, "ppid", NUMBER),
	MADE(pgid, "pgid", NUMBER),
	MADE(sid, "sid", NUMBER),
	FIELD(uid, "uid", NUMBER, EXEC, "uid"),
	MADE(depth, "depth", NUMBER),
	MADE(descendants, "descendants", NUMBER),
	MADE(execs, "execs", NUMBER),
	MADE(started, "started", TEXT),
	MADE(start, "start_ns", TIME),
	MADE(wall, "wall_ns", TIME),
	MADE(own, "own_ns", TIME),
	MADE(cpu, "cpu_ns", TIME),
	FIELD(rundelay, "rundelay_ns", TIME, EXIT, "rundelay"),
	FIELD(rss, "rss_kib", NUMBER, EXIT, "maxrss"),
	FIELD(rbytes, "rbytes", NUMBER, EXIT, "rbytes"),
	FIELD(wbytes, "wbytes", NUMBER, EXIT, "wbytes"),
	FIELD(majflt, "majflt", NUMBER, EXIT, "majflt"),
	FIELD(nvcsw, "nvcsw", NUMBER, EXIT, "nvcsw"),
	FIELD(nivcsw, "nivcsw", NUMBER, EXIT, "nivcsw"),
	MADE(end, "end", TEXT),
	MADE(status, "status", NUMBER),
	MADE(signal, "signal", TEXT),
	FIELD(cwd, "cwd", TEXT, EXEC, "cwd"),
	FIELD(file, "file", TEXT, EXEC, "file"),
	MADE(writes, "writes", ARGV),
	MADE(reads, "reads", ARGV),
	MADE(program, "program", TEXT),
	MADE(argv, "argv", ARGV),
	{ 0 },
};

const struct columns_column *
columns_find(struct slice name)
{
	const struct columns_column *col;

	for (col = columns_all; col->name; col++)
		if (slice_is(name, col->name) || slice_is(name, col->key))
			return col;
	return NULL;
}

struct columns_value
columns_get(struct columns *c, const struct columns_column *col,
    const struct process *p)
{
	struct columns_value v = { 0 };

	c->text.len = 0;
	switch (col->source) {
	case COLUMNS_EXEC: set_field(&v, exec_of(p), col); break;
	case COLUMNS_EXIT: set_field(&v, exit_of(p), col); break;
	case COLUMNS_MADE: col->get(c, p, &v); break;
	}
	return v;
}
