#include "analysis/waitgraph.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/outsidesignal.h"
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

static enum waitgraph_what
kind_of(struct slice call)
{
	static const char *const reads[] = {
		"read", "poll", "select", "epoll", NULL,
	};

	if (slice_is_one_of(call, reads))
		return WAITGRAPH_READ;
	return slice_is(call, "write") ? WAITGRAPH_WRITE : WAITGRAPH_OTHER;
}

static void
add_wait(struct waitgraph *l, const struct process *p, const struct event *ev)
{
	struct waitgraph_wait wait = { .p = p, .event = ev };
	struct slice call;

	if (!event_get(ev, "call", &call))
		return;
	if (slice_is(call, "wait")) {
		wait.what = WAITGRAPH_CHILD;
		wait.known = event_get_number(ev, "child", &wait.n);
	} else {
		wait.what = kind_of(call);
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

/* one thing that was seen of a process */
struct sight {
	uint64_t ts;
	const struct process *p;
	const struct moment *m;
	size_t order;
};

static int
by_time(const void *a, const void *b)
{
	const struct sight *x = a, *y = b;

	if (x->ts != y->ts)
		return x->ts < y->ts ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* All that was seen, by its time, its process and its order. */
static size_t
all_sights(const struct forest *f, struct sight **sights)
{
	const struct moment *m;
	size_t i, n = 0, cap = 0;

	*sights = NULL;
	for (i = 0; i < f->n; i++)
		for (m = f->processes[i]->events; m; m = m->next) {
			if (!is_looked_at(&m->ev))
				continue;
			*sights = grow(*sights, n, &cap, sizeof **sights);
			(*sights)[n] = (struct sight){ m->ev.ts,
			    f->processes[i], m, n };
			n++;
		}
	if (n)
		qsort(*sights, n, sizeof **sights, by_time);
	return n;
}

static int
by_descriptor(const void *a, const void *b)
{
	const struct waitgraph_end *x = a, *y = b;

	if (x->p != y->p)
		return x->p->id < y->p->id ? -1 : 1;
	return x->fd < y->fd ? -1 : x->fd > y->fd;
}

static int
by_inode(const void *a, const void *b)
{
	const struct waitgraph_end *const *x = a, *const *y = b;

	if ((*x)->p->run != (*y)->p->run)
		return (*x)->p->run->number < (*y)->p->run->number ? -1 : 1;
	if ((*x)->ino != (*y)->ino)
		return (*x)->ino < (*y)->ino ? -1 : 1;
	return *x < *y ? -1 : *x > *y;	/* of one array */
}

static void
add_alive(struct waitgraph *l, const struct process *p)
{
	size_t cap = l->alive_cap;

	if (l->nalive && l->alive[l->nalive - 1] == p)
		return;
	l->alive = grow(l->alive, l->nalive, &l->alive_cap, sizeof *l->alive);
	if (l->alive_cap != cap)
		l->nothing_seen = xreallocarray(l->nothing_seen, l->alive_cap,
		    sizeof *l->nothing_seen);
	l->nothing_seen[l->nalive] = true;
	l->alive[l->nalive++] = p;
}

/* what was seen at one time */
static void
look_at(struct waitgraph *l, const struct sight *s, size_t n)
{
	const struct event *ev;
	struct slice call;
	size_t i;

	l->ts = s->ts;
	l->nalive = l->nends = l->nwaits = 0;
	for (i = 0; i < n; i++) {
		ev = &s[i].m->ev;
		add_alive(l, s[i].p);
		if (ev->kind == EVENT_FD)
			add_end(l, s[i].p, ev);
		else
			add_wait(l, s[i].p, ev);
		if (ev->kind == EVENT_FD || event_get(ev, "call", &call))
			l->nothing_seen[l->nalive - 1] = false;
	}
	if (l->nends)
		qsort(l->ends, l->nends, sizeof *l->ends, by_descriptor);
}

static void
index_pipes(struct waitgraph *l)
{
	size_t i;

	l->by_pipe = xreallocarray(l->by_pipe, l->nends, sizeof *l->by_pipe);
	for (i = 0; i < l->nends; i++)
		l->by_pipe[i] = &l->ends[i];
	if (l->nends)
		qsort(l->by_pipe, l->nends, sizeof *l->by_pipe, by_inode);
}

size_t
waitgraph_place(const struct waitgraph *l, const struct process *p)
{
	size_t low = 0, high = l->nalive, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (l->alive[mid]->id < p->id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < l->nalive && l->alive[low] == p ? low : l->nalive;
}

bool
waitgraph_is_alive(const struct waitgraph *l, const struct process *p)
{
	return waitgraph_place(l, p) < l->nalive;
}

bool
waitgraph_is_hidden(const struct waitgraph *l, const struct process *p)
{
	size_t i = waitgraph_place(l, p);

	return i == l->nalive || l->nothing_seen[i];
}

const struct waitgraph_end *
waitgraph_pipe(const struct waitgraph *l, const struct waitgraph_wait *w)
{
	struct waitgraph_end key = { .p = w->p, .fd = w->n };

	if (w->what >= WAITGRAPH_CHILD || !w->known || !l->nends)
		return NULL;
	return bsearch(&key, l->ends, l->nends, sizeof *l->ends, by_descriptor);
}

bool
waitgraph_is_same_pipe(const struct waitgraph_end *a, const struct waitgraph_end *b)
{
	return a->ino == b->ino && a->p->run == b->p->run;
}

/* the first in by_pipe that is not before those of a pipe, or (behind) not one
 * of them either */
static size_t
bound(const struct waitgraph *l, const struct waitgraph_end *of, bool behind)
{
	size_t low = 0, high = l->nends, mid;
	bool before;

	while (low < high) {
		mid = low + (high - low) / 2;
		before = waitgraph_is_same_pipe(l->by_pipe[mid], of) ? behind :
		    by_inode(&l->by_pipe[mid], &of) < 0;
		if (before)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

size_t
waitgraph_ends(const struct waitgraph *l, const struct waitgraph_end *of,
    size_t *n)
{
	size_t first = bound(l, of, false);

	*n = bound(l, of, true) - first;
	return first;
}

const struct waitgraph_end *
waitgraph_held(const struct waitgraph *l, const struct process *p, size_t *n)
{
	size_t low = 0, high = l->nends, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (l->ends[mid].p->id < p->id)
			low = mid + 1;
		else
			high = mid;
	}
	for (*n = 0; low + *n < l->nends && l->ends[low + *n].p == p; )
		++*n;
	return l->ends + low;
}

bool
waitgraph_is_awaited(const struct waitgraph_wait *w,
    const struct waitgraph_end *at, const struct waitgraph_end *other)
{
	return waitgraph_is_same_pipe(other, at) &&
	    (w->what == WAITGRAPH_READ ? other->writes : other->reads);
}

static bool
is_awaited_child(const struct waitgraph_wait *w, const struct process *child)
{
	return w->what == WAITGRAPH_CHILD && child->parent == w->p &&
	    (!w->known || child->pid == (int32_t)w->n);
}

/* the first wait of a process, and behind the last of all for none */
static size_t
first_wait(const struct waitgraph *l, const struct process *p)
{
	size_t low = 0, high = l->nwaits, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (l->waits[mid].p->id < p->id)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct waitgraph_wait *
waitgraph_why(const struct waitgraph *l, const struct process *p,
    const struct process *q)
{
	const struct waitgraph_end *at;
	const struct waitgraph_wait *w;
	size_t i, first, n;

	for (w = l->waits + first_wait(l, p); w < l->waits + l->nwaits &&
	    w->p == p; w++) {
		if (is_awaited_child(w, q))
			return w;
		if (!(at = waitgraph_pipe(l, w)))
			continue;
		first = waitgraph_ends(l, at, &n);
		for (i = first; i < first + n; i++)
			if (l->by_pipe[i]->p == q &&
			    waitgraph_is_awaited(w, at, l->by_pipe[i]))
				return w;
	}
	return NULL;
}

const struct waitgraph_wait *
waitgraph_waits(const struct waitgraph *l, const struct process *p, size_t *n)
{
	size_t first = first_wait(l, p);

	for (*n = 0; first + *n < l->nwaits && l->waits[first + *n].p == p; )
		++*n;
	return l->waits + first;
}

bool
waitgraph_is_waiting(const struct waitgraph *l, const struct process *p)
{
	size_t n, i;
	const struct waitgraph_wait *waits = waitgraph_waits(l, p, &n);

	for (i = 0; i < n; i++)
		if (waits[i].what == WAITGRAPH_CHILD || waitgraph_pipe(l, &waits[i]))
			return true;
	return false;
}

const struct event *
waitgraph_descriptor(const struct waitgraph *l, const struct process *p,
    uint64_t fd)
{
	const struct moment *m;
	uint64_t n;

	for (m = p->events; m; m = m->next)
		if (m->ev.kind == EVENT_FD && m->ev.ts == l->ts &&
		    event_get_number(&m->ev, "fd", &n) && n == fd)
			return &m->ev;
	return NULL;
}

const struct moment *
waitgraph_outsider(const struct waitgraph *l, const struct waitgraph_wait *w,
    const struct moment *after)
{
	const struct moment *m = after ? after->next : w->p->events;
	uint64_t fd;

	for (; m; m = m->next)
		if (m->ev.kind == EVENT_HOLDER && m->ev.ts == l->ts && w->known &&
		    event_get_number(&m->ev, "fd", &fd) && fd == w->n)
			return m;
	return NULL;
}

/* The look at which most wait for pipes, the last of several. */
bool
waitgraph_take(struct waitgraph *l, const struct forest *f)
{
	struct sight *sights;
	size_t n = all_sights(f, &sights), i, k, best = 0, nbest = 0, most = 0, here;

	l->signalled = n ? outsidesignal_find(f) : UINT64_MAX;
	for (i = 0; i < n; i += k) {
		if (i && sights[i].ts > l->signalled)
			break;
		for (k = 1; i + k < n && sights[i + k].ts == sights[i].ts; k++)
			;
		look_at(l, sights + i, k);
		for (here = 0; l->nwaits; l->nwaits--)
			here += waitgraph_pipe(l, &l->waits[l->nwaits - 1]) != NULL;
		if (here >= most) {
			most = here;
			best = i;
			nbest = k;
		}
	}
	if (n) {
		look_at(l, sights + best, nbest);
		index_pipes(l);
		for (i = 0; i < l->nalive; i++)
			l->hidden |= l->nothing_seen[i];
	}
	free(sights);
	return n > 0;
}

void
waitgraph_free(struct waitgraph *l)
{
	free(l->alive);
	free(l->nothing_seen);
	free(l->ends);
	free(l->by_pipe);
	free(l->waits);
	*l = (struct waitgraph){ 0 };
}
