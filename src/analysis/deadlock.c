#include "analysis/deadlock.h"

#include <stdlib.h>
#include <string.h>

/* Nodes are the processes of alive, and two for each pipe, at the place of its
 * first end in by_pipe: who reads it waits for the node that waits for all its
 * writers, and who writes for that of its readers. So there are no more edges
 * than waits and ends. */
struct edge {
	size_t from, to;
};

struct graph {
	const struct waitgraph *look;
	struct edge *edges;
	size_t nedges, cap;
	size_t nnodes;
	size_t *first;		/* edge of each node; one more at the end */
	size_t *group;		/* of each node: what is strongly connected */
};

static void
add_edge(struct graph *g, size_t from, size_t to)
{
	g->edges = grow(g->edges, g->nedges, &g->cap, sizeof *g->edges);
	g->edges[g->nedges++] = (struct edge){ from, to };
}

/* The wait for a pipe; the node of the pipe has its edges once. */
static void
add_pipe(struct graph *g, size_t from, const struct waitgraph_wait *w,
    const struct waitgraph_end *at, bool *known)
{
	const struct waitgraph *l = g->look;
	size_t n, first = waitgraph_ends(l, at, &n), i, node;

	node = l->nalive + 2 * first + (w->what == WAITGRAPH_WRITE);
	add_edge(g, from, node);
	if (known[node])
		return;
	known[node] = true;
	for (i = first; i < first + n; i++)
		if (waitgraph_is_awaited(w, at, l->by_pipe[i]))
			add_edge(g, node, waitgraph_place(l, l->by_pipe[i]->p));
}

static void
add_children(struct graph *g, size_t from, const struct waitgraph_wait *w)
{
	const struct process *child;
	size_t place;

	for (child = w->p->children; child; child = child->sibling) {
		if (w->known && child->pid != (int32_t)w->n)
			continue;
		place = waitgraph_place(g->look, child);
		if (place < g->look->nalive)
			add_edge(g, from, place);
	}
}

static int
by_from(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->to < y->to ? -1 : x->to > y->to;
}

static void
build(struct graph *g)
{
	const struct waitgraph *l = g->look;
	const struct waitgraph_wait *w;
	const struct waitgraph_end *at;
	bool *known;
	size_t i, node;

	g->nnodes = l->nalive + 2 * l->nends;
	known = xcalloc(g->nnodes + 1, sizeof *known);
	for (w = l->waits; w < l->waits + l->nwaits; w++) {
		node = waitgraph_place(l, w->p);
		if (w->what == WAITGRAPH_CHILD)
			add_children(g, node, w);
		else if ((at = waitgraph_pipe(l, w)))
			add_pipe(g, node, w, at, known);
	}
	free(known);
	if (g->nedges)
		qsort(g->edges, g->nedges, sizeof *g->edges, by_from);
	g->first = xcalloc(g->nnodes + 1, sizeof *g->first);
	for (i = 0, node = 0; node <= g->nnodes; node++) {
		while (i < g->nedges && g->edges[i].from < node)
			i++;
		g->first[node] = i;
	}
}

/* Tarjan's algorithm: SIAM Journal on Computing 1 (1972), without recursion */
struct tarjan {
	size_t *index, *low, *next;	/* index: 0 is not visited */
	bool *on_stack;
	size_t *stack, nstack;		/* nodes without a group yet */
	size_t *calls, ncalls;		/* nodes that are being visited */
	size_t count;
};

static void
enter(struct graph *g, struct tarjan *t, size_t node)
{
	t->index[node] = t->low[node] = ++t->count;
	t->next[node] = g->first[node];
	t->on_stack[node] = true;
	t->stack[t->nstack++] = node;
	t->calls[t->ncalls++] = node;
}

/* All edges of the node were followed. */
static void
leave(struct graph *g, struct tarjan *t, size_t node)
{
	size_t above, member;

	t->ncalls--;
	if (t->ncalls) {
		above = t->calls[t->ncalls - 1];
		if (t->low[node] < t->low[above])
			t->low[above] = t->low[node];
	}
	if (t->low[node] != t->index[node])
		return;
	do {
		member = t->stack[--t->nstack];
		t->on_stack[member] = false;
		g->group[member] = node;
	} while (member != node);
}

static void
visit(struct graph *g, struct tarjan *t, size_t from)
{
	size_t node, to;

	enter(g, t, from);
	while (t->ncalls) {
		node = t->calls[t->ncalls - 1];
		if (t->next[node] == g->first[node + 1]) {
			leave(g, t, node);
			continue;
		}
		to = g->edges[t->next[node]++].to;
		if (!t->index[to])
			enter(g, t, to);
		else if (t->on_stack[to] && t->index[to] < t->low[node])
			t->low[node] = t->index[to];
	}
}

static void
find_groups(struct graph *g)
{
	struct tarjan t = { 0 };
	size_t i, n = g->nnodes + 1;

	g->group = xcalloc(n, sizeof *g->group);
	t.index = xcalloc(n, sizeof *t.index);
	t.low = xcalloc(n, sizeof *t.low);
	t.next = xcalloc(n, sizeof *t.next);
	t.on_stack = xcalloc(n, sizeof *t.on_stack);
	t.stack = xcalloc(n, sizeof *t.stack);
	t.calls = xcalloc(n, sizeof *t.calls);
	for (i = 0; i < g->look->nalive; i++)
		if (!t.index[i])
			visit(g, &t, i);
	free(t.index);
	free(t.low);
	free(t.next);
	free(t.on_stack);
	free(t.stack);
	free(t.calls);
}

static bool
is_pipe(const struct graph *g, size_t node)
{
	return node >= g->look->nalive;
}

/* The process waits for the first one, directly or through a pipe. */
static bool
closes(const struct graph *g, size_t node, size_t first, const bool *holds)
{
	size_t e;

	for (e = g->first[node]; e < g->first[node + 1]; e++)
		if (g->edges[e].to == first || holds[g->edges[e].to])
			return true;
	return false;
}

static void
add_place(struct deadlock_circles *c, size_t place)
{
	c->list = grow(c->list, c->n, &c->cap, sizeof *c->list);
	c->list[c->n++] = place;
}

/* The circle ends with last; previous leads back to its begin. */
static void
add_circle(const struct graph *g, struct deadlock_circles *c, size_t first,
    size_t last, const size_t *previous)
{
	size_t begin = c->n, node, i, k, place;

	add_place(c, 0);
	for (node = last; node != first; node = previous[node])
		if (!is_pipe(g, node))
			add_place(c, node);
	add_place(c, first);
	c->list[begin] = c->n - begin - 1;
	for (i = begin + 1, k = c->n - 1; i < k; i++, k--) {
		place = c->list[i];
		c->list[i] = c->list[k];
		c->list[k] = place;
	}
}

/* Marks the nodes of pipes that wait for the process. */
static void
mark_held(const struct graph *g, size_t place, bool *holds, bool value)
{
	const struct waitgraph *l = g->look;
	const struct waitgraph_end *end;
	size_t n, i, unused, node;

	end = waitgraph_held(l, l->alive[place], &n);
	for (i = 0; i < n; i++) {
		node = l->nalive + 2 * waitgraph_ends(l, &end[i], &unused);
		if (end[i].writes)
			holds[node] = value;
		if (end[i].reads)
			holds[node + 1] = value;
	}
}

/* Breadth-first within the group. A process that holds both ends of the pipe
 * at which it waits is no circle. */
static void
find_circle(const struct graph *g, struct deadlock_circles *c, size_t first,
    size_t *queue, size_t *previous, bool *holds)
{
	size_t head = 0, tail = 0, e, node, to;

	mark_held(g, first, holds, true);
	queue[tail++] = first;
	while (head < tail) {
		node = queue[head++];
		if (node != first && !is_pipe(g, node) &&
		    closes(g, node, first, holds)) {
			add_circle(g, c, first, node, previous);
			break;
		}
		for (e = g->first[node]; e < g->first[node + 1]; e++) {
			to = g->edges[e].to;
			if (to == first || previous[to] != SIZE_MAX ||
			    g->group[to] != g->group[first])
				continue;
			previous[to] = node;
			queue[tail++] = to;
		}
	}
	mark_held(g, first, holds, false);
}

void
deadlock_find(const struct waitgraph *l, struct deadlock_circles *c)
{
	struct graph g = { .look = l };
	size_t *members, *queue, *previous, i;
	bool *holds, *told;

	build(&g);
	find_groups(&g);
	members = xcalloc(g.nnodes + 1, sizeof *members);
	queue = xcalloc(g.nnodes + 1, sizeof *queue);
	previous = xreallocarray(NULL, g.nnodes + 1, sizeof *previous);
	holds = xcalloc(g.nnodes + 1, sizeof *holds);
	told = xcalloc(g.nnodes + 1, sizeof *told);
	memset(previous, 0xff, (g.nnodes + 1) * sizeof *previous);
	for (i = 0; i < l->nalive; i++)
		members[g.group[i]]++;
	for (i = 0; i < l->nalive; i++) {
		if (members[g.group[i]] < 2 || told[g.group[i]])
			continue;
		told[g.group[i]] = true;
		find_circle(&g, c, i, queue, previous, holds);
	}
	free(members);
	free(queue);
	free(previous);
	free(holds);
	free(told);
	free(g.edges);
	free(g.first);
	free(g.group);
}
