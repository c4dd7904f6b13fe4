#include "import/attempts.h"

#include <stdlib.h>
#include <string.h>

#include "event/event.h"

/* how long an attempt waits for what is missing */
enum { PATIENCE_NS = 2000000000 };

struct attempts_one *
attempts_find(const struct attempts *all, uint64_t pid)
{
	return (struct attempts_one *)pidlist_find(&all->list, pid);
}

void
attempts_add_file(const struct attempts_one *a, struct buf *events)
{
	static const char dots[] = "...";
	size_t len = a->file.len;

	if (!len)
		return;
	event_add(events, "file", a->file.p, len);
	/* it printed at most 512 bytes */
	if (len == 512 + 3 && !memcmp(a->file.p + 512, dots, 3))
		event_add_number(events, "filecut", 1);
}

/* The attempt leaves the list: as an exec if it was one. */
void
attempts_end(struct attempts *all, struct attempts_one *a, struct buf *events)
{
	if (a->event.len) {
		buf_add(events, a->event.p, a->event.len);
		attempts_add_file(a, events);
		if (a->has_args) {
			event_add_number(events, "joined", 1);
			event_add_argv(events);
			event_add_arg(events, true, a->args.p, a->args.len);
		}
		buf_addc(events, '\n');
	}
	pidlist_remove(&all->list, &a->place);
	free(a->event.p);
	free(a->file.p);
	free(a->args.p);
	free(a);
}

/* What is missing was lost. Now is the time of this line and not the latest of
 * all, as another log, or a wrong time, may stand before it. They are looked
 * through once in as many lines as there are of them. */
void
attempts_end_old(struct attempts *all, uint64_t now, struct buf *events)
{
	struct pidlist_one *place = all->list.oldest, *newer;
	struct attempts_one *a;

	if (all->nlines++ < all->list.n / 2)
		return;
	all->nlines = 0;
	for (; place; place = newer) {
		newer = place->newer;
		a = (struct attempts_one *)place;
		if (a->ts < now && now - a->ts > PATIENCE_NS)
			attempts_end(all, a, events);
	}
}

struct attempts_one *
attempts_add(struct attempts *all, uint64_t pid, uint64_t ts)
{
	struct attempts_one *a = xcalloc(1, sizeof *a);

	a->place.pid = pid;
	a->ts = ts;
	pidlist_add(&all->list, &a->place);
	return a;
}

void
attempts_end_all(struct attempts *all, struct buf *events)
{
	while (all->list.oldest)
		attempts_end(all, (struct attempts_one *)all->list.oldest, events);
}
