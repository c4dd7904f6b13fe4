/* lifetimes - forests of a few processes, or of many random ones */
#ifndef LIFETIMES_H
#define LIFETIMES_H

#include <inttypes.h>
#include <stdint.h>

#include "tap.h"
#include "tree/forest.h"

/* end UINT64_MAX: still runs */
struct lifetime {
	unsigned pid, ppid;
	uint64_t start, end;
};

struct lifetime_event {
	uint64_t ts;
	size_t i;
	bool exit;
};

/* forks before exits */
static inline int
lifetimes_order(const void *a, const void *b)
{
	const struct lifetime_event *x = a, *y = b;

	if (x->ts != y->ts)
		return x->ts < y->ts ? -1 : 1;
	if (x->exit != y->exit)
		return x->exit ? 1 : -1;
	return x->i < y->i ? -1 : x->i > y->i;
}

/* The forest of n lifetimes, whose recording ends at the time of the last
 * event; the first one is the root. */
static inline void
lifetimes_plant(struct forest *f, const struct lifetime *l, size_t n)
{
	struct lifetime_event *events = xreallocarray(NULL, 2 * n, sizeof *events);
	struct buf line = { 0 };
	struct event ev;
	size_t nevents = 0, i;
	const char *why;

	for (i = 0; i < n; i++) {
		events[nevents++] = (struct lifetime_event){ l[i].start, i, false };
		if (l[i].end != UINT64_MAX)
			events[nevents++] = (struct lifetime_event){ l[i].end, i,
			    true };
	}
	qsort(events, nevents, sizeof *events, lifetimes_order);
	for (i = 0; i < nevents; i++) {
		line.len = 0;
		event_begin(&line, events[i].exit ? "exit" : "fork");
		event_add_number(&line, "ts", events[i].ts);
		event_add_number(&line, "pid", l[events[i].i].pid);
		event_add_number(&line, "ppid", l[events[i].i].ppid);
		event_add_number(&line, "pgid", 1);
		event_add_number(&line, "sid", 1);
		why = event_parse(&ev, line.p, line.len);
		if (why)
			printf("Bail out! %s\n", why);
		forest_add(f, &ev);
	}
	forest_finish(f);
	free(events);
	free(line.p);
}

/* "PID PPID START-END" each, END "?" if it still runs, separated by ", " */
static inline size_t
lifetimes_parse(const char *s, struct lifetime *l, size_t max)
{
	char *p = xstrdup(s), *free_me = p;
	size_t n = 0;

	while (*p && n < max) {
		l[n].pid = (unsigned)strtoul(p, &p, 10);
		l[n].ppid = (unsigned)strtoul(p, &p, 10);
		l[n].start = strtoull(p, &p, 10);
		p++;
		if (*p == '?') {
			p++;
			l[n].end = UINT64_MAX;
		} else {
			l[n].end = strtoull(p, &p, 10);
		}
		n++;
		p += strspn(p, ", ");
	}
	free(free_me);
	return n;
}

/* a forest of what lifetimes_parse() takes */
static inline void
lifetimes_forest(struct forest *f, const char *s)
{
	struct lifetime l[32];
	size_t n = lifetimes_parse(s, l, sizeof l / sizeof *l);

	lifetimes_plant(f, l, n);
}

/* not random enough for anything else */
static inline uint64_t
lifetimes_random(uint64_t *state, uint64_t below)
{
	*state = *state * 6364136223846793005 + 1442695040888963407;
	return (*state >> 33) % below;
}

/* n processes, each forked by one before it while that lives */
static inline void
lifetimes_any(struct forest *f, size_t n, uint64_t seed)
{
	struct lifetime *l = xreallocarray(NULL, n, sizeof *l);
	uint64_t span = 4 * n;
	size_t i, parent;

	l[0] = (struct lifetime){ 1, 0, 0, lifetimes_random(&seed, span) };
	for (i = 1; i < n; i++) {
		parent = lifetimes_random(&seed, i);
		if (lifetimes_random(&seed, 2) && i > 8)
			parent = i - 1 - lifetimes_random(&seed, 8);
		l[i].pid = (unsigned)i + 1;
		l[i].ppid = l[parent].pid;
		l[i].start = l[parent].start;
		if (l[parent].end != UINT64_MAX)
			l[i].start += lifetimes_random(&seed,
			    l[parent].end - l[parent].start + 1);
		l[i].end = l[i].start + lifetimes_random(&seed, span / 3);
		if (!lifetimes_random(&seed, 50))
			l[i].end = UINT64_MAX;
	}
	lifetimes_plant(f, l, n);
	free(l);
}

#endif
