#include "render/folded.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/merged.h"

enum { US = 1000 };	/* ns */

struct writer {
	const struct programs *programs;
	FILE *to;
	struct buf path, name;
	size_t ends[FOLDED_DEPTH + 1];	/* of the path of each depth; from 1 on */
	uint64_t time;		/* ns, of the path that is not yet written */
};

static void
flush(struct writer *w)
{
	uint64_t us = (w->time + US / 2) / US;

	if (us)
		fprintf(w->to, "%.*s %" PRIu64 "\n", (int)w->path.len,
		    w->path.p, us);
	w->time = 0;
}

/* A ";" in a name would make two programs of it. */
static void
add_name(struct buf *b, const char *p, size_t n)
{
	const char *end = p + n, *semicolon;

	while ((semicolon = memchr(p, ';', (size_t)(end - p)))) {
		buf_add(b, p, (size_t)(semicolon - p));
		buf_adds(b, "\\x3b");
		p = semicolon + 1;
	}
	buf_add(b, p, (size_t)(end - p));
}

static void
begin_path(struct writer *w, const struct merged_node *node)
{
	flush(w);
	w->path.len = w->ends[node->depth];
	if (node->depth)
		buf_addc(&w->path, ';');
	w->name.len = 0;
	programs_name(&w->name, w->programs, node->first);
	add_name(&w->path, w->name.p, w->name.len);
	w->ends[node->depth + 1] = w->path.len;
}

static uint64_t
time_of(const struct merged_node *node, enum folded_time which)
{
	switch (which) {
	case FOLDED_CPU: return node->cpu;
	case FOLDED_CRITICAL: return node->critical;
	case FOLDED_OWN: break;
	}
	return node->own;
}

static void
write_all(struct writer *w, const struct merged *m, enum folded_time which)
{
	size_t i;

	for (i = 0; i < m->n && !ferror(w->to); i++) {
		if (m->nodes[i].depth < FOLDED_DEPTH)
			begin_path(w, &m->nodes[i]);
		w->time += time_of(&m->nodes[i], which);
	}
	flush(w);
	free(w->path.p);
	free(w->name.p);
}

void
folded_write(const struct forest *f, enum folded_time which, FILE *to)
{
	struct programs programs = { 0 };
	struct files files = { 0 };
	struct critical critical = { 0 };
	struct shares shares = { 0 };
	struct merged merged = { 0 };
	struct span *spans = spans_find(f);
	struct writer w = { .programs = &programs, .to = to };

	programs_find(&programs, f);
	files_find(&files, f);
	critical_find(&critical, f, &files);
	shares_find(&shares, f, &critical, &programs);
	merged_find(&merged, f, &programs, &shares, spans);
	write_all(&w, &merged, which);
	merged_free(&merged);
	shares_free(&shares);
	critical_free(&critical);
	files_free(&files);
	programs_free(&programs);
	free(spans);
}
