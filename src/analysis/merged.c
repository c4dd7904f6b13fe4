#include "analysis/merged.h"

#include <stdlib.h>

#include "tree/process.h"

enum { NONE = -1 };

/* Nodes are numbered as their first processes come, so that parents are before
 * their children, until they are put in order. */
struct build {
	struct merged_node *nodes;
	size_t n, cap;
	struct strings paths;	/* keys, by node */
	size_t *first, *next;	/* children of a node, its next sibling; or n */
};

/* what makes a path of the path above it */
struct key {
	size_t parent, program, forked;
};

static size_t
find_node(struct build *b, const struct process *p, const size_t *of,
    const struct programs *programs)
{
	struct key key = {
		p->parent ? of[p->parent->id] : (size_t)NONE,
		programs->of[p->id], !p->exec,
	};
	size_t i = strings_add(&b->paths, (const char *)&key, sizeof key);

	if (i < b->n)
		return i;
	b->nodes = grow(b->nodes, b->n, &b->cap, sizeof *b->nodes);
	b->nodes[b->n++] = (struct merged_node){
		.first = p, .parent = p->parent ? key.parent : i,
		.depth = p->depth,
	};
	return i;
}

static void
add_process(struct merged_node *node, const struct process *p,
    const struct shares *shares, const struct span *span)
{
	node->runs++;
	node->nfailed += process_failed(p);
	node->wall += p->end - p->start;
	node->own += span->own;
	node->cpu += span->cpu;
	node->critical += shares->own[p->id];
}

struct rank {
	const struct merged_node *node;
	size_t i;
};

/* the last one first */
static int
by_share(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;

	if (x->node->inside != y->node->inside)
		return x->node->inside < y->node->inside ? -1 : 1;
	if (x->node->wall != y->node->wall)
		return x->node->wall < y->node->wall ? -1 : 1;
	return x->i < y->i ? 1 : x->i > y->i ? -1 : 0;
}

/* Links children and top nodes (first[n]), each list in its order. */
static void
link_nodes(struct build *b)
{
	struct rank *ranks = xreallocarray(NULL, b->n, sizeof *ranks);
	size_t i, k, *head;

	b->first = xreallocarray(NULL, b->n + 1, sizeof *b->first);
	b->next = xreallocarray(NULL, b->n, sizeof *b->next);
	for (i = 0; i < b->n; i++) {
		ranks[i] = (struct rank){ &b->nodes[i], i };
		b->first[i] = b->n;
	}
	b->first[b->n] = b->n;
	qsort(ranks, b->n, sizeof *ranks, by_share);
	for (k = 0; k < b->n; k++) {
		i = ranks[k].i;
		head = &b->first[b->nodes[i].parent == i ? b->n :
		    b->nodes[i].parent];
		b->next[i] = *head;
		*head = i;
	}
	free(ranks);
}

/* Adds up what is below each, with parents before their children. */
static void
add_up(struct build *b)
{
	struct merged_node *node, *parent;
	size_t i;

	for (i = b->n; i-- > 0; ) {
		node = &b->nodes[i];
		node->size++;
		node->inside += node->critical;
		if (node->parent == i)
			continue;
		parent = &b->nodes[node->parent];
		parent->size += node->size;
		parent->inside += node->inside;
	}
}

/* Puts the nodes into m depth first; place[] is where each one goes. */
static void
put_in_order(struct merged *m, const struct build *b, size_t *place)
{
	size_t i = b->first[b->n], up;

	m->nodes = xreallocarray(NULL, b->n, sizeof *m->nodes);
	while (i < b->n) {
		place[i] = m->n;
		up = b->nodes[i].parent;
		m->nodes[m->n] = b->nodes[i];
		m->nodes[m->n].parent = place[up];
		m->n++;
		if (b->first[i] < b->n) {
			i = b->first[i];
			continue;
		}
		while (b->next[i] == b->n && b->nodes[i].parent != i)
			i = b->nodes[i].parent;
		i = b->next[i];
	}
}

void
merged_find(struct merged *m, const struct forest *f,
    const struct programs *programs, const struct shares *shares,
    const struct span *spans)
{
	struct build b = { 0 };
	size_t i, *place;

	*m = (struct merged){ .of = xreallocarray(NULL, f->n, sizeof *m->of) };
	for (i = 0; i < f->n; i++) {
		m->of[i] = find_node(&b, f->processes[i], m->of, programs);
		add_process(&b.nodes[m->of[i]], f->processes[i], shares,
		    &spans[i]);
	}
	add_up(&b);
	link_nodes(&b);
	place = xreallocarray(NULL, b.n, sizeof *place);
	put_in_order(m, &b, place);
	for (i = 0; i < f->n; i++)
		m->of[i] = place[m->of[i]];
	strings_free(&b.paths);
	free(place);
	free(b.first);
	free(b.next);
	free(b.nodes);
}

void
merged_free(struct merged *m)
{
	free(m->nodes);
	free(m->of);
	*m = (struct merged){ 0 };
}
