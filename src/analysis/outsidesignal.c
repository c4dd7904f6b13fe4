#include "analysis/outsidesignal.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/slice.h"

static bool
ends_processes(const struct event *ev)
{
	static const char *const names[] = {
		"SIGHUP", "SIGINT", "SIGKILL", "SIGQUIT", "SIGTERM", NULL,
	};
	struct slice name;

	return ev->kind == EVENT_SIGNAL && event_get(ev, "sig", &name) &&
	    slice_is_one_of(name, names);
}

static int
by_number(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* All PIDs of the forest in order, f->n of them. */
static int32_t *
sorted_pids(const struct forest *f)
{
	int32_t *pids = xreallocarray(NULL, f->n, sizeof *pids);
	size_t i;

	for (i = 0; i < f->n; i++)
		pids[i] = f->processes[i]->pid;
	qsort(pids, f->n, sizeof *pids, by_number);
	return pids;
}

uint64_t
outsidesignal_find(const struct forest *f)
{
	int32_t *pids = sorted_pids(f), pid;
	uint64_t first = UINT64_MAX, from;
	const struct moment *m;
	size_t i;

	for (i = 0; i < f->n; i++)
		for (m = f->processes[i]->events; m; m = m->next) {
			if (m->ev.ts >= first || !ends_processes(&m->ev))
				continue;
			pid = event_get_number(&m->ev, "from", &from) &&
			    from <= EVENT_PID_MAX ? (int32_t)from : 0;
			if (!pid || !bsearch(&pid, pids, f->n, sizeof pid,
			    by_number))
				first = m->ev.ts;
		}
	free(pids);
	return first;
}
