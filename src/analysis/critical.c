#include "analysis/critical.h"

#include <stdlib.h>

#include "analysis/needs.h"
#include "analysis/pipes.h"
#include "tree/ends.h"
#include "tree/spans.h"

/* by process id; nobody is an id too, of who would wait for all that outlives
 * its ancestors */
struct search {
	const struct forest *f;
	size_t nobody;
	size_t *living;		/* itself if it lives, else one above that does or
				 * is nearer to one that does */
	size_t *waited;		/* of those it may have waited for and that were
				 * not looked at yet, the one that ended last */
	size_t *before;		/* that ended before this one, with the same
				 * waiter */
	struct pipes pipes;
	struct needs needs;
	uint64_t *forked;	/* ns: when its parent had forked the child before it;
				 * NULL: there are no needs */
};

/* the nearest that lives of p and those above; shortens the way to it */
static size_t
find_living(struct search *s, size_t p)
{
	while (s->living[p] != p) {
		s->living[p] = s->living[s->living[p]];
		p = s->living[p];
	}
	return p;
}

/* in order of end */
static void
add_ended(struct search *s, const struct process *p)
{
	size_t above = p == s->f->root ? s->nobody : p->parent->id;
	size_t waiter = find_living(s, above);

	s->living[p->id] = above;
	s->before[p->id] = s->waited[waiter];
	s->waited[waiter] = p->id;
}

static void
init_needs(struct search *s, const struct files *files)
{
	const struct process *p, *c;
	size_t i;

	if (files)
		needs_find(&s->needs, files);
	if (!s->needs.n)
		return;
	s->forked = xcalloc(s->f->n, sizeof *s->forked);
	for (i = 0; i < s->f->n; i++) {
		p = s->f->processes[i];
		for (c = p->children; c && c->sibling; c = c->sibling)
			s->forked[c->sibling->id] = c->start;
	}
}

static void
init(struct search *s, const struct forest *f)
{
	size_t n, i;
	struct end *ends = ends_find(f, f->root, &n);

	*s = (struct search){
		.f = f, .nobody = f->n,
		.living = xreallocarray(NULL, f->n + 1, sizeof *s->living),
		.waited = xreallocarray(NULL, f->n + 1, sizeof *s->waited),
		.before = xreallocarray(NULL, f->n, sizeof *s->before),
	};
	for (i = 0; i <= f->n; i++) {
		s->living[i] = i;
		s->waited[i] = s->nobody;
	}
	for (i = 0; i < n; i++)
		add_ended(s, ends[i].p);
	pipes_init(&s->pipes, ends, n);
	free(ends);
}

/* The child, or orphan of one, that the waiter may have waited for at the time:
 * that ended last by then, but after since; NULL if there is none. Times only go
 * back. */
static const struct process *
waited_child(struct search *s, size_t waiter, uint64_t since, uint64_t by)
{
	const struct process *p;

	for (; s->waited[waiter] != s->nobody;
	    s->waited[waiter] = s->before[s->waited[waiter]]) {
		p = s->f->processes[s->waited[waiter]];
		if (p->end <= by)
			return p->end > since ? p : NULL;
	}
	return NULL;
}

/* The same, but before it forked next: the child that ended last of those which next
 * needs, if the waiter may have been busy with that since then, and has forked
 * nobody meanwhile; else the one that ended last. */
static const struct process *
needed_child(struct search *s, const struct process *waiter, uint64_t since,
    const struct process *next)
{
	const struct process *last = waited_child(s, waiter->id, since,
	    next->start), *p = last;
	uint64_t busy = spans_busy(waiter), by = next->start;

	for (; p && p->end > since && p->end >= s->forked[next->id] &&
	    by - p->end <= busy; p = s->before[p->id] == s->nobody ? NULL :
	    s->f->processes[s->before[p->id]])
		if (needs_get(&s->needs, next->id, p->id))
			return p;
	return last;
}

static const struct process *
take_child(struct search *s, size_t waiter, const struct process *p)
{
	if (p)
		s->waited[waiter] = s->before[p->id];
	return p;
}

/* Takes whom the waiter may have waited for: a child, or who writes to the pipe
 * that it reads, if that ended later. next: whom it has forked then, or NULL. */
static const struct process *
take_waited(struct search *s, const struct process *waiter,
    const struct process *next, uint64_t since, uint64_t by)
{
	const struct process *writer = pipes_writer(&s->pipes, waiter, since, by),
	    *child = next && s->forked ? needed_child(s, waiter, since, next) :
	    waited_child(s, waiter->id, since, by);

	if (!writer || (child && child->end >= writer->end))
		return take_child(s, waiter->id, child);
	pipes_take(&s->pipes, waiter);
	return writer;
}

static void
add_segment(struct critical *c, const struct process *p, uint64_t from,
    uint64_t to)
{
	struct critical_segment *last = c->n ? &c->segments[c->n - 1] : NULL;

	if (from == to)
		return;
	if (last && last->p == p) {
		last->from = from;
		return;
	}
	c->segments = grow(c->segments, c->n, &c->cap, sizeof *c->segments);
	c->segments[c->n++] = (struct critical_segment){ p, from, to, NULL };
}

/* What next reads of what the process has made, in whose last segment it is told. */
static void
add_read(struct critical *c, const struct search *s, const struct process *p,
    const struct process *next)
{
	const struct need *need = next ? needs_get(&s->needs, next->id, p->id) :
	    NULL;

	if (need && c->n && c->segments[c->n - 1].p == p)
		c->segments[c->n - 1].read = need->read;
}

/* Adds the segments from p's end back to since. */
static void
go_back(struct critical *c, struct search *s, const struct process *p,
    uint64_t since)
{
	const struct process *waited, *next = NULL, *for_whom = NULL;
	uint64_t now = p->end, then;

	while (now > since) {
		waited = take_waited(s, p, next, since, now);
		then = waited ? waited->end : p->start;
		if (then < since)
			then = since;
		add_segment(c, p, then, now);
		add_read(c, s, p, for_whom);
		for_whom = waited ? next : NULL;
		next = waited ? NULL : p;
		p = waited ? waited : p->parent;
		now = then;
	}
}

static void
reverse(struct critical_segment *segments, size_t n)
{
	struct critical_segment tmp;
	size_t i;

	for (i = 0; i < n / 2; i++) {
		tmp = segments[i];
		segments[i] = segments[n - 1 - i];
		segments[n - 1 - i] = tmp;
	}
}

void
critical_find(struct critical *c, const struct forest *f,
    const struct files *files)
{
	const struct process *last;
	struct search s;
	size_t nafter;

	*c = (struct critical){ 0 };
	if (!f->root)
		return;
	init(&s, f);
	init_needs(&s, files);
	last = take_child(&s, s.nobody,
	    waited_child(&s, s.nobody, f->root->end, UINT64_MAX));
	if (last)
		go_back(c, &s, last, f->root->end);
	nafter = c->n;
	go_back(c, &s, f->root, f->root->start);
	reverse(c->segments, c->n);
	c->nroot = c->n - nafter;
	free(s.living);
	free(s.waited);
	free(s.before);
	free(s.forked);
	needs_free(&s.needs);
	pipes_free(&s.pipes);
}

void
critical_free(struct critical *c)
{
	free(c->segments);
	*c = (struct critical){ 0 };
}
