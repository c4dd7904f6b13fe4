#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "property.h"

enum { SHOWN = 100 };

static int
compare(const void *a, const void *b)
{
	const struct happening *x = *(struct happening *const *)a;
	const struct happening *y = *(struct happening *const *)b;

	if (x->ts != y->ts)
		return x->ts < y->ts ? -1 : 1;
	if (x->cpu != y->cpu)
		return x->cpu < y->cpu ? -1 : 1;
	return x < y ? -1 : x > y;	/* as they happened */
}

struct happening **
in_order(const struct world *w)
{
	struct happening **all = xreallocarray(NULL, w->nhappenings + 1,
	    sizeof *all);
	size_t i;

	for (i = 0; i < w->nhappenings; i++)
		all[i] = &w->happenings[i];
	qsort(all, w->nhappenings, sizeof *all, compare);
	all[w->nhappenings] = NULL;
	return all;
}

/* The event says that the process is there. */
static bool
shows(const struct happening *h, int process)
{
	if (h->what == OTHER || h->what == TICK)
		return false;
	return h->who == process || (h->what == FORK && h->parent == process);
}

bool
begin_of(const struct world *w, int process, uint64_t *ts)
{
	size_t i;

	for (i = 0; i < w->nhappenings; i++)
		if (shows(&w->happenings[i], process)) {
			*ts = w->processes[process].was_there ? 0 :
			    w->processes[process].born;
			return true;
		}
	return false;
}

static bool
descends(const struct world *w, int process, int root)
{
	while (process != root && process != INIT &&
	    !w->processes[process].was_there)
		process = w->processes[process].forker;
	return process == root;
}

/* Which events belong: true at the index of each. The descent of a root that
 * was forked in the recording is known. Of one that was there before, a
 * process is known to descend if it is forked by one that is known, or if it
 * does something while its parent is known. */
static bool *
judge(const struct world *w, int root)
{
	bool *known = xcalloc(w->nprocesses, sizeof *known);
	bool *exited = xcalloc(w->nprocesses, sizeof *exited);
	bool *belongs = xcalloc(w->nhappenings + 1, sizeof *belongs);
	const struct happening *h;
	size_t i;

	for (i = 0; i < w->nhappenings; i++) {
		h = &w->happenings[i];
		if (shows(h, root))
			known[root] = true;
		if (h->who == NOBODY)
			continue;
		if (!w->processes[root].was_there)
			known[h->who] = descends(w, h->who, root);
		else if (h->what != SETPGID && h->what != OTHER &&
		    known[h->parent])
			known[h->who] = true;
		belongs[i] = known[h->who] && !exited[h->who];
		exited[h->who] = exited[h->who] || h->what == EXIT;
	}
	free(known);
	free(exited);
	return belongs;
}

static void
add_root(const struct world *w, const struct question *q, struct buf *b)
{
	const struct process *root = &w->processes[q->root];
	uint64_t begin = 0;

	begin_of(w, q->root, &begin);
	if (q->named && root->was_there)
		begin = q->since;
	buf_printf(b, "root\tts=%" PRIu64 "\tpid=%d\n", begin, root->pid);
}

void
expect(const struct world *w, const struct question *q, struct buf *b)
{
	struct happening **all = in_order(w), **p, *h;
	bool *belongs = judge(w, q->root), begun = false;

	for (p = all; *p && !shows(*p, q->root); p++)
		if ((*p)->what == OTHER && (*p)->who == NOBODY)
			buf_add(b, w->text.p + (*p)->line.at, (*p)->line.len);
	for (; *p; p++) {
		h = *p;
		if (!begun)
			add_root(w, q, b);
		begun = true;
		if (h->who == NOBODY ? h->what == OTHER :
		    belongs[h - w->happenings])
			buf_add(b, w->text.p + h->line.at, h->line.len);
	}
	free(all);
	free(belongs);
}

/* as much of a command as a listing shows */
static void
add_command(struct buf *b, const char *p, size_t len)
{
	bool cut = len > SHOWN;

	for (len = cut ? SHOWN : len; cut && (p[len] & 0xc0) == 0x80; )
		len--;
	if (len)
		buf_add(b, p, len);
	else
		buf_adds(b, "(no exec)");
	buf_adds(b, cut ? "...\n" : "\n");
}

size_t
expect_lives(const struct world *w, int pid, struct buf *b)
{
	const struct process *p;
	size_t i, n = 0;
	uint64_t begin;

	buf_printf(b, "pt-ingest: %d was several processes, choose with "
	    "--root-pid:\n", pid);
	for (i = 0; i < w->nprocesses; i++) {
		p = &w->processes[i];
		if (p->pid != pid || !begin_of(w, (int)i, &begin))
			continue;
		buf_printf(b, "  %d@%-14" PRIu64 " %10.3f s  ", pid, begin,
		    (double)begin / 1e9);
		add_command(b, w->text.p + p->command.at, p->command.len);
		n++;
	}
	return n;
}
