#include "event/reorder.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* an event that waits for its turn, and its line */
struct waiting {
	struct event ev;
	uint64_t ts, arrival;
	struct waiting *next;	/* of its run */
	char line[];
};

/* A CPU, or what has none. Its lines come in order, or nearly so: each one
 * that goes back in time begins another run. */
struct cpu {
	uint64_t ts;		/* of its last line */
	struct waiting *tail;	/* of its last run; NULL: has left */
	bool awaited;		/* declared by trace cpus=, or it ticks */
};

struct reorder {
	struct waiting **runs;	/* binary heap, the run with the next on top */
	size_t nruns, cap;
	size_t waiting;		/* bytes */
	uint64_t arrivals;
	struct cpu *cpus;	/* indexed by CPU + 1 */
	size_t ncpus;
	uint64_t least;		/* ts of those that are awaited */
	bool declared;		/* trace cpus= was there */
	bool ended;
	uint64_t newest;
	struct waiting *last;	/* what left last */
	uint64_t last_ts;
};

struct reorder *
reorder_new(void)
{
	struct reorder *t = xcalloc(1, sizeof *t);

	t->least = UINT64_MAX;
	return t;
}

static struct cpu *
find_cpu(struct reorder *t, int32_t cpu)
{
	size_t i = (size_t)(cpu + 1);

	if (i >= t->ncpus) {
		t->cpus = xreallocarray(t->cpus, i + 1, sizeof *t->cpus);
		memset(t->cpus + t->ncpus, 0,
		    (i + 1 - t->ncpus) * sizeof *t->cpus);
		t->ncpus = i + 1;
	}
	return t->cpus + i;
}

/* Equal times go by CPU, then by arrival. */
static bool
before(const struct waiting *a, const struct waiting *b)
{
	if (a->ts != b->ts)
		return a->ts < b->ts;
	if (a->ev.cpu != b->ev.cpu)
		return a->ev.cpu < b->ev.cpu;
	return a->arrival < b->arrival;
}

static void
add_run(struct reorder *t, struct waiting *w)
{
	size_t i, up;

	t->runs = grow(t->runs, t->nruns, &t->cap, sizeof *t->runs);
	for (i = t->nruns++; i; i = up) {
		up = (i - 1) / 2;
		if (!before(w, t->runs[up]))
			break;
		t->runs[i] = t->runs[up];
	}
	t->runs[i] = w;
}

static size_t
size_of(const struct waiting *w)
{
	return sizeof *w + w->ev.line.len;
}

static void
push(struct reorder *t, const struct event *ev, uint64_t ts)
{
	struct waiting *w = xmalloc(sizeof *w + ev->line.len);
	struct cpu *cpu = find_cpu(t, ev->cpu);

	*w = (struct waiting){ .ev = *ev, .ts = ts, .arrival = t->arrivals++ };
	memcpy(w->line, ev->line.p, ev->line.len);
	w->ev.line.p = w->line;
	if (cpu->tail && cpu->tail->ts <= ts)
		cpu->tail->next = w;
	else
		add_run(t, w);
	cpu->tail = w;
	t->waiting += size_of(w);
}

/* the next one, with the rest of its run put in its place */
static struct waiting *
pop(struct reorder *t)
{
	struct waiting *top = t->runs[0], *w = top->next;
	struct cpu *cpu = find_cpu(t, top->ev.cpu);
	size_t i, down;

	if (!w)
		w = t->runs[--t->nruns];
	for (i = 0; (down = 2 * i + 1) < t->nruns; i = down) {
		if (down + 1 < t->nruns && before(t->runs[down + 1], t->runs[down]))
			down++;
		if (!before(t->runs[down], w))
			break;
		t->runs[i] = t->runs[down];
	}
	t->runs[i] = w;
	if (cpu->tail == top)
		cpu->tail = NULL;
	t->waiting -= size_of(top);
	return top;
}

static void
await(struct reorder *t, int32_t cpu)
{
	struct cpu *c = find_cpu(t, cpu);

	if (c->awaited)
		return;
	c->awaited = true;
	if (c->ts < t->least)
		t->least = c->ts;
}

/* Takes the next range, "5" or "0-3", off a list: false if it is none. */
static bool
next_range(struct slice *list, int32_t *first, int32_t *last)
{
	const char *comma = memchr(list->p, ',', list->len), *dash;
	size_t len = comma ? (size_t)(comma - list->p) : list->len, head;
	uint64_t from, to;

	dash = memchr(list->p, '-', len);
	head = dash ? (size_t)(dash - list->p) : len;
	if (!text_number(list->p, head, EVENT_CPU_MAX - 1, &from))
		return false;
	to = from;
	if (dash && !text_number(dash + 1, len - head - 1, EVENT_CPU_MAX - 1, &to))
		return false;
	*first = (int32_t)from;
	*last = (int32_t)to;
	if (comma)
		*list = (struct slice){ comma + 1, list->len - len - 1 };
	else
		list->p = NULL;
	return from <= to;
}

/* Awaits the CPUs of a list such as "0-3,5", as in
 * /sys/devices/system/cpu/online. What is no such list declares nothing. */
static void
declare(struct reorder *t, struct slice cpus)
{
	struct slice rest = cpus;
	int32_t cpu, last;

	while (rest.p)
		if (!next_range(&rest, &cpu, &last))
			return;
	while (cpus.p && next_range(&cpus, &cpu, &last))
		for (; cpu <= last; cpu++)
			await(t, cpu);
	t->declared = true;
}

static void
set_least(struct reorder *t)
{
	size_t i;

	t->least = UINT64_MAX;
	for (i = 0; i < t->ncpus; i++)
		if (t->cpus[i].awaited && t->cpus[i].ts < t->least)
			t->least = t->cpus[i].ts;
}

/* A line of a CPU: nothing earlier of it will follow. */
static void
hear(struct reorder *t, struct cpu *cpu, uint64_t ts)
{
	bool held_back = cpu->awaited && cpu->ts == t->least;

	if (ts <= cpu->ts)
		return;
	cpu->ts = ts;
	if (held_back)
		set_least(t);
}

void
reorder_forget(struct reorder *t, int32_t cpu)
{
	find_cpu(t, cpu)->awaited = false;
	set_least(t);
}

/* Takes note of what a line says about the order of those that follow. */
static void
observe(struct reorder *t, const struct event *ev, uint64_t ts)
{
	struct slice cpus;
	uint64_t rest;

	if (ev->kind == EVENT_TRACE && event_get(ev, "cpus", &cpus))
		declare(t, cpus);
	if (ev->kind == EVENT_TICK)
		await(t, ev->cpu);
	if (ev->kind == EVENT_LOST && ev->has & HAS_CPU &&
	    event_get_number(ev, "rest", &rest) && rest)
		reorder_forget(t, ev->cpu);
	if (ev->has & HAS_CPU)
		hear(t, find_cpu(t, ev->cpu), ts);
	/* a root line names a process that may begin much later */
	if (ts > t->newest && ev->kind != EVENT_ROOT)
		t->newest = ts;
}

/* Nothing that belongs before the next one can follow. */
static bool
is_ready(const struct reorder *t)
{
	uint64_t next = t->runs[0]->ts;

	if (t->ended)
		return true;
	if (next >= t->least)		/* UINT64_MAX: nobody is awaited */
		return false;
	return t->declared || t->waiting > REORDER_WINDOW_BYTES ||
	    (t->newest > next && t->newest - next > REORDER_WINDOW_NS);
}

static uint64_t
time_of(struct reorder *t, const struct event *ev)
{
	if (ev->has & HAS_TS)
		return ev->ts;
	if (ev->kind == EVENT_TRACE)
		return t->last_ts;
	return ev->has & HAS_CPU ? find_cpu(t, ev->cpu)->ts : t->newest;
}

bool
reorder_push(struct reorder *t, const struct event *ev)
{
	uint64_t ts = time_of(t, ev);

	observe(t, ev, ts);
	if (ts < t->last_ts)
		return false;
	push(t, ev, ts);
	return true;
}

void
reorder_end(struct reorder *t)
{
	t->ended = true;
}

bool
reorder_pop(struct reorder *t, struct event *ev)
{
	if (!t->nruns || !is_ready(t))
		return false;
	free(t->last);
	t->last = pop(t);
	t->last_ts = t->last->ts;
	*ev = t->last->ev;
	return true;
}

void
reorder_free(struct reorder *t)
{
	while (t->nruns)
		free(pop(t));
	free(t->last);
	free(t->runs);
	free(t->cpus);
	free(t);
}
