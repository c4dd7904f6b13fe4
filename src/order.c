#include "order.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

/* A line that waits for its turn. Equal times go by CPU, then by arrival. */
struct waiting {
	uint64_t ts, arrival;
	char *line;
	size_t len;
	int32_t cpu;
};

/* what is known of a CPU that is waited for */
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
	bool declared;		/* trace cpus= was there */
	bool ended;
	uint64_t horizon;	/* nothing earlier can follow */
	uint64_t newest;
	struct waiting last;	/* what left last */
};

struct order *
order_new(void)
{
	return xcalloc(1, sizeof(struct order));
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

static void
push(struct order *t, const struct event *ev, uint64_t ts)
{
	struct waiting w = {
		.ts = ts, .arrival = t->arrivals++, .cpu = ev->cpu,
		.line = xmemdup(ev->line.p, ev->line.len), .len = ev->line.len,
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

	if (!c->awaited)
		t->nawaited++;
	c->awaited = true;
}

/* Awaits the CPUs of a list such as "0-3,5", as in
 * /sys/devices/system/cpu/online. What is no such list declares nothing. */
static void
declare(struct order *t, struct slice cpus)
{
	const char *p = cpus.p, *end = p + cpus.len, *stop, *dash;
	uint64_t first, last;

	for (; p < end; p = stop + 1) {
		stop = memchr(p, ',', (size_t)(end - p));
		if (!stop)
			stop = end;
		dash = memchr(p, '-', (size_t)(stop - p));
		if (!text_number(p, (size_t)((dash ? dash : stop) - p),
		    EVENT_CPU_MAX - 1, &first))
			return;
		last = first;
		if (dash && !text_number(dash + 1, (size_t)(stop - dash - 1),
		    EVENT_CPU_MAX - 1, &last))
			return;
		for (; first <= last; first++)
			await(t, (int32_t)first);
		t->declared = true;
	}
}

/* The time up to which all is there. */
static void
move_horizon(struct order *t)
{
	uint64_t least = UINT64_MAX;
	size_t i;

	for (i = 0; i < t->nclocks; i++)
		if (t->clocks[i].awaited && t->clocks[i].ts < least)
			least = t->clocks[i].ts;
	if (!t->declared) {
		if (t->newest < ORDER_WINDOW_NS)
			least = 0;
		else if (t->newest - ORDER_WINDOW_NS < least)
			least = t->newest - ORDER_WINDOW_NS;
	}
	if (least > t->horizon)
		t->horizon = least;
}

/* Takes note of what a line says about the order of those that follow. */
static void
observe(struct order *t, const struct event *ev)
{
	struct slice cpus;
	struct clock *c;
	bool moves = false;

	if (ev->kind == EVENT_TRACE && event_get(ev, "cpus", &cpus))
		declare(t, cpus);
	if (ev->ts > t->newest) {
		t->newest = ev->ts;
		moves = !t->declared;
	}
	if (ev->has & HAS_CPU && ev->kind != EVENT_LOST) {
		if (ev->kind == EVENT_TICK)
			await(t, ev->cpu);
		c = cpu_clock(t, ev->cpu);
		moves = moves || (c->awaited && c->ts <= t->horizon);
		if (ev->ts > c->ts)
			c->ts = ev->ts;
	}
	if (moves)
		move_horizon(t);
}

/* Nothing that belongs before the next one can follow. */
static bool
is_ready(const struct order *t)
{
	const struct waiting *next = t->heap;

	return t->ended || next->ts < t->horizon ||
	    (t->nawaited == 0 && t->n > ORDER_WINDOW_EVENTS);
}

bool
order_push(struct order *t, const struct event *ev)
{
	uint64_t ts = ev->has & HAS_TS ? ev->ts : t->newest;

	if (ev->has & HAS_TS || ev->kind == EVENT_TRACE)
		observe(t, ev);
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
	free(t->last.line);
	t->last = pop(t);
	event_parse(ev, t->last.line, t->last.len);
	return true;
}

void
order_free(struct order *t)
{
	while (t->n)
		free(pop(t).line);
	free(t->last.line);
	free(t->heap);
	free(t->clocks);
	free(t);
}
