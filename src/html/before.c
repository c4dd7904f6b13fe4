#include "html/before.h"

#include <stdlib.h>

#include "analysis/samepaths.h"
#include "base/text.h"
#include "html/markup.h"

enum { SHOWN = 3 };	/* command paths in the sentence */

/* a command path that took longer or shorter */
struct change {
	const struct merged_node *node;		/* of new */
	int64_t ns;
};

static int
by_size(const void *a, const void *b)
{
	const struct change *x = a, *y = b;
	int64_t left = x->ns < 0 ? -x->ns : x->ns;
	int64_t right = y->ns < 0 ? -y->ns : y->ns;

	if (left != right)
		return left < right ? 1 : -1;
	return x->node < y->node ? -1 : x->node > y->node;
}

static void
add_signed(struct buf *b, int64_t ns)
{
	buf_adds(b, ns < 0 ? "\xe2\x88\x92" : "+");
	text_duration(b, (uint64_t)(ns < 0 ? -ns : ns));
}

static void
add_wall(struct buf *b, uint64_t old, uint64_t new)
{
	buf_adds(b, "It took ");
	text_duration(b, new);
	buf_adds(b, ", and ");
	text_duration(b, old);
	buf_adds(b, " before");
	if (old)
		buf_printf(b, " (%+.0f\xc2\xa0%%)",
		    100 * ((double)new - (double)old) / (double)old);
}

/* What the processes of each path took themselves, without children: the sum of
 * all paths is that of the whole recording. */
static size_t
find_changes(struct change *list, const struct answers *old,
    const struct answers *new)
{
	size_t *same = samepaths_find(old, new), i, n = 0;
	uint64_t *before = xcalloc(new->merged.n, sizeof *before);

	for (i = 0; i < old->merged.n; i++)
		if (same[i] != SAMEPATHS_NONE)
			before[same[i]] += old->merged.nodes[i].own;
	for (i = 0; i < new->merged.n; i++)
		list[n++] = (struct change){ &new->merged.nodes[i],
		    (int64_t)(new->merged.nodes[i].own - before[i]) };
	qsort(list, n, sizeof *list, by_size);
	free(same);
	free(before);
	return n;
}

void
html_before_add(struct buf *b, const struct answers *old,
    const struct answers *new)
{
	struct change *list = xcalloc(new->merged.n, sizeof *list);
	struct buf name = { 0 };
	size_t n = find_changes(list, old, new), i;

	buf_adds(b, "<p class=\"before\">");
	add_wall(b, old->summary.wall, new->summary.wall);
	for (i = 0; i < n && i < SHOWN && list[i].ns; i++) {
		buf_adds(b, i ? ", " : ". Themselves, without children: ");
		buf_adds(b, "<code>");
		programs_name(&name, &new->programs, list[i].node->first);
		html_markup_buf(b, &name);
		buf_adds(b, "</code> ");
		add_signed(b, list[i].ns);
	}
	buf_adds(b, ".</p>\n");
	free(list);
}

static void
add_names(struct html_datapart *d, const struct answers *old)
{
	struct buf name = { 0 };
	size_t i;

	json_writer_array(&d->json, "name");
	for (i = 0; i < old->merged.n; i++) {
		name.len = 0;
		programs_name(&name, &old->programs, old->merged.nodes[i].first);
		json_writer_number(&d->json, NULL,
		    (int64_t)strings_add(&d->strings, name.p, name.len));
	}
	json_writer_close(&d->json);
	free(name.p);
}

static int64_t
node_value(const struct answers *old, size_t i, char what)
{
	const struct merged_node *node = &old->merged.nodes[i];

	switch (what) {
	case 'u': return (int64_t)(i - node->parent);
	case 'r': return (int64_t)node->runs;
	case 'f': return (int64_t)node->nfailed;
	case 'w': return (int64_t)node->wall;
	default: return (int64_t)node->own;
	}
}

static void
add_nodes(struct html_datapart *d, const struct answers *old)
{
	static const char *const names[] = { "up", "runs", "failed", "wall", "own" };
	size_t *same = samepaths_find(old, d->a), i, k;

	json_writer_array(&d->json, "same");
	for (i = 0; i < old->merged.n; i++)
		json_writer_number(&d->json, NULL, same[i] == SAMEPATHS_NONE ? HTML_NONE :
		    (int64_t)same[i]);
	json_writer_close(&d->json);
	free(same);
	for (k = 0; k < sizeof names / sizeof *names; k++) {
		json_writer_array(&d->json, names[k]);
		for (i = 0; i < old->merged.n; i++)
			json_writer_number(&d->json, NULL, node_value(old, i, *names[k]));
		json_writer_close(&d->json);
	}
	add_names(d, old);
}

/* as data.h has "load" */
static void
add_load(struct html_datapart *d, const struct answers *old)
{
	static const char *const names[] = { "ts+", "live+", "busy+" };
	const struct concurrency *load = &old->summary.load;
	int64_t before, n;
	size_t i, k;

	for (k = 0; k < sizeof names / sizeof *names; k++) {
		json_writer_array(&d->json, names[k]);
		for (i = 0, before = 0; i < load->n; i++, before = n) {
			n = *names[k] == 't' ?
			    (int64_t)(load->steps[i].ts - old->f->start) :
			    (int64_t)(*names[k] == 'l' ? load->steps[i].live :
			    load->steps[i].busy);
			json_writer_number(&d->json, NULL, n - before);
		}
		json_writer_close(&d->json);
	}
}

void
html_before_write(struct html_datapart *d, const struct answers *old)
{
	json_writer_object(&d->json, "before");
	json_writer_number(&d->json, "took", (int64_t)old->summary.wall);
	json_writer_number(&d->json, "until", (int64_t)(old->f->end - old->f->start));
	add_nodes(d, old);
	add_load(d, old);
	json_writer_close(&d->json);
}
