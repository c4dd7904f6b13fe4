#include "html/datapart.h"

#include "tree/process.h"
#include "tree/spans.h"

enum end { RUNNING = -1, UNKNOWN = -2, EXITED = -3, SIGNALED = 256 };

typedef int64_t process_value(struct html_datapart *, const struct process *);

static void
add_column(struct html_datapart *d, const char *name, process_value *value)
{
	int64_t before = 0, n;
	size_t i;

	json_writer_array(&d->json, name);
	for (i = 0; i < d->s->f->n; i++) {
		n = value(d, d->rows.list[i]);
		json_writer_number(&d->json, NULL, n - before);
		if (html_datapart_is_difference(name))
			before = n;
	}
	json_writer_close(&d->json);
}

static int64_t
value_up(struct html_datapart *d, const struct process *p)
{
	const size_t *row = d->rows.of;

	return p->parent ? (int64_t)(row[p->id] - row[p->parent->id]) : 0;
}

static int64_t
value_pid(struct html_datapart *d, const struct process *p)
{
	(void)d;
	return p->pid;
}

static int64_t
value_pgid(struct html_datapart *d, const struct process *p)
{
	(void)d;
	return p->pgid;
}

static int64_t
value_sid(struct html_datapart *d, const struct process *p)
{
	(void)d;
	return p->sid;
}

static int64_t
value_start(struct html_datapart *d, const struct process *p)
{
	return html_datapart_since(d, p->start);
}

static int64_t
value_time(struct html_datapart *d, const struct process *p)
{
	(void)d;
	return (int64_t)(p->end - p->start);
}

static int64_t
value_end(struct html_datapart *d, const struct process *p)
{
	(void)d;
	if (p->signal)
		return SIGNALED + (int64_t)p->signal;
	if (p->has_exit)
		return p->status >= 0 ? p->status : EXITED;
	return p->lost_end ? UNKNOWN : RUNNING;
}

static int64_t
value_idle(struct html_datapart *d, const struct process *p)
{
	return (int64_t)(p->end - p->start - d->s->spans[p->id].own);
}

static int64_t
value_below(struct html_datapart *d, const struct process *p)
{
	return (int64_t)(d->s->spans[p->id].subtree_end - p->end);
}

static int64_t
value_execs(struct html_datapart *d, const struct process *p)
{
	(void)d;
	return (int64_t)p->nexecs;
}

static int64_t
value_inherited(struct html_datapart *d, const struct process *p)
{
	return d->rows.inherited[p->id];
}

static int64_t
value_node(struct html_datapart *d, const struct process *p)
{
	return (int64_t)d->a->merged.of[p->id];
}

static int64_t
value_command(struct html_datapart *d, const struct process *p)
{
	size_t command = d->a->commands.of[p->id];

	return command < d->a->commands.n ? (int64_t)command : HTML_NONE;
}

/* of the exit event: HTML_NONE if it has no such number */
static int64_t
exit_number(const struct process *p, const char *key)
{
	uint64_t n;

	if (!p->has_exit || !event_get_number(&p->last_event->ev, key, &n))
		return HTML_NONE;
	return n > INT64_MAX ? INT64_MAX : (int64_t)n;
}

static int64_t
value_run(struct html_datapart *d, const struct process *p)
{
	return d->s->f->nruns > 1 ? (int64_t)p->run->number : HTML_NONE;
}

static int64_t
value_cpu(struct html_datapart *d, const struct process *p)
{
	uint64_t ns;

	(void)d;
	return spans_cpu(p, &ns) && ns <= INT64_MAX ? (int64_t)ns : HTML_NONE;
}

/* key of the exit event, or NULL and value: left out if no process has it */
static void
add_optional(struct html_datapart *d, const char *name, process_value *value)
{
	size_t n = d->s->f->n, i;
	int64_t number;
	bool any = false;

	for (i = 0; i < n && !any; i++)
		any = (value ? value(d, d->rows.list[i]) :
		    exit_number(d->rows.list[i], name)) != HTML_NONE;
	if (!any)
		return;
	json_writer_array(&d->json, name);
	for (i = 0; i < n; i++) {
		number = value ? value(d, d->rows.list[i]) :
		    exit_number(d->rows.list[i], name);
		if (number != HTML_NONE) {
			json_writer_number(&d->json, NULL, number);
		} else {
			json_writer_null(&d->json, NULL);
		}
	}
	json_writer_close(&d->json);
}

static void
add_processes(struct html_datapart *d)
{
	json_writer_object(&d->json, "process");
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
	add_column(d, "node", value_node);
	add_column(d, "command", value_command);
	add_optional(d, "run", value_run);
	add_optional(d, "cpu", value_cpu);
	add_optional(d, "utime", NULL);
	add_optional(d, "stime", NULL);
	add_optional(d, "maxrss", NULL);
	add_optional(d, "rbytes", NULL);
	add_optional(d, "wbytes", NULL);
	json_writer_close(&d->json);
}

static int64_t
value_ppid(struct html_datapart *d, const struct process *p)
{
	(void)d;
	return p->parent && p->parent->run == p->run && p->parent->pid == p->ppid ?
	    HTML_NONE : p->ppid;
}

static int64_t
value_life(struct html_datapart *d, const struct process *p)
{
	(void)d;
	return p->life > 1 ? (int64_t)p->life : HTML_NONE;
}

static int64_t
value_core(struct html_datapart *d, const struct process *p)
{
	(void)d;
	return exit_number(p, "core");
}

static int64_t
value_signal(struct html_datapart *d, const struct process *p)
{
	struct slice name;

	if (!p->signal || !event_get(&p->last_event->ev, "signal", &name))
		return HTML_NONE;
	return (int64_t)strings_add(&d->strings, name.p, name.len);
}

static int64_t
value_unforked(struct html_datapart *d, const struct process *p)
{
	(void)d;
	return p->has_fork ? HTML_NONE : 1;
}

/* The root that has executed nothing is called by what it was to execute. */
static int64_t
value_called(struct html_datapart *d, const struct process *p)
{
	if (p->exec || p->inherited || p != p->run->root)
		return HTML_NONE;
	d->scratch.len = 0;
	process_program(p, NULL, &d->scratch);
	return (int64_t)strings_add(&d->strings, d->scratch.p, d->scratch.len);
}

static int64_t
value_more(struct html_datapart *d, const struct process *p)
{
	return p->has_exit ? html_datapart_more(d, p, &p->last_event->ev) : HTML_NONE;
}

static void
add_rare(struct html_datapart *d, const char *name, process_value *value)
{
	int64_t n;
	size_t i;

	json_writer_array(&d->json, name);
	for (i = 0; i < d->s->f->n; i++)
		if ((n = value(d, d->rows.list[i])) != HTML_NONE) {
			json_writer_number(&d->json, NULL, (int64_t)i);
			json_writer_number(&d->json, NULL, n);
		}
	json_writer_close(&d->json);
}

static void
add_few(struct html_datapart *d)
{
	json_writer_object(&d->json, "few");
	add_rare(d, "ppid", value_ppid);
	add_rare(d, "life", value_life);
	add_rare(d, "signal", value_signal);
	add_rare(d, "core", value_core);
	add_rare(d, "unforked", value_unforked);
	add_rare(d, "more", value_more);
	add_rare(d, "called", value_called);
	json_writer_close(&d->json);
}

void
html_datapart_processes(struct html_datapart *d)
{
	add_processes(d);
	add_few(d);
}
