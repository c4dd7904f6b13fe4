#include "analysis/serial.h"

#include <stdlib.h>

#include "tree/ends.h"

enum {
	TICK = 10000000,	/* ns; some recordings count CPU time so */
	IDLE_TIME = 50000000,	/* ns of own time, ... */
	IDLE_PART = 20,		/* ... of which less than 1 / this is CPU time */
	BESIDE_PART = 10,	/* a row has 1 / this of its time beside one child */
};

/* live processes without a live child: if n is one, sum is its id */
struct leaves {
	size_t n;
	size_t sum;		/* of ids */
};

struct sweep {
	const struct forest *f;
	const struct span *spans;
	bool *live;		/* by process id, as all of these */
	size_t *nchildren;	/* live ones */
	uint64_t *time;		/* ns of serial moments */
	struct leaves busy, idle;
};

static bool
is_parallel(const struct span *s)
{
	return s->cpu > s->own + s->own / 10 + TICK;
}

/* It mostly sleeps, as far as one knows. */
static bool
is_idle(const struct span *s)
{
	return s->own >= IDLE_TIME && s->cpu < s->own / IDLE_PART && s->has_cpu;
}

static bool
is_counted(const struct forest *f, const struct process *p)
{
	return p == f->root || p->end <= f->root->end;
}

static bool
has_live_parent(const struct sweep *s, const struct process *p)
{
	return p->parent && s->live[p->parent->id];
}

static void
set_leaf(struct sweep *s, const struct process *p, bool leaf)
{
	struct leaves *l = is_idle(&s->spans[p->id]) ? &s->idle : &s->busy;

	if (leaf) {
		l->n++;
		l->sum += p->id;
	} else {
		l->n--;
		l->sum -= p->id;
	}
}

/* The moments from last to ts are serial if one process is busy, or if none is
 * and one is idle. */
static void
pass(struct sweep *s, uint64_t last, uint64_t ts)
{
	const struct leaves *l = s->busy.n ? &s->busy : &s->idle;

	if (l->n == 1 && !is_parallel(&s->spans[l->sum]))
		s->time[l->sum] += ts - last;
}

static void
begin(struct sweep *s, const struct process *p)
{
	s->live[p->id] = true;
	set_leaf(s, p, true);
	if (has_live_parent(s, p) && !s->nchildren[p->parent->id]++)
		set_leaf(s, p->parent, false);
}

static void
end(struct sweep *s, const struct process *p)
{
	s->live[p->id] = false;
	if (!s->nchildren[p->id])
		set_leaf(s, p, false);
	if (has_live_parent(s, p) && !--s->nchildren[p->parent->id])
		set_leaf(s, p->parent, true);
}

/* The processes of the root's tree that are counted, in order of their start;
 * so many are *n. */
static const struct process **
find_counted(const struct forest *f, const struct end *ends, size_t nends,
    size_t *n)
{
	const struct process **list = xcalloc(f->n, sizeof *list);
	size_t i;

	for (i = 0; i < nends; i++)
		if (is_counted(f, ends[i].p))
			list[ends[i].p->id] = ends[i].p;
	*n = 0;
	for (i = 0; i < f->n; i++)
		if (list[i])
			list[(*n)++] = list[i];
	return list;
}

static void
sweep_time(struct sweep *s)
{
	size_t nends, n, begun = 0, i = 0;
	struct end *ends = ends_find(s->f, s->f->root, &nends);
	const struct process **list = find_counted(s->f, ends, nends, &n);
	uint64_t ts, last = s->f->root->start;

	for (; i < nends; i++) {
		if (!is_counted(s->f, ends[i].p))
			continue;
		for (;;) {
			ts = begun < n && list[begun]->start <= ends[i].ts ?
			    list[begun]->start : ends[i].ts;
			pass(s, last, ts);
			last = ts;
			if (begun == n || list[begun]->start > ends[i].ts)
				break;
			begin(s, list[begun++]);
		}
		end(s, ends[i].p);
	}
	free(ends);
	free(list);
}

static int
by_beside(const void *a, const void *b)
{
	const struct serial_row *x = a, *y = b;

	if (x->beside != y->beside)
		return x->beside < y->beside ? 1 : -1;
	return x->p->id < y->p->id ? -1 : x->p->id > y->p->id;
}

/* of the children of a process */
struct children {
	size_t n;
	uint64_t time, most;	/* ns of serial moments: all of them; of one */
};

static void
add_row(struct serial *x, size_t *cap, const struct process *p, uint64_t time,
    const struct children *c)
{
	uint64_t beside = c->time - c->most;

	if (c->n < 2 || !beside || beside < time / BESIDE_PART)
		return;
	x->rows = grow(x->rows, x->n, cap, sizeof *x->rows);
	x->rows[x->n++] = (struct serial_row){ p, c->n, time, beside };
}

/* Adds to each the time of its descendants, and makes the rows. */
static void
find_rows(struct serial *x, struct sweep *s)
{
	struct children *of = xcalloc(s->f->n, sizeof *of), *up;
	const struct process *p;
	size_t i, cap = 0;

	/* children have the larger ids */
	for (i = s->f->n; i-- > 0; ) {
		p = s->f->processes[i];
		s->time[i] += of[i].time;
		add_row(x, &cap, p, s->time[i], &of[i]);
		if (!p->parent)
			continue;
		up = &of[p->parent->id];
		up->n++;
		up->time += s->time[i];
		if (s->time[i] > up->most)
			up->most = s->time[i];
	}
	if (x->n)
		qsort(x->rows, x->n, sizeof *x->rows, by_beside);
	free(of);
}

void
serial_find(struct serial *x, const struct forest *f, const struct span *spans)
{
	struct sweep s = { .f = f, .spans = spans };

	*x = (struct serial){ 0 };
	if (!f->root)
		return;
	s.live = xcalloc(f->n, sizeof *s.live);
	s.nchildren = xcalloc(f->n, sizeof *s.nchildren);
	s.time = xcalloc(f->n, sizeof *s.time);
	sweep_time(&s);
	find_rows(x, &s);
	x->total = s.time[f->root->id];
	free(s.live);
	free(s.nchildren);
	free(s.time);
}

void
serial_free(struct serial *x)
{
	free(x->rows);
	*x = (struct serial){ 0 };
}
