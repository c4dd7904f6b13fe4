#include "event/timeline.h"

#include <err.h>
#include <inttypes.h>
#include <stdlib.h>

#include "event/reorder.h"

struct timeline {
	struct reader in;
	struct reorder *order;
	unsigned long long nlate;
	bool ended;
};

struct timeline *
timeline_open(char *const files[])
{
	struct timeline *t = xcalloc(1, sizeof *t);

	t->in.one_only = true;
	reader_open(&t->in, files);
	t->order = reorder_new();
	return t;
}

int
timeline_next(struct timeline *t, struct event *ev)
{
	int r;

	while (!reorder_pop(t->order, ev)) {
		if (t->ended)
			return 0;
		r = reader_next(&t->in, ev);
		if (r < 0)
			return -1;
		if (r == 0) {
			reorder_end(t->order);
			t->ended = true;
		} else if (!reorder_push(t->order, ev)) {
			t->nlate++;
			linebuf_bad(&t->in.in, "comes too late for its time, left out");
		}
	}
	return 1;
}

bool
timeline_close(struct timeline *t, int last)
{
	bool bad;

	if (t->nlate)
		warnx("%llu event%s came too late to be placed: pt-sort first",
		    t->nlate, t->nlate > 1 ? "s" : "");
	bad = reader_close(&t->in, last);
	reorder_free(t->order);
	free(t);
	return bad;
}

void
timeline_warn_lost(const char *name, uint64_t nlost)
{
	if (nlost)
		warnx("%s%s%" PRIu64 " event%s lost: processes, execs and ends may "
		    "be missing", name ? name : "", name ? ": " : "", nlost,
		    nlost > 1 ? "s were" : " was");
}
