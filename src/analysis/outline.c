#include "analysis/outline.h"

#include <stdlib.h>

#include "tree/process.h"

static bool
is_wanted(const struct process *p, const struct outline_options *o)
{
	return (!o->failed || process_failed(p)) &&
	    p->end - p->start >= o->min_duration;
}

void
outline_find(struct outline *x, const struct forest *f,
    const struct outline_options *o)
{
	bool roots = false, *later;
	const struct process *p;
	size_t i;

	*x = (struct outline){
		.shown = xcalloc(f->n, sizeof *x->shown),
		.follows = xcalloc(f->n, sizeof *x->follows),
		.has_child = xcalloc(f->n, sizeof *x->has_child),
	};
	/* children, and later siblings, have the larger ids */
	for (i = f->n; i-- > 0; ) {
		p = f->processes[i];
		if (p->depth > o->max_depth ||
		    !(x->has_child[i] || is_wanted(p, o)))
			continue;
		later = p->parent ? &x->has_child[p->parent->id] : &roots;
		x->shown[i] = true;
		x->follows[i] = *later;
		*later = true;
		x->n++;
	}
}

void
outline_free(struct outline *x)
{
	free(x->shown);
	free(x->follows);
	free(x->has_child);
	*x = (struct outline){ 0 };
}
