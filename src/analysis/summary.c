#include "analysis/summary.h"

#include <stdlib.h>

#include "base/text.h"
#include "tree/process.h"

static void
add_execfail(struct summary *s, const struct moment *m, bool last,
    struct buf *name)
{
	struct slice val;

	name->len = 0;
	if (event_get(&m->ev, "errno", &val))
		text_visible_value(name, val.p, val.len);
	else
		buf_addc(name, '?');
	buf_addc(name, ' ');
	if (event_get(&m->ev, "file", &val))
		text_visible_value(name, val.p, val.len);
	else
		buf_adds(name, "(unknown)");
	/* those that count most come first */
	tally_add(&s->execfails, name->p, name->len, last, last);
}

static void
add_execfails(struct summary *s, const struct process *p, struct buf *name)
{
	const struct moment *m;
	bool last = !p->exec;

	for (m = p->events; m; m = m->next) {
		if (m == p->exec)
			last = true;
		if (m->ev.kind == EVENT_EXECFAIL) {
			add_execfail(s, m, last, name);
			s->nexecfails++;
		}
	}
}

static void
count(struct summary *s, const struct process *p)
{
	const struct span *span = &s->spans[p->id];

	s->nexecs += p->nexecs;
	s->nfailed += process_failed(p);
	if (p->lost_end)
		s->nunknown++;
	else if (!p->has_exit)
		s->running[s->nrunning++] = p;
	s->has_cpu |= span->has_cpu;
	s->cpu += span->cpu;
}

struct duration {
	uint64_t ns;
	const struct process *p;
};

static int
by_duration(const void *a, const void *b)
{
	const struct duration *x = a, *y = b;

	if (x->ns != y->ns)
		return x->ns < y->ns ? 1 : -1;
	return x->p->id < y->p->id ? -1 : x->p->id > y->p->id;
}

static void
sort_by_duration(const struct process **list, size_t n)
{
	struct duration *durations = xreallocarray(NULL, n, sizeof *durations);
	size_t i;

	for (i = 0; i < n; i++)
		durations[i] = (struct duration){ list[i]->end - list[i]->start,
		    list[i] };
	qsort(durations, n, sizeof *durations, by_duration);
	for (i = 0; i < n; i++)
		list[i] = durations[i].p;
	free(durations);
}

static int
by_share(const void *a, const void *b)
{
	const struct summary_share *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? 1 : -1;
	return x->p->id < y->p->id ? -1 : x->p->id > y->p->id;
}

static void
find_shares(struct summary *s)
{
	struct summary_share *of = xcalloc(s->f->n, sizeof *of);
	const struct critical_segment *segment;
	size_t i;

	for (i = 0; i < s->critical.nroot; i++) {
		segment = &s->critical.segments[i];
		of[segment->p->id].p = segment->p;
		of[segment->p->id].time += segment->to - segment->from;
	}
	for (i = 0; i < s->f->n; i++)
		if (of[i].p)
			of[s->nshares++] = of[i];
	qsort(of, s->nshares, sizeof *of, by_share);
	s->shares = of;
}

void
summary_find(struct summary *s, const struct forest *f,
    const struct files *files)
{
	struct buf name = { 0 };
	size_t i;

	*s = (struct summary){
		.f = f, .first = forest_exec(f->root->events),
		.wall = f->root->end - f->root->start,
		.spans = spans_find(f),
		.longest = xreallocarray(NULL, f->n, sizeof *s->longest),
		.running = xreallocarray(NULL, f->n, sizeof *s->running),
	};
	s->after = s->spans[f->root->id].subtree_end - f->root->end;
	for (i = 0; i < f->n; i++) {
		s->longest[i] = f->processes[i];
		count(s, f->processes[i]);
		add_execfails(s, f->processes[i], &name);
	}
	free(name.p);
	sort_by_duration(s->longest, f->n);
	sort_by_duration(s->running, s->nrunning);
	tally_finish(&s->execfails);
	concurrency_find(&s->load, f);
	critical_find(&s->critical, f, files);
	find_shares(s);
}

void
summary_free(struct summary *s)
{
	concurrency_free(&s->load);
	critical_free(&s->critical);
	tally_free(&s->execfails);
	free(s->spans);
	free(s->longest);
	free(s->running);
	free(s->shares);
	*s = (struct summary){ 0 };
}
