#include "analysis/concurrency.h"

#include <stdlib.h>

#include "tree/ends.h"

struct count {
	struct concurrency *load;
	size_t *nchildren;	/* that live, by process id */
	bool *live;		/* by process id */
	size_t nlive, nbusy;
};

static bool
has_live_parent(const struct count *c, const struct process *p)
{
	return p->parent && c->live[p->parent->id];
}

static void
begin(struct count *c, const struct process *p)
{
	c->live[p->id] = true;
	c->nlive++;
	c->nbusy++;
	if (has_live_parent(c, p) && !c->nchildren[p->parent->id]++)
		c->nbusy--;
}

static void
end(struct count *c, const struct process *p)
{
	c->live[p->id] = false;
	c->nlive--;
	if (!c->nchildren[p->id])
		c->nbusy--;
	if (has_live_parent(c, p) && !--c->nchildren[p->parent->id])
		c->nbusy++;
}

static void
add_step(struct count *c, uint64_t ts)
{
	struct concurrency *l = c->load;
	struct concurrency_step step = { ts, c->nlive, c->nbusy };

	if (l->n && l->steps[l->n - 1].live == step.live &&
	    l->steps[l->n - 1].busy == step.busy)
		return;
	l->steps = grow(l->steps, l->n, &l->cap, sizeof *l->steps);
	l->steps[l->n++] = step;
	if (step.live > l->max_live)
		l->max_live = step.live;
	if (step.busy > l->max_busy)
		l->max_busy = step.busy;
}

/* What begins at a time is counted before what ends then: a parent still lives
 * when it forks. */
static void
count_all(struct count *c, const struct forest *f, const struct end *ends)
{
	size_t begun = 0, ended = 0;
	uint64_t ts;

	while (ended < f->n) {
		ts = ends[ended].ts;
		if (begun < f->n && f->processes[begun]->start < ts)
			ts = f->processes[begun]->start;
		while (begun < f->n && f->processes[begun]->start == ts)
			begin(c, f->processes[begun++]);
		while (ended < begun && ends[ended].ts == ts)
			end(c, ends[ended++].p);
		add_step(c, ts);
	}
}

static void
set_means(struct concurrency *l)
{
	double ns, total, live = 0, busy = 0;
	size_t i;

	if (l->n < 2)
		return;
	total = (double)(l->steps[l->n - 1].ts - l->steps[0].ts);
	for (i = 0; i + 1 < l->n; i++) {
		ns = (double)(l->steps[i + 1].ts - l->steps[i].ts);
		live += ns * (double)l->steps[i].live;
		busy += ns * (double)l->steps[i].busy;
	}
	l->mean_live = live / total;
	l->mean_busy = busy / total;
}

void
concurrency_find(struct concurrency *l, const struct forest *f)
{
	size_t n;
	struct end *ends = ends_find(f, NULL, &n);
	struct count c = {
		.load = l,
		.nchildren = xcalloc(f->n, sizeof *c.nchildren),
		.live = xcalloc(f->n, sizeof *c.live),
	};

	*l = (struct concurrency){ 0 };
	count_all(&c, f, ends);
	set_means(l);
	free(ends);
	free(c.nchildren);
	free(c.live);
}

void
concurrency_free(struct concurrency *l)
{
	free(l->steps);
	*l = (struct concurrency){ 0 };
}
