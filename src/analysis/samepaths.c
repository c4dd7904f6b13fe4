#include "analysis/samepaths.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/stringtable.h"

/* the number of a path: that of its parent's node and its own name */
static size_t
number(struct strings *paths, const struct answers *a, size_t node, size_t parent)
{
	struct buf key = { 0 };
	size_t n;

	buf_addu(&key, parent);
	buf_addc(&key, ' ');
	if (parent != SAMEPATHS_NONE)
		programs_name(&key, &a->programs, a->merged.nodes[node].first);
	n = strings_add(paths, key.p, key.len);
	free(key.p);
	return n;
}

/* the node above it; SAMEPATHS_NONE: it is a root */
static size_t
above(const struct merged *m, size_t node)
{
	return m->nodes[node].parent == node ? SAMEPATHS_NONE :
	    m->nodes[node].parent;
}

size_t *
samepaths_find(const struct answers *old, const struct answers *new)
{
	struct strings paths = { 0 };
	size_t *node_of = xcalloc(new->merged.n, sizeof *node_of);
	size_t *same = xcalloc(old->merged.n, sizeof *same), i, n, up, known;

	for (i = 0; i < new->merged.n; i++) {
		known = paths.n;
		n = number(&paths, new, i, above(&new->merged, i));
		/* of several roots the first one */
		if (n == known)
			node_of[n] = i;
	}
	known = paths.n;
	for (i = 0; i < old->merged.n; i++) {
		up = above(&old->merged, i);
		same[i] = SAMEPATHS_NONE;
		if (up != SAMEPATHS_NONE && same[up] == SAMEPATHS_NONE)
			continue;
		n = number(&paths, old, i, up == SAMEPATHS_NONE ? up : same[up]);
		if (n < known)
			same[i] = node_of[n];
	}
	strings_free(&paths);
	free(node_of);
	return same;
}
