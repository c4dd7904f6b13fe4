#include "order.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

/* an event that waits for its turn, and its line */
struct kept {
	struct event ev;
	char line[];
};

/* Equal times go by CPU, then by arrival. */
struct waiting {
	uint64_t ts, arrival;
	struct kept *kept;
	int32_t cpu;
};

/* what is known of a CPU */
struct clock {
	uint64_t ts;		/* of its last line */
	bool awaited;		/* declared by trace cpus=, or it ticks */
};

struct order {
	struct waiting *heap;	/* binary, the next one first */
	size_t n, cap;
	uint64_t arrivals;
	struct clock *clocks;	/* indexed by CPU */
	size_t nclocks, nawaited;
	uint64_t least;		/* of the clocks that are awaited */
	bool declared;		/* trace cpus= was there */
	bool ended;
	uint64_t newest;
	struct waiting last;	/* what left last */
};

struct order *
order_new(void)
{
	struct order *t = xcalloc(1, sizeof *t);

	t->least = UINT64_MAX;
	return t;
}

static bool
before(const struct waiting *a, const struct waiting *b)
{
	if (a->ts != b->ts)
		return a->ts < b->ts;
	if (a->cpu != b->cpu)
		return a->cpu < b->cpu;
	return a->arrival < b->arrival;
}

static struct kept *
keep(const struct event *ev)
{
	struct kept *k = xmalloc(sizeof *k + ev->line.len);

	memcpy(k->line, ev->line.p, ev->line.len);
	k->ev = *ev;
	k->ev.line.p = k->line;
	k->ev.fields = k->line + (ev->fields - ev->line.p);
	return k;
}

static void
push(struct order *t, const struct event *ev, uint64_t ts)
{
	struct waiting w = {
		.ts = ts, .arrival = t->arrivals++, .cpu = ev->cpu,
		.kept = keep(ev),
	};
	size_t i, up;

	t->heap = grow(t->heap, t->n, &t->cap, sizeof *t->heap);
	for (i = t->n++; i; i = up) {
		up = (i - 1) / 2;
		if (!before(&w, &t->heap[up]))
			break;
		t->heap[i] = t->heap[up];
	}
	t->heap[i] = w;
}

static struct waiting
pop(struct order *t)
{
	struct waiting top = t->heap[0], w = t->heap[--t->n];
	size_t i, down;

	for (i = 0; (down = 2 * i + 1) < t->n; i = down) {
		if (down + 1 < t->n && before(&t->heap[down + 1], &t->heap[down]))
			down++;
		if (!before(&t->heap[down], &w))
			break;
		t->heap[i] = t->heap[down];
	}
	t->heap[i] = w;
	return top;
}

static struct clock *
cpu_clock(struct order *t, int32_t cpu)
{
	size_t want = (size_t)cpu + 1;

	if (want > t->nclocks) {
		t->clocks = xreallocarray(t->clocks, want, sizeof *t->clocks);
		memset(t->clocks + t->nclocks, 0,
		    (want - t->nclocks) * sizeof *t->clocks);
		t->nclocks = want;
	}
	return t->clocks + cpu;
}

static void
await(struct order *t, int32_t cpu)
{
	struct clock *c = cpu_clock(t, cpu);

	if (c->awaited)
		return;
	c->awaited = true;
	t->nawaited++;
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
declare(struct order *t, struct slice cpus)
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
set_least(struct order *t)
{
	size_t i;

	t->least = UINT64_MAX;
	for (i = 0; i < t->nclocks; i++)
		if (t->clocks[i].awaited && t->clocks[i].ts < t->least)
			t->least = t->clocks[i].ts;
}

/* Takes note of what a line says about the order of those that follow. */
static void
observe(struct order *t, const struct event *ev, uint64_t ts)
{
	struct slice cpus;
	struct clock *c;
	uint64_t before;

	if (ev->kind == EVENT_TRACE && event_get(ev, "cpus", &cpus))
		declare(t, cpus);
	if (ts > t->newest)
		t->newest = ts;
	if (!(ev->has & HAS_CPU))
		return;
	c = cpu_clock(t, ev->cpu);
	before = c->ts;
	if (ts > before)
		c->ts = ts;
	if (ev->kind == EVENT_TICK)
		await(t, ev->cpu);
	if (c->awaited && before == t->least)
		set_least(t);
}

/* The time up to which all is there. */
static uint64_t
horizon(const struct order *t)
{
	uint64_t window = t->newest < ORDER_WINDOW_NS ? 0 :
	    t->newest - ORDER_WINDOW_NS;

	return t->declared || t->least < window ? t->least : window;
}

/* Nothing that belongs before the next one can follow. */
static bool
is_ready(const struct order *t)
{
	const struct waiting *next = t->heap;

	return t->ended || next->ts < horizon(t) ||
	    (t->nawaited == 0 && t->n > ORDER_WINDOW_EVENTS);
}

static uint64_t
time_of(struct order *t, const struct event *ev)
{
	if (ev->has & HAS_TS)
		return ev->ts;
	if (ev->kind == EVENT_TRACE)
		return t->last.ts;
	return ev->has & HAS_CPU ? cpu_clock(t, ev->cpu)->ts : t->newest;
}

bool
order_push(struct order *t, const struct event *ev)
{
	uint64_t ts = time_of(t, ev);

	observe(t, ev, ts);
	if (ts < t->last.ts)
		return false;
	push(t, ev, ts);
	return true;
}

void
order_end(struct order *t)
{
	t->ended = true;
}

bool
order_pop(struct order *t, struct event *ev)
{
	if (!t->n || !is_ready(t))
		return false;
	free(t->last.kept);
	t->last = pop(t);
	*ev = t->last.kept->ev;
	return true;
}

void
order_free(struct order *t)
{
	while (t->n)
		free(pop(t).kept);
	free(t->last.kept);
	free(t->heap);
	free(t->clocks);
	free(t);
}
