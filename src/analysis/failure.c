#include "analysis/failure.h"

#include <signal.h>
#include <stdlib.h>

#include "tree/process.h"

enum { SHELL_SIGNAL = 128 };	/* sh(1): status of a command that was killed */

bool
failure_crashed(const struct process *p)
{
	static const int crashes[] = {
		SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGKILL, SIGQUIT, SIGSEGV,
		SIGSYS, SIGTRAP, SIGXCPU, SIGXFSZ,
	};
	size_t i;

	for (i = 0; i < sizeof crashes / sizeof *crashes; i++)
		if (p->signal == (unsigned)crashes[i])
			return true;
	return false;
}

/* whether the end of a child, handed on, is that of its parent */
static bool
is_same_end(const struct process *child, const struct process *parent)
{
	if (parent->signal)
		return child->signal == parent->signal;
	return child->signal ?
	    parent->status == SHELL_SIGNAL + (int)child->signal :
	    child->status == parent->status;
}

static bool
is_later(const struct process *p, const struct process *than)
{
	return !than || p->end >= than->end;
}

/* whether p went on after one of its children had ended, and ran another */
static bool
went_on(const struct process *p, const struct process *after)
{
	const struct process *c;

	for (c = p->children; c; c = c->sibling)
		if (c->start >= after->end)
			return true;
	return false;
}

/* The child because of which p seems to have failed, or NULL. One that ended in
 * another way is none if p went on after it, unless it crashed. */
static const struct process *
find_reason(const struct process *p)
{
	const struct process *c, *same = NULL, *last = NULL;

	for (c = p->children; c; c = c->sibling) {
		if (!process_failed(c) || c->end > p->end)
			continue;
		if (is_later(c, last))
			last = c;
		if (is_same_end(c, p) && is_later(c, same))
			same = c;
	}
	if (same || p->signal)
		return same;
	return last && (failure_crashed(last) || !went_on(p, last)) ? last : NULL;
}

static const struct moment *
find_execfail(const struct process *p)
{
	const struct moment *m = p->exec ? p->exec : p->events, *last = NULL;

	for (; m; m = m->next)
		if (m->ev.kind == EVENT_EXECFAIL)
			last = m;
	return last;
}

static void
find_chain(struct failure *x, const struct forest *f)
{
	const struct process *p = f->root && process_failed(f->root) &&
	    !process_timed_out(f->root) ? f->root : NULL;
	size_t cap = 0;

	for (; p; p = find_reason(p)) {
		x->chain = grow(x->chain, x->nchain, &cap, sizeof *x->chain);
		x->chain[x->nchain++] = p;
	}
	if (x->nchain && !x->chain[x->nchain - 1]->signal)
		x->execfail = find_execfail(x->chain[x->nchain - 1]);
}

static int
by_weight(const void *a, const void *b)
{
	const struct process *x = *(const struct process *const *)a;
	const struct process *y = *(const struct process *const *)b;

	if (failure_crashed(x) != failure_crashed(y))
		return failure_crashed(x) ? -1 : 1;
	if (x->end != y->end)
		return x->end < y->end ? 1 : -1;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* Parents come before their children. */
static void
find_tolerated(struct failure *x, const struct forest *f)
{
	const struct process *p = NULL, *up;

	while ((p = forest_next(f, f->root, p))) {
		up = p == f->root ? NULL : p->parent;
		x->tolerated[p->id] = up && (x->tolerated[up->id] ||
		    (up->has_exit && up->status == 0));
	}
}

static void
add_others(struct failure *x, const struct forest *f)
{
	bool *in_chain = xcalloc(f->n, sizeof *in_chain);
	const struct process *p = NULL;
	size_t i;

	for (i = 0; i < x->nchain; i++)
		in_chain[x->chain[i]->id] = true;
	x->others = xreallocarray(NULL, f->n, sizeof *x->others);
	while ((p = forest_next(f, f->root, p))) {
		if (!process_failed(p) || process_timed_out(p))
			continue;
		x->nfailed++;
		x->ntolerated += x->tolerated[p->id];
		if (!in_chain[p->id] &&
		    (!x->tolerated[p->id] || failure_crashed(p)))
			x->others[x->nothers++] = p;
	}
	qsort(x->others, x->nothers, sizeof *x->others, by_weight);
	free(in_chain);
}

void
failure_find(struct failure *x, const struct forest *f)
{
	*x = (struct failure){ .tolerated = xcalloc(f->n, sizeof *x->tolerated) };
	find_chain(x, f);
	find_tolerated(x, f);
	add_others(x, f);
}

bool
failure_tells(const struct failure *x, size_t i)
{
	const struct process *p = x->chain[i], *above = i ? x->chain[i - 1] : NULL;

	return !above || p->exec || p->status != above->status ||
	    p->signal != above->signal;
}

void
failure_free(struct failure *x)
{
	free(x->chain);
	free(x->others);
	free(x->tolerated);
	*x = (struct failure){ 0 };
}
