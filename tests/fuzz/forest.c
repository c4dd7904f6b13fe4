/* a recording as a forest, and as the charts that are drawn of one */
#include "tree/forest.h"

#include "fuzz.h"
#include "render/gantt.h"

static void
check(const struct forest *f)
{
	const struct process *p;
	size_t n = 0;

	for (p = forest_next(f, NULL, NULL); p; p = forest_next(f, NULL, p)) {
		must(p->end >= p->start);
		must(!p->parent || p->depth == p->parent->depth + 1);
		n++;
	}
	must(n == f->n);
	must(!f->n == !f->root);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct forest f = { 0 };
	struct timeline *in = timeline_open(fuzz_files(data, size));
	struct gantt g = { .limit = size % 2 ? 3000 : GANTT_LIMIT };
	struct buf chart = { 0 };

	timeline_close(in, forest_load(&f, in));
	check(&f);
	if (f.n) {
		gantt_draw(&g, &f, &chart);
		must(text_raw_bad(chart.p, chart.len) < chart.len);
		must(!memchr(chart.p, '\0', chart.len) &&
		    !memchr(chart.p, 033, chart.len));
	}
	free(chart.p);
	forest_free(&f);
	return 0;
}
