#include "sort/merge.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/buf.h"

static bool
before(struct merge_head a, struct merge_head b)
{
	return a.ts < b.ts || (a.ts == b.ts && a.source < b.source);
}

void
merge_add(struct merge *m, uint64_t ts, size_t source)
{
	struct merge_head head = { ts, source };
	size_t i, parent;

	m->heads = grow(m->heads, m->n, &m->cap, sizeof *m->heads);
	for (i = m->n++; i > 0; i = parent) {
		parent = (i - 1) / 2;
		if (before(m->heads[parent], head))
			break;
		m->heads[i] = m->heads[parent];
	}
	m->heads[i] = head;
}

/* puts a head into the place of heads[0], and then where it belongs */
static void
sink(struct merge *m, struct merge_head head)
{
	size_t i = 0, child;

	while ((child = 2 * i + 1) < m->n) {
		if (child + 1 < m->n &&
		    before(m->heads[child + 1], m->heads[child]))
			child++;
		if (before(head, m->heads[child]))
			break;
		m->heads[i] = m->heads[child];
		i = child;
	}
	m->heads[i] = head;
}

void
merge_next(struct merge *m, uint64_t ts)
{
	sink(m, (struct merge_head){ ts, m->heads[0].source });
}

void
merge_end(struct merge *m)
{
	if (--m->n > 0)
		sink(m, m->heads[m->n]);
}

void
merge_free(struct merge *m)
{
	free(m->heads);
	*m = (struct merge){ 0 };
}
