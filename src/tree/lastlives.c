#include "tree/lastlives.h"

#include <stdlib.h>

#include "base/buf.h"
#include "tree/forest.h"

enum {
	FIRST_BITS = 8,
	NEAR = 16,	/* PIDs side by side in the hash */
};

/* where the last life of the PID is kept, or will be: PIDs that are near, and
 * so alive at the same time, are near in memory too */
static struct process **
find_slot(const struct lastlives *x, const struct forest_run *run, int32_t pid)
{
	const uint32_t golden = 2654435769;	/* 2^32 / golden ratio */
	const uint32_t prime = 2246822519;
	size_t mask = ((size_t)1 << x->bits) - 1;
	size_t i = ((uint32_t)pid / NEAR + run->number * prime) * golden >>
	    (32 - x->bits);

	i = i / NEAR * NEAR + (uint32_t)pid % NEAR;
	while (x->table[i] && (x->table[i]->pid != pid ||
	    x->table[i]->run != run))
		i = (i + 1) & mask;
	return &x->table[i];
}

static void
resize(struct lastlives *x)
{
	struct process **old = x->table;
	size_t n = old ? (size_t)1 << x->bits : 0, i;

	x->bits = old ? x->bits + 1 : FIRST_BITS;
	x->table = xcalloc((size_t)1 << x->bits, sizeof *x->table);
	for (i = 0; i < n; i++)
		if (old[i])
			*find_slot(x, old[i]->run, old[i]->pid) = old[i];
	free(old);
}

struct process *
lastlives_find(const struct lastlives *x, const struct forest_run *run,
    int32_t pid)
{
	return pid < 0 || !x->table ? NULL : *find_slot(x, run, pid);
}

struct process *
lastlives_set(struct lastlives *x, struct process *p)
{
	struct process **slot, *before;

	if (!x->table || x->n + 1 > (size_t)1 << (x->bits - 1))
		resize(x);
	slot = find_slot(x, p->run, p->pid);
	before = *slot;
	x->n += !before;
	*slot = p;
	return before;
}

void
lastlives_free(struct lastlives *x)
{
	free(x->table);
	*x = (struct lastlives){ 0 };
}
