#include "analysis/summary.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/text.h"
#include "tree/process.h"

/* execs of one process that failed, one after the other, of files that have one
 * name: a search through PATH tries each directory */
struct search {
	struct slice file, base, error;	/* of the first */
	size_t n;
	bool elsewhere;		/* others are in other directories */
	bool final;		/* nothing is executed after it */
};

static struct slice
value_or(const struct event *ev, const char *key, const char *otherwise)
{
	struct slice val;

	return event_get(ev, key, &val) ? val :
	    (struct slice){ otherwise, strlen(otherwise) };
}

/* Of a search the error counts that is not "no such file", as in execvp(3). */
static void
add_to_search(struct search *search, const struct event *execfail)
{
	struct slice file = value_or(execfail, "file", "(unknown)");
	struct slice error = value_or(execfail, "errno", "?");

	if (!search->n++) {
		search->file = file;
		search->base = slice_basename(file);
		search->error = error;
		return;
	}
	if (!slice_equal(file, search->file))
		search->elsewhere = true;
	if (slice_is(search->error, "ENOENT"))
		search->error = error;
}

/* It counts for each of its execs, but is final once. */
static void
end_search(struct summary *s, struct search *search, struct buf *name)
{
	struct slice file = search->elsewhere ? search->base : search->file;
	bool final = search->final && search->n;

	name->len = 0;
	if (search->n) {
		text_visible_value(name, search->error.p, search->error.len);
		buf_addc(name, ' ');
		text_visible_value(name, file.p, file.len);
	}
	s->nnotexecuted += final;
	for (; search->n; search->n--, final = false) {
		/* those that count most come first */
		tally_add(&s->execfails, name->p, name->len, final, final);
		s->nexecfails++;
	}
	search->elsewhere = false;
}

static void
add_execfails(struct summary *s, const struct process *p, struct buf *name)
{
	struct search search = { .final = !p->exec };
	const struct moment *m;

	for (m = p->events; m; m = m->next) {
		if (m->ev.kind == EVENT_EXEC || (m->ev.kind == EVENT_EXECFAIL &&
		    search.n && !slice_equal(search.base, slice_basename(
		    value_or(&m->ev, "file", "(unknown)")))))
			end_search(s, &search, name);
		if (m == p->exec)
			search.final = true;
		if (m->ev.kind == EVENT_EXECFAIL)
			add_to_search(&search, &m->ev);
	}
	end_search(s, &search, name);
}

static void
count(struct summary *s, const struct process *p)
{
	const struct span *span = &s->spans[p->id];

	s->nexecs += p->nexecs;
	s->nfailed += process_failed(p);
	if (p->lost_end)
		s->nunknown++;
	else if (!p->has_exit)
		s->running[s->nrunning++] = p;
	s->has_cpu |= span->has_cpu;
	s->cpu += span->cpu;
}

struct duration {
	uint64_t ns;
	const struct process *p;
};

static int
by_duration(const void *a, const void *b)
{
	const struct duration *x = a, *y = b;

	if (x->ns != y->ns)
		return x->ns < y->ns ? 1 : -1;
	return x->p->id < y->p->id ? -1 : x->p->id > y->p->id;
}

static void
sort_by_duration(const struct process **list, size_t n)
{
	struct duration *durations = xreallocarray(NULL, n, sizeof *durations);
	size_t i;

	for (i = 0; i < n; i++)
		durations[i] = (struct duration){ list[i]->end - list[i]->start,
		    list[i] };
	qsort(durations, n, sizeof *durations, by_duration);
	for (i = 0; i < n; i++)
		list[i] = durations[i].p;
	free(durations);
}

static int
by_share(const void *a, const void *b)
{
	const struct summary_share *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? 1 : -1;
	return x->p->id < y->p->id ? -1 : x->p->id > y->p->id;
}

static void
find_shares(struct summary *s)
{
	struct summary_share *of = xcalloc(s->f->n, sizeof *of);
	const struct critical_segment *segment;
	size_t i;

	for (i = 0; i < s->critical.nroot; i++) {
		segment = &s->critical.segments[i];
		of[segment->p->id].p = segment->p;
		of[segment->p->id].time += segment->to - segment->from;
	}
	for (i = 0; i < s->f->n; i++)
		if (of[i].p)
			of[s->nshares++] = of[i];
	qsort(of, s->nshares, sizeof *of, by_share);
	s->shares = of;
}

void
summary_find(struct summary *s, const struct forest *f,
    const struct files *files)
{
	struct buf name = { 0 };
	size_t i;

	*s = (struct summary){
		.f = f, .first = forest_exec(f->root->events),
		.wall = f->root->end - f->root->start,
		.spans = spans_find(f),
		.longest = xreallocarray(NULL, f->n, sizeof *s->longest),
		.running = xreallocarray(NULL, f->n, sizeof *s->running),
	};
	s->after = s->spans[f->root->id].subtree_end - f->root->end;
	for (i = 0; i < f->n; i++) {
		s->longest[i] = f->processes[i];
		count(s, f->processes[i]);
		add_execfails(s, f->processes[i], &name);
	}
	free(name.p);
	sort_by_duration(s->longest, f->n);
	sort_by_duration(s->running, s->nrunning);
	tally_finish(&s->execfails);
	concurrency_find(&s->load, f);
	critical_find(&s->critical, f, files);
	find_shares(s);
}

void
summary_free(struct summary *s)
{
	concurrency_free(&s->load);
	critical_free(&s->critical);
	tally_free(&s->execfails);
	free(s->spans);
	free(s->longest);
	free(s->running);
	free(s->shares);
	*s = (struct summary){ 0 };
}
