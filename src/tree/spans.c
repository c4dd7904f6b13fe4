#include "tree/spans.h"

/* Children come in order of start. */
static uint64_t
own_time(const struct process *p)
{
	const struct process *c;
	uint64_t now = p->start, own = 0;

	for (c = p->children; c && now < p->end; c = c->sibling) {
		if (c->start > now)
			own += c->start - now;
		if (c->end > now)
			now = c->end;
	}
	return now < p->end ? own + p->end - now : own;
}

struct span *
spans_find(const struct forest *f)
{
	struct span *spans = xcalloc(f->n, sizeof *spans), *s, *parent;
	const struct process *p;
	size_t i;

	/* children have the larger ids */
	for (i = f->n; i-- > 0; ) {
		p = f->processes[i];
		s = &spans[i];
		s->own = own_time(p);
		s->has_cpu = spans_cpu(p, &s->cpu);
		s->subtree_cpu += s->cpu;
		if (p->end > s->subtree_end)
			s->subtree_end = p->end;
		if (!p->parent)
			continue;
		parent = &spans[p->parent->id];
		parent->ndescendants += s->ndescendants + 1;
		parent->subtree_cpu += s->subtree_cpu;
		if (s->subtree_end > parent->subtree_end)
			parent->subtree_end = s->subtree_end;
	}
	return spans;
}

static bool
at_exit(const struct process *p, const char *key, uint64_t *n)
{
	const struct moment *last = p->last_event;

	return last && last->ev.kind == EVENT_EXIT &&
	    event_get_number(&last->ev, key, n);
}

bool
spans_cpu(const struct process *p, uint64_t *ns)
{
	uint64_t utime, stime;

	if (at_exit(p, "cputime", ns))
		return true;
	if (!at_exit(p, "utime", &utime) || !at_exit(p, "stime", &stime))
		return false;
	*ns = utime + stime;
	return true;
}

uint64_t
spans_busy(const struct process *p)
{
	uint64_t cpu, delay;

	if (!spans_cpu(p, &cpu))
		return 0;
	return event_get_number(&p->last_event->ev, "rundelay", &delay) ?
	    cpu + delay : cpu;
}
