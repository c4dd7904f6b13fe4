#include "htmldata.h"

#include <stdlib.h>
#include <string.h>

#include "htmlrows.h"
#include "jsonout.h"
#include "stringtable.h"

enum { NONE = -1 };

enum end { RUNNING = -1, UNKNOWN = -2, EXITED = -3, SIGNALED = 256 };

struct data {
	const struct summary *s;
	struct jsonout json;
	struct buf scratch;
	struct strings strings;
	struct htmlrows rows;
};

struct item {
	const struct process *p;
	const struct moment *m;	/* of its events */
};

struct items {
	struct item *list;
	size_t n, cap;
};

typedef int64_t process_value(struct data *, const struct process *);
typedef int64_t item_value(struct data *, const struct item *);

static int64_t
since(const struct data *d, uint64_t ts)
{
	return (int64_t)(ts - d->s->f->start);
}

/* --- arrays with a value for each row --- */

static bool
is_difference(const char *name)
{
	return name[strlen(name) - 1] == '+';
}

static void
add_column(struct data *d, const char *name, process_value *value)
{
	int64_t before = 0, n;
	size_t i;

	jsonout_begin(&d->json, name, '[');
	for (i = 0; i < d->s->f->n; i++) {
		n = value(d, d->rows.list[i]);
		jsonout_number(&d->json, n - before);
		if (is_difference(name))
			before = n;
	}
	jsonout_end(&d->json, ']');
}

static int64_t
value_up(struct data *d, const struct process *p)
{
	return p->parent ? (int64_t)(d->rows.of[p->id] - d->rows.of[p->parent->id]) : 0;
}

static int64_t
value_pid(struct data *d, const struct process *p)
{
	(void)d;
	return p->pid;
}

static int64_t
value_pgid(struct data *d, const struct process *p)
{
	(void)d;
	return p->pgid;
}

static int64_t
value_sid(struct data *d, const struct process *p)
{
	(void)d;
	return p->sid;
}

static int64_t
value_start(struct data *d, const struct process *p)
{
	return since(d, p->start);
}

static int64_t
value_time(struct data *d, const struct process *p)
{
	(void)d;
	return (int64_t)(p->end - p->start);
}

static int64_t
value_end(struct data *d, const struct process *p)
{
	(void)d;
	if (p->signal)
		return SIGNALED + (int64_t)p->signal;
	if (p->has_exit)
		return p->status >= 0 ? p->status : EXITED;
	return p->lost_end ? UNKNOWN : RUNNING;
}

static int64_t
value_idle(struct data *d, const struct process *p)
{
	return (int64_t)(p->end - p->start - d->s->spans[p->id].own);
}

static int64_t
value_below(struct data *d, const struct process *p)
{
	return (int64_t)(d->s->spans[p->id].subtree_end - p->end);
}

static int64_t
value_execs(struct data *d, const struct process *p)
{
	(void)d;
	return (int64_t)p->nexecs;
}

static int64_t
value_inherited(struct data *d, const struct process *p)
{
	return d->rows.inherited[p->id];
}

/* of the exit event: NONE if it has no such number */
static int64_t
exit_number(const struct process *p, const char *key)
{
	uint64_t n;

	if (!p->has_exit || !event_get_number(&p->last_event->ev, key, &n))
		return NONE;
	return n > INT64_MAX ? INT64_MAX : (int64_t)n;
}

static int64_t
value_cpu(struct data *d, const struct process *p)
{
	uint64_t ns;

	(void)d;
	return spans_cpu(p, &ns) && ns <= INT64_MAX ? (int64_t)ns : NONE;
}

/* key of the exit event, or NULL and value: left out if no process has it */
static void
add_optional(struct data *d, const char *name, process_value *value)
{
	size_t n = d->s->f->n, i;
	int64_t number;
	bool any = false;

	for (i = 0; i < n && !any; i++)
		any = (value ? value(d, d->rows.list[i]) :
		    exit_number(d->rows.list[i], name)) != NONE;
	if (!any)
		return;
	jsonout_begin(&d->json, name, '[');
	for (i = 0; i < n; i++) {
		number = value ? value(d, d->rows.list[i]) :
		    exit_number(d->rows.list[i], name);
		if (number != NONE) {
			jsonout_number(&d->json, number);
		} else {
			jsonout_null(&d->json);
		}
	}
	jsonout_end(&d->json, ']');
}

static void
add_processes(struct data *d)
{
	jsonout_begin(&d->json, "process", '{');
	add_column(d, "up", value_up);
	add_column(d, "pid+", value_pid);
	add_column(d, "pgid+", value_pgid);
	add_column(d, "sid+", value_sid);
	add_column(d, "start+", value_start);
	add_column(d, "time", value_time);
	add_column(d, "end", value_end);
	add_column(d, "idle", value_idle);
	add_column(d, "below", value_below);
	add_column(d, "execs", value_execs);
	add_column(d, "inherited", value_inherited);
	add_optional(d, "cpu", value_cpu);
	add_optional(d, "utime", NULL);
	add_optional(d, "stime", NULL);
	add_optional(d, "maxrss", NULL);
	add_optional(d, "rbytes", NULL);
	add_optional(d, "wbytes", NULL);
	jsonout_end(&d->json, '}');
}

/* --- what is rare: [row, value, ...] --- */

static bool
is_one_of(struct slice key, const char *const *names)
{
	for (; *names; names++)
		if (strlen(*names) == key.len && !memcmp(*names, key.p, key.len))
			return true;
	return false;
}

/* The number of a string with the fields that are not shown elsewhere, as
 * "key=value" with TABs between; NONE if there are none. */
static int64_t
more_fields(struct data *d, const struct event *ev)
{
	static const char *const common[] = {
		"ts", "pid", "ppid", "pgid", "sid", "cpu", "seq", NULL,
	}, *const group[] = {
		"ts", "pid", "ppid", "cpu", "seq", NULL,
	}, *const known[] = {
		"file", "filelen", "argvlen", "fds", "status", "signal", "core",
		"cputime", "utime", "stime", "maxrss", "rbytes", "wbytes", NULL,
	};
	bool is_group = ev->kind == EVENT_SETPGID || ev->kind == EVENT_SETSID;
	bool is_known = ev->kind == EVENT_EXEC || ev->kind == EVENT_EXIT;
	const char *iter = ev->fields;
	struct slice key, val;

	d->scratch.len = 0;
	while (event_next_field(ev, &iter, &key, &val)) {
		if (is_one_of(key, is_group ? group : common) ||
		    (is_known && is_one_of(key, known)))
			continue;
		if (d->scratch.len)
			buf_addc(&d->scratch, '\t');
		buf_add(&d->scratch, key.p, (size_t)(val.p + val.len - key.p));
	}
	if (!d->scratch.len)
		return NONE;
	return (int64_t)strings_add(&d->strings, d->scratch.p, d->scratch.len);
}

static int64_t
value_ppid(struct data *d, const struct process *p)
{
	(void)d;
	return p->parent && p->parent->pid == p->ppid ? NONE : p->ppid;
}

static int64_t
value_life(struct data *d, const struct process *p)
{
	(void)d;
	return p->life > 1 ? (int64_t)p->life : NONE;
}

static int64_t
value_core(struct data *d, const struct process *p)
{
	(void)d;
	return exit_number(p, "core");
}

static int64_t
value_signal(struct data *d, const struct process *p)
{
	struct slice name;

	if (!p->signal || !event_get(&p->last_event->ev, "signal", &name))
		return NONE;
	return (int64_t)strings_add(&d->strings, name.p, name.len);
}

static int64_t
value_unforked(struct data *d, const struct process *p)
{
	(void)d;
	return p->has_fork ? NONE : 1;
}

static int64_t
value_more(struct data *d, const struct process *p)
{
	return p->has_exit ? more_fields(d, &p->last_event->ev) : NONE;
}

static void
add_rare(struct data *d, const char *name, process_value *value)
{
	int64_t n;
	size_t i;

	jsonout_begin(&d->json, name, '[');
	for (i = 0; i < d->s->f->n; i++)
		if ((n = value(d, d->rows.list[i])) != NONE) {
			jsonout_number(&d->json, (int64_t)i);
			jsonout_number(&d->json, n);
		}
	jsonout_end(&d->json, ']');
}

static void
add_few(struct data *d)
{
	jsonout_begin(&d->json, "few", '{');
	add_rare(d, "ppid", value_ppid);
	add_rare(d, "life", value_life);
	add_rare(d, "signal", value_signal);
	add_rare(d, "core", value_core);
	add_rare(d, "unforked", value_unforked);
	add_rare(d, "more", value_more);
	jsonout_end(&d->json, '}');
}

/* --- events of processes --- */

static void
add_item(struct items *items, const struct process *p, const struct moment *m)
{
	items->list = grow(items->list, items->n, &items->cap, sizeof *items->list);
	items->list[items->n++] = (struct item){ p, m };
}

/* forks have a bar, exits end it; both only tell more if they have more keys */
static bool
is_mark(struct data *d, const struct moment *m)
{
	switch (m->ev.kind) {
	case EVENT_EXIT: return false;
	case EVENT_FORK: return more_fields(d, &m->ev) != NONE;
	default: return true;
	}
}

static void
find_items(struct data *d, struct items *execs, struct items *marks)
{
	const struct process *p;
	const struct moment *m;
	size_t i;

	for (i = 0; i < d->s->f->n; i++) {
		p = d->rows.list[i];
		for (m = p->events; m; m = m->next)
			if (m->ev.kind == EVENT_EXEC)
				add_item(execs, p, m);
			else if (is_mark(d, m))
				add_item(marks, p, m);
	}
}

static void
add_values(struct data *d, const char *name, const struct items *items,
    item_value *value)
{
	int64_t before = 0, n;
	size_t i;

	jsonout_begin(&d->json, name, '[');
	for (i = 0; i < items->n; i++) {
		n = value(d, &items->list[i]);
		jsonout_number(&d->json, n - before);
		if (is_difference(name))
			before = n;
	}
	jsonout_end(&d->json, ']');
}

static int64_t
item_row(struct data *d, const struct item *it)
{
	return (int64_t)d->rows.of[it->p->id];
}

static int64_t
item_at(struct data *d, const struct item *it)
{
	(void)d;
	return (int64_t)(it->m->ev.ts - it->p->start);
}

static int64_t
item_string(struct data *d, const struct item *it, const char *key)
{
	struct slice s;

	if (!event_get(&it->m->ev, key, &s))
		return NONE;
	return (int64_t)strings_add(&d->strings, s.p, s.len);
}

static int64_t
item_file(struct data *d, const struct item *it)
{
	return item_string(d, it, "file");
}

static int64_t
item_fds(struct data *d, const struct item *it)
{
	return item_string(d, it, "fds");
}

static int64_t
item_kind(struct data *d, const struct item *it)
{
	const struct event *ev = &it->m->ev;

	return (int64_t)strings_add(&d->strings, ev->line.p,
	    (size_t)(ev->fields - 1 - ev->line.p));
}

static int64_t
item_more(struct data *d, const struct item *it)
{
	return more_fields(d, &it->m->ev);
}

static void
add_args(struct data *d, const char *name, const struct event *ev)
{
	struct slice args, arg;

	jsonout_begin(&d->json, name, '[');
	if (event_argv(ev, &args))
		while (event_next_arg(&args, &arg))
			jsonout_number(&d->json, (int64_t)strings_add(&d->strings, arg.p,
			    arg.len));
	jsonout_end(&d->json, ']');
}

static void
add_execs(struct data *d, const struct items *execs)
{
	uint64_t length;
	size_t i;

	jsonout_begin(&d->json, "exec", '{');
	add_values(d, "at", execs, item_at);
	add_values(d, "file", execs, item_file);
	add_values(d, "fds", execs, item_fds);
	add_values(d, "more", execs, item_more);
	jsonout_begin(&d->json, "argv", '[');
	for (i = 0; i < execs->n; i++)
		add_args(d, NULL, &execs->list[i].m->ev);
	jsonout_end(&d->json, ']');
	jsonout_begin(&d->json, "cut", '[');
	for (i = 0; i < execs->n; i++)
		if (event_get_number(&execs->list[i].m->ev, "argvlen", &length)) {
			jsonout_number(&d->json, (int64_t)i);
			jsonout_number(&d->json, (int64_t)(length & INT64_MAX));
		}
	jsonout_end(&d->json, ']');
	jsonout_end(&d->json, '}');
}

static void
add_marks(struct data *d, const struct items *marks)
{
	jsonout_begin(&d->json, "mark", '{');
	add_values(d, "row+", marks, item_row);
	add_values(d, "at", marks, item_at);
	add_values(d, "kind", marks, item_kind);
	add_values(d, "more", marks, item_more);
	jsonout_end(&d->json, '}');
}

static void
add_items(struct data *d)
{
	struct items execs = { 0 }, marks = { 0 };

	find_items(d, &execs, &marks);
	add_execs(d, &execs);
	add_marks(d, &marks);
	free(execs.list);
	free(marks.list);
}

/* --- the whole --- */

static void
add_lost(struct data *d)
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
		jsonout_number(&d->json, since(d, from));
		jsonout_number(&d->json, since(d, m->ev.ts));
		jsonout_number(&d->json, m->ev.cpu);
		jsonout_number(&d->json, (int64_t)(count & INT64_MAX));
		jsonout_end(&d->json, ']');
	}
	jsonout_end(&d->json, ']');
}

static void
add_critical(struct data *d)
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
step_value(const struct data *d, const struct load_step *s, char what)
{
	switch (what) {
	case 't': return since(d, s->ts);
	case 'l': return (int64_t)s->live;
	default: return (int64_t)s->busy;
	}
}

static void
add_steps(struct data *d, const char *name)
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
add_trace(struct data *d)
{
	const struct event *trace = &d->s->f->trace;
	struct slice start;

	if (!trace->line.len)
		return;
	if (event_get(trace, "start", &start)) {
		jsonout_key(&d->json, "start");
		jsonout_string(&d->json, start.p, start.len);
	}
	add_args(d, "argv", trace);
}

static void
add_strings(struct data *d)
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
	struct data d = { .s = s, .json = { .to = to } };

	htmlrows_find(&d.rows, s->f);
	jsonout_begin(&d.json, NULL, '{');
	jsonout_key(&d.json, "base");
	jsonout_number(&d.json, (int64_t)s->f->start);
	jsonout_key(&d.json, "longPaths");
	jsonout_number(&d.json, paths && !strcmp(paths, "1"));
	jsonout_key(&d.json, "until");
	jsonout_number(&d.json, since(&d, s->f->end));
	add_trace(&d);
	add_processes(&d);
	add_few(&d);
	add_items(&d);
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
