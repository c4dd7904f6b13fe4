#include "tree/forest.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/slice.h"
#include "base/sysnames.h"
#include "event/runs.h"
#include "tree/lastlives.h"

struct forest_index {
	struct arena arena;	/* of processes, moments and runs */
	size_t cap;		/* of forest.processes */
	struct lastlives lives;
	struct runs runs;
	struct forest_run **by_number, *last_run;
	size_t by_number_cap;
	struct moment *last_lost;
};

static struct moment *
new_moment(struct forest_index *x, const struct event *ev)
{
	struct moment *m = arena_take(&x->arena, sizeof *m + ev->line.len);
	char *line = (char *)(m + 1);

	memcpy(line, ev->line.p, ev->line.len);
	*m = (struct moment){ .ev = *ev };
	m->ev.line.p = line;
	return m;
}

static struct forest_run *
find_run(struct forest *f, const struct event *ev)
{
	struct forest_index *x = f->index;
	size_t number = runs_number(&x->runs, ev);
	struct forest_run *run;

	if (number < f->nruns)
		return x->by_number[number];
	run = arena_take(&x->arena, sizeof *run);
	*run = (struct forest_run){
		.name = x->runs.names.list[number], .number = (uint32_t)number,
		.root_pid = -1,
	};
	if (x->last_run)
		x->last_run->next = run;
	else
		f->runs = run;
	x->last_run = run;
	x->by_number = grow(x->by_number, f->nruns, &x->by_number_cap,
	    sizeof *x->by_number);
	return x->by_number[f->nruns++] = run;
}

static bool
is_open(const struct process *p)
{
	return p && !p->has_exit && !p->lost_end;
}

static struct process *
find_open(const struct forest_index *x, const struct forest_run *run,
    int32_t pid)
{
	struct process *p = lastlives_find(&x->lives, run, pid);

	return is_open(p) ? p : NULL;
}

static void
add_child(struct forest *f, struct process *parent, struct process *p)
{
	struct process **first = parent ? &parent->children : &f->roots;
	struct process **last = parent ? &parent->last_child : &f->last_root;

	if (*last)
		(*last)->sibling = p;
	else
		*first = p;
	*last = p;
	if (!parent)
		return;
	p->parent = parent;
	p->depth = parent->depth + 1;
	p->inherited = parent->exec ? parent->exec : parent->inherited;
}

/* for a PID that has no open life: the parent is another process, and an older
 * one, whatever the lines say, so there are no cycles */
static struct process *
new_process(struct forest *f, struct forest_run *run, const struct event *ev)
{
	struct forest_index *x = f->index;
	struct process *p = arena_take(&x->arena, sizeof *p), *before;

	*p = (struct process){
		.id = f->n, .life = 1, .pid = ev->pid, .ppid = ev->ppid,
		.start = ev->ts, .status = -1, .run = run,
	};
	add_child(f, find_open(x, run, ev->ppid), p);
	before = lastlives_set(&x->lives, p);
	if (before)
		p->life = before->life + 1;
	f->processes = grow(f->processes, f->n, &x->cap, sizeof *f->processes);
	f->processes[f->n++] = p;
	if (!run->root && p->pid == run->root_pid)
		run->root = p;
	return p;
}

static struct process *
process_of(struct forest *f, struct forest_run *run, const struct event *ev)
{
	struct process *p = lastlives_find(&f->index->lives, run, ev->pid);
	unsigned rules = event_kind_rules(ev->kind);

	if (rules & EVENT_BEGINS) {
		/* equal times may come in any order */
		if (is_open(p) && !p->has_fork && p->start == ev->ts)
			return p;
		if (is_open(p)) {
			p->lost_end = true;
			p->end = ev->ts;
		}
		return new_process(f, run, ev);
	}
	if (is_open(p))
		return p;
	/* one that nobody has heard of: only if it is known whose it is */
	return rules & EVENT_DOES ||
	    (rules & EVENT_TOLD && !p && ev->has & HAS_PPID) ?
	    new_process(f, run, ev) : NULL;
}

/* the last of its events in which it is sent that signal */
static struct moment *
find_signal(const struct process *p, struct slice name)
{
	struct moment *m, *found = NULL;
	struct slice sig;

	for (m = p->events; m; m = m->next)
		if (m->ev.kind == EVENT_SIGNAL && event_get(&m->ev, "sig", &sig) &&
		    slice_equal(sig, name))
			found = m;
	return found;
}

static void
set_end(struct process *p, const struct event *ev)
{
	struct slice name;
	uint64_t status;

	p->has_exit = true;
	p->end = ev->ts;
	if (event_get_number(ev, "status", &status) && status <= 255)
		p->status = (int)status;
	else if (event_get(ev, "signal", &name)) {
		p->signal = sysnames_signal_number(name.p, name.len);
		p->fatal = find_signal(p, name);
	}
}

static void
add_moment(struct forest *f, struct process *p, const struct event *ev)
{
	struct moment *m = new_moment(f->index, ev);

	if (p->last_event)
		p->last_event->next = m;
	else
		p->events = m;
	p->last_event = m;
}

static struct process *
add_to_process(struct forest *f, struct forest_run *run,
    const struct event *ev)
{
	struct process *p = process_of(f, run, ev);

	if (!p)
		return NULL;
	if (!f->kept || f->kept & FOREST_KIND(ev->kind))
		add_moment(f, p, ev);
	p->seen = ev->ts;
	if (ev->has & HAS_PGID)
		p->pgid = ev->pgid;
	if (ev->has & HAS_SID)
		p->sid = ev->sid;
	if (ev->kind == EVENT_FORK) {
		p->has_fork = true;
	} else if (ev->kind == EVENT_EXEC) {
		p->exec = p->last_event;
		p->nexecs++;
	} else if (ev->kind == EVENT_EXIT) {
		set_end(p, ev);
	}
	return p;
}

static void
add_machine(struct forest *f, struct forest_run *run, const struct event *ev)
{
	struct moment *m = new_moment(f->index, ev);

	if (run->last_machine)
		run->last_machine->next = m;
	else
		run->machine = m;
	run->last_machine = m;
}

static void
add_lost(struct forest *f, struct forest_run *run, const struct event *ev)
{
	struct forest_index *x = f->index;
	struct moment *m = new_moment(x, ev);

	event_count_lost(ev, &f->nlost);
	if (x->last_lost)
		x->last_lost->next = m;
	else
		f->lost = m;
	x->last_lost = m;
	run->has_lost = true;
	run->lost = ev->ts;
}

struct process *
forest_add(struct forest *f, const struct event *ev)
{
	struct process *p = NULL;
	struct forest_run *run;

	if (!f->index)
		f->index = xcalloc(1, sizeof *f->index);
	run = find_run(f, ev);
	if (ev->ts > f->end)
		f->end = ev->ts;
	if (ev->ts > run->end)
		run->end = ev->ts;
	switch (ev->kind) {
	case EVENT_TRACE:
		if (!run->trace.line.len)
			run->trace = new_moment(f->index, ev)->ev;
		if (!f->trace.line.len)
			f->trace = run->trace;
		break;
	case EVENT_ROOT:
		if (run->root_pid >= 0)
			break;
		run->root_pid = ev->pid;
		run->root = find_open(f->index, run, ev->pid);
		break;
	case EVENT_LOST:
		add_lost(f, run, ev);
		break;
	case EVENT_MACHINE:
		add_machine(f, run, ev);
		break;
	case EVENT_TIMEOUT:
		if (!run->timeout)
			run->timeout = new_moment(f->index, ev);
		break;
	case EVENT_END:
		run->has_end = true;
		break;
	case EVENT_TICK:
		break;
	default:
		if (ev->has & HAS_PID)
			p = add_to_process(f, run, ev);
		break;
	}
	return p;
}

/* when it was alive for certain */
static uint64_t
last_seen(const struct process *p)
{
	const struct process *child = p->last_child;

	return child && child->has_fork && child->start > p->seen ? child->start :
	    p->seen;
}

const struct forest_run *
forest_run(struct forest *f, const struct event *ev)
{
	return find_run(f, ev);
}

/* The root of each run, and of all of them. */
static void
set_roots(struct forest *f)
{
	struct forest_run *run;
	struct process *p;

	f->has_end = f->runs != NULL;
	for (run = f->runs; run; run = run->next) {
		f->has_end &= run->has_end;
		if (!f->root)
			f->root = run->root;
	}
	for (p = f->roots; p; p = p->sibling)
		if (!p->run->root)
			f->index->by_number[p->run->number]->root = p;
	if (!f->root)
		f->root = f->roots;
	if (f->root)
		f->start = f->root->start;
	for (run = f->runs; run && f->nruns > 1; run = run->next)
		if (run->root && run->root->start < f->start)
			f->start = run->root->start;
}

void
forest_finish(struct forest *f)
{
	struct process *p;
	size_t i;

	for (i = 0; i < f->n; i++) {
		p = f->processes[i];
		if (!is_open(p))
			continue;
		p->end = p->run->end;
		p->lost_end = p->run->has_lost && p->run->lost >= last_seen(p);
	}
	set_roots(f);
}

int
forest_load(struct forest *f, struct timeline *t)
{
	struct event ev;
	int r;

	while ((r = timeline_next(t, &ev)) > 0)
		forest_add(f, &ev);
	forest_finish(f);
	return r;
}

struct process *
forest_next(const struct forest *f, const struct process *top,
    const struct process *p)
{
	if (!p)
		return top ? f->processes[top->id] : f->roots;
	if (p->children)
		return p->children;
	while (p && p != top && !p->sibling)
		p = p->parent;
	return p && p != top ? p->sibling : NULL;
}

const struct moment *
forest_exec(const struct moment *m)
{
	while (m && m->ev.kind != EVENT_EXEC)
		m = m->next;
	return m;
}

void
forest_free(struct forest *f)
{
	if (f->index) {
		arena_free(&f->index->arena);
		lastlives_free(&f->index->lives);
		free(f->index->by_number);
		runs_free(&f->index->runs);
		free(f->index);
	}
	free(f->processes);
	*f = (struct forest){ 0 };
}
