#include "hang.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "label.h"
#include "slice.h"
#include "text.h"

enum { COMMAND_SHOWN = 60 };

/* a pipe's end that a process has open */
struct end {
	const struct process *p;
	uint64_t fd, ino;
	bool reads, writes;
};

/* what a thread of a process waits for */
struct wait {
	const struct process *p;
	enum { WAIT_READ, WAIT_WRITE, WAIT_CHILD } what;
	bool known;		/* which descriptor, or which child */
	uint64_t n;		/* that */
};

/* the processes at one moment */
struct look {
	uint64_t ts;
	const struct process **alive;
	size_t nalive, alive_cap;
	struct end *ends;
	size_t nends, ends_cap;
	struct wait *waits;
	size_t nwaits, waits_cap;
	bool *told;		/* who has started it; by id */
	bool hidden;		/* of some of them nothing could be seen */
	bool *waits_for;	/* alive[i] for alive[k]: [i * nalive + k] */
};

static void
add_end(struct look *l, const struct process *p, const struct event *ev)
{
	struct end end = { .p = p };
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
add_wait(struct look *l, const struct process *p, const struct event *ev)
{
	struct wait wait = { .p = p };
	struct slice call;

	if (!event_get(ev, "call", &call))
		return;
	if (slice_is(call, "wait")) {
		wait.what = WAIT_CHILD;
		wait.known = event_get_number(ev, "child", &wait.n);
	} else {
		wait.what = slice_is(call, "write") ? WAIT_WRITE : WAIT_READ;
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
next_look(const struct forest *f, uint64_t after)
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
look_at(struct look *l, const struct forest *f, uint64_t ts)
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

static void
free_look(struct look *l)
{
	free(l->alive);
	free(l->ends);
	free(l->waits);
	free(l->told);
	free(l->waits_for);
}

/* All that is known is that it was alive. */
static bool
is_hidden(const struct process *p, uint64_t ts)
{
	const struct moment *m;
	struct slice call;

	for (m = p->events; m; m = m->next)
		if (m->ev.ts == ts && (m->ev.kind == EVENT_FD ||
		    (m->ev.kind == EVENT_WAIT && event_get(&m->ev, "call", &call))))
			return false;
	return true;
}

/* "sleep 600 (pid 977" */
static void
add_name(struct buf *b, const struct process *p, const struct moment *at)
{
	struct buf command = { 0 };

	label_command(&command, p, at);
	label_cut(b, command.p, command.len, COMMAND_SHOWN);
	buf_printf(b, " (pid %" PRId32, p->pid);
	free(command.p);
}

/* Who started p: its ancestors, the nearest first, with the command that each
 * ran when it forked. */
static void
add_origin(struct buf *b, const struct look *l, const struct process *p)
{
	const char *word = "started by ";

	l->told[p->id] = true;
	for (; p->parent; p = p->parent, word = "from ") {
		if (!p->inherited)
			continue;
		buf_adds(b, "\n      ");
		buf_adds(b, word);
		add_name(b, p->parent, p->inherited);
		buf_addc(b, ')');
		if (p->parent->has_exit && p->parent->end <= l->ts)
			buf_adds(b, ", which has ended");
	}
}

/* the pipe's end behind a descriptor of a process, or NULL */
static const struct end *
find_end(const struct look *l, const struct process *p, uint64_t fd)
{
	size_t i;

	for (i = 0; i < l->nends; i++)
		if (l->ends[i].p == p && l->ends[i].fd == fd)
			return &l->ends[i];
	return NULL;
}

/* The end of a pipe at which a wait stands; NULL if it waits for no pipe. */
static const struct end *
waits_at(const struct look *l, const struct wait *w)
{
	return w->what != WAIT_CHILD && w->known ? find_end(l, w->p, w->n) : NULL;
}

/* It is the other end of the pipe at which a wait stands. */
static bool
is_awaited(const struct wait *w, const struct end *at, const struct end *other)
{
	return other->ino == at->ino &&
	    (w->what == WAIT_READ ? other->writes : other->reads);
}

/* which one of alive it is; nalive: none */
static size_t
place_of(const struct look *l, const struct process *p)
{
	size_t i = 0;

	while (i < l->nalive && l->alive[i] != p)
		i++;
	return i;
}

static bool
is_alive(const struct look *l, const struct process *p)
{
	return place_of(l, p) < l->nalive;
}

static bool
is_awaited_child(const struct look *l, const struct wait *w,
    const struct process *child)
{
	return w->what == WAIT_CHILD && child->parent == w->p &&
	    (!w->known || child->pid == (int32_t)w->n) && is_alive(l, child);
}

/* One pipe and who waits at it; false: the wait is for no pipe. */
static bool
add_pipe(struct buf *b, const struct look *l, const struct wait *w)
{
	const struct end *at = waits_at(l, w), *other;
	bool any = false;
	size_t i;

	if (!at)
		return false;
	buf_adds(b, "\n  ");
	add_name(b, w->p, NULL);
	buf_printf(b, ") %s pipe %" PRIu64 " (fd %" PRIu64 "); ",
	    w->what == WAIT_READ ? "reads" : "writes to the full", at->ino, at->fd);
	for (i = 0; i < l->nends; i++) {
		other = &l->ends[i];
		if (!is_awaited(w, at, other))
			continue;
		if (!any)
			buf_printf(b, "still open for %s in:",
			    w->what == WAIT_READ ? "writing" : "reading");
		any = true;
		buf_adds(b, "\n    ");
		add_name(b, other->p, NULL);
		buf_printf(b, ", fd %" PRIu64 ")", other->fd);
		if (other->p == w->p)
			buf_adds(b, ", itself: it will never see the end");
		else
			add_origin(b, l, other->p);
	}
	if (!any)
		buf_adds(b, l->hidden ? "who has its other end could not be seen" :
		    "nobody in this tree has its other end");
	buf_addc(b, '\n');
	return true;
}

/* The wait because of which p does not go on before q; NULL: none. */
static const struct wait *
why_waits(const struct look *l, const struct process *p, const struct process *q)
{
	const struct end *at;
	const struct wait *w;
	size_t i;

	for (w = l->waits; w < l->waits + l->nwaits; w++) {
		if (w->p != p)
			continue;
		if (is_awaited_child(l, w, q))
			return w;
		at = waits_at(l, w);
		for (i = 0; at && i < l->nends; i++)
			if (l->ends[i].p == q && is_awaited(w, at, &l->ends[i]))
				return w;
	}
	return NULL;
}

static void
find_waits_for(struct look *l)
{
	const struct wait *w;
	const struct end *at;
	bool *row;
	size_t i;

	l->waits_for = xcalloc(l->nalive * l->nalive, sizeof *l->waits_for);
	for (w = l->waits; w < l->waits + l->nwaits; w++) {
		row = l->waits_for + place_of(l, w->p) * l->nalive;
		for (i = 0; w->what == WAIT_CHILD && i < l->nalive; i++)
			row[i] |= is_awaited_child(l, w, l->alive[i]);
		at = waits_at(l, w);
		for (i = 0; at && i < l->nends; i++)
			if (is_awaited(w, at, &l->ends[i]))
				row[place_of(l, l->ends[i].p)] = true;
	}
}

/* The way from alive[from] back to itself: previous[] of each process on it,
 * by breadth-first search; false: there is none. */
static bool
find_circle(const struct look *l, size_t from, size_t *previous)
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

static void
add_circle(struct buf *b, const struct look *l, size_t from,
    const size_t *previous)
{
	size_t *way = xreallocarray(NULL, l->nalive, sizeof *way), n = 0, i = from;
	const struct process *p, *q;
	const struct wait *w;

	buf_adds(b, "\nA deadlock, each waits for the next:\n");
	/* previous[] leads backwards */
	do
		way[n++] = i = previous[i];
	while (i != from);
	while (n) {
		p = l->alive[way[--n]];
		q = l->alive[n ? way[n - 1] : from];
		w = why_waits(l, p, q);
		buf_adds(b, "  ");
		add_name(b, p, NULL);
		if (w->what == WAIT_CHILD)
			buf_adds(b, ") waits for the end of its child ");
		else
			buf_printf(b, ") %s pipe %" PRIu64 ", held by ",
			    w->what == WAIT_READ ? "reads" : "writes to",
			    waits_at(l, w)->ino);
		add_name(b, q, NULL);
		buf_adds(b, ")\n");
	}
	free(way);
}

/* Circles, each told once. */
static void
add_circles(struct buf *b, const struct look *l)
{
	size_t *previous = xreallocarray(NULL, l->nalive, sizeof *previous);
	bool *told = xcalloc(l->nalive, sizeof *told);
	size_t i, k;

	for (i = 0; i < l->nalive; i++) {
		if (told[i] || !find_circle(l, i, previous))
			continue;
		add_circle(b, l, i, previous);
		k = i;
		do
			told[k] = true;
		while ((k = previous[k]) != i);
	}
	free(told);
	free(previous);
}

static void
add_alive(struct buf *b, const struct forest *f, const struct look *l)
{
	const struct process *p;
	size_t i;

	buf_adds(b, "After ");
	text_duration(b, l->ts > f->start ? l->ts - f->start : 0);
	buf_printf(b, " %zu %s alive:\n", l->nalive,
	    l->nalive == 1 ? "process was" : "processes were");
	for (i = 0; i < l->nalive; i++) {
		p = l->alive[i];
		buf_adds(b, "  ");
		add_name(b, p, NULL);
		buf_addc(b, ')');
		if (is_hidden(p, l->ts))
			buf_adds(b, ", of which nothing could be seen");
		if (p->parent && !is_alive(l, p->parent) && !l->told[p->id])
			add_origin(b, l, p);
		buf_addc(b, '\n');
	}
}

bool
hang_report(const struct forest *f, struct buf *b)
{
	struct look l = { 0 };
	struct buf pipes = { 0 };
	uint64_t ts = next_look(f, 0), best = ts, next;
	size_t i, most = 0, n;

	if (ts == UINT64_MAX)
		return false;
	/* the one with most that waits for pipes, or else the last */
	for (next = ts; next != UINT64_MAX; next = next_look(f, next)) {
		look_at(&l, f, next);
		for (n = i = 0; i < l.nwaits; i++)
			n += waits_at(&l, &l.waits[i]) != NULL;
		if (n >= most) {
			most = n;
			best = next;
		}
	}
	look_at(&l, f, best);
	l.told = xcalloc(f->n, sizeof *l.told);
	for (i = 0; i < l.nalive; i++)
		l.hidden |= is_hidden(l.alive[i], best);
	for (i = 0; i < l.nwaits; i++)
		add_pipe(&pipes, &l, &l.waits[i]);
	add_alive(b, f, &l);
	if (pipes.len)
		buf_add(b, pipes.p, pipes.len);
	free(pipes.p);
	if (l.nalive) {
		find_waits_for(&l);
		add_circles(b, &l);
	}
	free_look(&l);
	return true;
}
