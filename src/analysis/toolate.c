#include "analysis/toolate.h"

#include <stdlib.h>

#include "base/path.h"
#include "base/slice.h"

/* the uses that write, by their path and then by time */
struct made {
	const struct files_use **uses;
	size_t n;
};

static int
by_path(const void *a, const void *b)
{
	const struct files_use *x = *(const struct files_use *const *)a;
	const struct files_use *y = *(const struct files_use *const *)b;
	int c = slice_compare(x->path, y->path);

	return c ? c : x < y ? -1 : x > y;
}

static void
collect(struct made *m, const struct files *x)
{
	size_t i;

	*m = (struct made){ .uses = xcalloc(x->nuses + 1, sizeof *m->uses) };
	for (i = 0; i < x->nuses; i++)
		if (x->uses[i].writes && x->uses[i].path.len)
			m->uses[m->n++] = &x->uses[i];
	qsort(m->uses, m->n, sizeof *m->uses, by_path);
}

/* The first that made this path after ts, or NULL. */
static const struct files_use *
made_after(const struct made *m, struct slice path, uint64_t ts)
{
	size_t low = 0, high = m->n, mid;
	int c;

	while (low < high) {
		mid = low + (high - low) / 2;
		c = slice_compare(m->uses[mid]->path, path);
		if (c < 0 || (!c && m->uses[mid]->at->ev.ts <= ts))
			low = mid + 1;
		else
			high = mid;
	}
	return low < m->n && slice_equal(m->uses[low]->path, path) ?
	    m->uses[low] : NULL;
}

/* The path that an event says was not there, appended to b, and when; false: it
 * says nothing like that. */
static bool
missing(const struct process *p, const struct event *ev, struct buf *b,
    uint64_t *when)
{
	struct slice path, error, dir = { "", 0 };

	if (!event_get(ev, "errno", &error) || !slice_is(error, "ENOENT"))
		return false;
	*when = ev->ts;
	if (ev->kind == EVENT_READ) {
		event_get_number(ev, "missed", when);
		if (event_get(ev, "path", &path))
			buf_add(b, path.p, path.len);
		return b->len > 0;
	}
	if (ev->kind != EVENT_EXECFAIL || !event_get(ev, "file", &path))
		return false;
	/* it has the directory of what it executed before, or of its parent */
	if (p->exec)
		event_get(&p->exec->ev, "cwd", &dir);
	else if (p->inherited)
		event_get(&p->inherited->ev, "cwd", &dir);
	path_join(b, dir, path);
	return true;
}

static void
look(struct toolate *t, const struct made *m, const struct process *p)
{
	const struct files_use *made;
	const struct moment *at;
	struct buf path = { 0 };
	uint64_t when;

	for (at = p->events; at; at = at->next) {
		path.len = 0;
		if (!missing(p, &at->ev, &path, &when))
			continue;
		made = made_after(m, (struct slice){ path.p, path.len }, when);
		if (made && made->p != p)
			*t = (struct toolate){ p, when, made };
	}
	free(path.p);
}

void
toolate_find(struct toolate *t, const struct files *x, const struct failure *f)
{
	struct made m;
	size_t i;

	*t = (struct toolate){ NULL, 0, NULL };
	if (!x->n)
		return;
	collect(&m, x);
	for (i = f->nchain; i-- && !t->p;)
		look(t, &m, f->chain[i]);
	for (i = 0; i < f->nothers && !t->p; i++)
		if (!f->tolerated[f->others[i]->id])
			look(t, &m, f->others[i]);
	free(m.uses);
}
