#include "analysis/waitgraph.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"

static void
add_end(struct waitgraph *l, const struct process *p, const struct event *ev)
{
	struct waitgraph_end end = { .p = p };
	struct slice type, mode;

	if (!event_get(ev, "type", &type) || !slice_is(type, "pipe") ||
	    !event_get(ev, "mode", &mode) ||
	    !event_get_number(ev, "fd", &end.fd) ||
	    !event_get_number(ev, "ino", &end.ino))
		return;
	end.reads = memchr(mode.p, 'r', mode.len);
	end.writes = memchr(mode.p, 'w', mode.len);
	l->ends = grow(l->ends, l->nends, &l->ends_cap, sizeof *l->ends);
	l->ends[l->nends++] = end;
}

static void
add_wait(struct waitgraph *l, const struct process *p, const struct event *ev)
{
	struct waitgraph_wait wait = { .p = p };
	struct slice call;

	if (!event_get(ev, "call", &call))
		return;
	if (slice_is(call, "wait")) {
		wait.what = WAITGRAPH_CHILD;
		wait.known = event_get_number(ev, "child", &wait.n);
	} else {
		wait.what = slice_is(call, "write") ? WAITGRAPH_WRITE : WAITGRAPH_READ;
		wait.known = event_get_number(ev, "fd", &wait.n);
	}
	l->waits = grow(l->waits, l->nwaits, &l->waits_cap, sizeof *l->waits);
	l->waits[l->nwaits++] = wait;
}

static bool
is_looked_at(const struct event *ev)
{
	return ev->kind == EVENT_FD || ev->kind == EVENT_WAIT;
}

/* the time of the first look after a time; UINT64_MAX: there is none */
static uint64_t
next_time(const struct forest *f, uint64_t after)
{
	uint64_t next = UINT64_MAX;
	const struct moment *m;
	size_t i;

	for (i = 0; i < f->n; i++)
		for (m = f->processes[i]->events; m; m = m->next)
			if (is_looked_at(&m->ev) && m->ev.ts > after &&
			    m->ev.ts < next)
				next = m->ev.ts;
	return next;
}

static void
look_at(struct waitgraph *l, const struct forest *f, uint64_t ts)
{
	const struct process *p;
	const struct moment *m;
	bool seen;
	size_t i;

	l->ts = ts;
	l->nalive = l->nends = l->nwaits = 0;
	for (i = 0; i < f->n; i++) {
		p = f->processes[i];
		seen = false;
		for (m = p->events; m; m = m->next) {
			if (!is_looked_at(&m->ev) || m->ev.ts != ts)
				continue;
			seen = true;
			if (m->ev.kind == EVENT_FD)
				add_end(l, p, &m->ev);
			else
				add_wait(l, p, &m->ev);
		}
		if (seen) {
			l->alive = grow(l->alive, l->nalive, &l->alive_cap,
			    sizeof *l->alive);
			l->alive[l->nalive++] = p;
		}
	}
}

bool
waitgraph_is_hidden(const struct waitgraph *l, const struct process *p)
{
	const struct moment *m;
	struct slice call;

	for (m = p->events; m; m = m->next)
		if (m->ev.ts == l->ts && (m->ev.kind == EVENT_FD ||
		    (m->ev.kind == EVENT_WAIT && event_get(&m->ev, "call", &call))))
			return false;
	return true;
}

/* the pipe's end behind a descriptor of a process, or NULL */
static const struct waitgraph_end *
find_end(const struct waitgraph *l, const struct process *p, uint64_t fd)
{
	size_t i;

	for (i = 0; i < l->nends; i++)
		if (l->ends[i].p == p && l->ends[i].fd == fd)
			return &l->ends[i];
	return NULL;
}

const struct waitgraph_end *
waitgraph_pipe(const struct waitgraph *l, const struct waitgraph_wait *w)
{
	return w->what != WAITGRAPH_CHILD && w->known ? find_end(l, w->p, w->n) : NULL;
}

bool
waitgraph_is_awaited(const struct waitgraph_wait *w, const struct waitgraph_end *at,
    const struct waitgraph_end *other)
{
	return other->ino == at->ino &&
	    (w->what == WAITGRAPH_READ ? other->writes : other->reads);
}

/* which one of alive it is; nalive: none */
static size_t
place_of(const struct waitgraph *l, const struct process *p)
{
	size_t i = 0;

	while (i < l->nalive && l->alive[i] != p)
		i++;
	return i;
}

bool
waitgraph_is_alive(const struct waitgraph *l, const struct process *p)
{
	return place_of(l, p) < l->nalive;
}

static bool
is_awaited_child(const struct waitgraph_wait *w, const struct process *child)
{
	return w->what == WAITGRAPH_CHILD && child->parent == w->p &&
	    (!w->known || child->pid == (int32_t)w->n);
}

const struct waitgraph_wait *
waitgraph_why(const struct waitgraph *l, const struct process *p, const struct process *q)
{
	const struct waitgraph_end *at;
	const struct waitgraph_wait *w;
	size_t i;

	for (w = l->waits; w < l->waits + l->nwaits; w++) {
		if (w->p != p)
			continue;
		if (is_awaited_child(w, q))
			return w;
		at = waitgraph_pipe(l, w);
		for (i = 0; at && i < l->nends; i++)
			if (l->ends[i].p == q && waitgraph_is_awaited(w, at, &l->ends[i]))
				return w;
	}
	return NULL;
}

static void
find_waits_for(struct waitgraph *l)
{
	const struct waitgraph_wait *w;
	const struct waitgraph_end *at;
	bool *row;
	size_t i;

	l->waits_for = xcalloc(l->nalive * l->nalive, sizeof *l->waits_for);
	for (w = l->waits; w < l->waits + l->nwaits; w++) {
		row = l->waits_for + place_of(l, w->p) * l->nalive;
		for (i = 0; w->what == WAITGRAPH_CHILD && i < l->nalive; i++)
			row[i] |= is_awaited_child(w, l->alive[i]);
		at = waitgraph_pipe(l, w);
		for (i = 0; at && i < l->nends; i++)
			if (waitgraph_is_awaited(w, at, &l->ends[i]))
				row[place_of(l, l->ends[i].p)] = true;
	}
}

/* Breadth-first search. */
bool
waitgraph_circle(const struct waitgraph *l, size_t from, size_t *previous)
{
	size_t *queue = xreallocarray(NULL, l->nalive, sizeof *queue);
	size_t head = 0, tail = 0, i, p;
	bool found = false;

	for (i = 0; i < l->nalive; i++)
		previous[i] = SIZE_MAX;
	queue[tail++] = from;
	while (head < tail && !found) {
		p = queue[head++];
		for (i = 0; i < l->nalive && !found; i++) {
			if (i == p || previous[i] != SIZE_MAX ||
			    !l->waits_for[p * l->nalive + i])
				continue;
			previous[i] = p;
			if (i == from)
				found = true;
			else
				queue[tail++] = i;
		}
	}
	free(queue);
	return found;
}

bool
waitgraph_take(struct waitgraph *l, const struct forest *f)
{
	uint64_t ts = next_time(f, 0), best = ts;
	size_t i, n, most = 0;

	if (ts == UINT64_MAX)
		return false;
	for (; ts != UINT64_MAX; ts = next_time(f, ts)) {
		look_at(l, f, ts);
		for (n = i = 0; i < l->nwaits; i++)
			n += waitgraph_pipe(l, &l->waits[i]) != NULL;
		if (n >= most) {
			most = n;
			best = ts;
		}
	}
	look_at(l, f, best);
	for (i = 0; i < l->nalive; i++)
		l->hidden |= waitgraph_is_hidden(l, l->alive[i]);
	find_waits_for(l);
	return true;
}

void
waitgraph_free(struct waitgraph *l)
{
	free(l->alive);
	free(l->ends);
	free(l->waits);
	free(l->waits_for);
	*l = (struct waitgraph){ 0 };
}
