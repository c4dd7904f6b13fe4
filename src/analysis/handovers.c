#include "analysis/handovers.h"

#include <stdlib.h>

/* by use, in the order of time: who had written its file last before, or NULL */
static const struct process **
find_writers(const struct files *x)
{
	const struct process **found, **last;
	const struct files_use *u;
	size_t i;

	found = xcalloc(x->nuses + 1, sizeof *found);
	last = xcalloc(x->n + 1, sizeof *last);
	for (i = 0; i < x->nuses; i++) {
		u = &x->uses[i];
		found[i] = last[u->file];
		if (u->writes)
			last[u->file] = u->p;
	}
	free(last);
	return found;
}

/* Unless there is one of these two; last: by process, the id + 1 of the last to
 * which there is one. */
static void
add(struct handovers *h, size_t *cap, size_t *last, const struct process *from,
    const struct process *to)
{
	if (last[from->id] == to->id + 1)
		return;
	last[from->id] = to->id + 1;
	h->list = grow(h->list, h->n, cap, sizeof *h->list);
	h->list[h->n++] = (struct handover){ from, to };
}

void
handovers_find(struct handovers *h, const struct files *x, size_t nprocesses)
{
	const struct process **writers = find_writers(x), *from;
	size_t *last = xcalloc(nprocesses + 1, sizeof *last), cap = 0, i;
	const struct files_use *u;

	*h = (struct handovers){ 0 };
	for (i = 0; i < x->nuses; i++) {
		u = &x->uses[x->by_process[i]];
		from = writers[x->by_process[i]];
		if (!u->writes && from && from->has_exit && from->end <= u->p->start)
			add(h, &cap, last, from, u->p);
	}
	free(writers);
	free(last);
}

void
handovers_free(struct handovers *h)
{
	free(h->list);
	*h = (struct handovers){ 0 };
}
