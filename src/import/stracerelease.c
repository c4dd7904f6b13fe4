#include "import/stracerelease.h"

#include "event/event.h"

/* How many lines, and how long, the end of a process may stand behind its
 * exit_group(), until the log is taken for one that does not show ends. */
enum { PATIENCE = 1000, PATIENCE_NS = 1000000000 };

static void
tell_file(struct stracecalls *c, const struct stracequeue_step *step,
    struct buf *events)
{
	struct stracetree_step seen = { .what = STRACETREE_SEEN,
	    .tid = step->it.tid, .ts = step->it.ts,
	    .rest = { step->file->cwd.p, step->file->cwd.len } };
	struct stracefiles_process p = { .ts = step->it.ts };

	if (seen.rest.len)
		stracetree_step(&c->tree, &seen, events);
	p.pid = stracetree_process(&c->tree, seen.tid, seen.ts, &p.cwd);
	stracefiles_call(&c->files, step->file, &p, events);
}

static void
tell(struct stracecalls *c, struct stracequeue_step *step, struct buf *events)
{
	size_t start;

	if (step->state == STRACEQUEUE_DROPPED)
		return;
	if (!c->rooted) {
		event_begin(events, event_kind_name(EVENT_ROOT));
		event_add_number(events, "ts", step->it.ts);
		event_add_number(events, "pid", (uint64_t)step->it.tid);
		buf_addc(events, '\n');
		c->rooted = true;
	}
	if (step->file) {
		tell_file(c, step, events);
		return;
	}
	step->it.rest = (struct slice){ step->rest.p, step->rest.len };
	start = events->len;
	stracetree_step(&c->tree, &step->it, events);
	stracefiles_event(&c->files, events, start);
}

/* Whether the log does not show how this process ended: then its exit_group()
 * has to do. */
static bool
is_missed(struct stracecalls *c, const struct stracequeue_step *step)
{
	if (c->hides_ends || c->finished)
		return true;
	if (c->nlines - step->line < PATIENCE &&
	    (c->timeless || c->now - step->it.ts < PATIENCE_NS))
		return false;
	return c->hides_ends = true;
}

void
stracerelease(struct stracecalls *c, struct buf *events)
{
	struct stracequeue_step *step;

	while ((step = c->queue.first) && step->it.tid &&
	    step->state != STRACEQUEUE_WAITING) {
		if (step->state == STRACEQUEUE_EXPECTED) {
			if (c->shows_ends)
				step->state = STRACEQUEUE_DROPPED;
			else if (!is_missed(c, step))
				break;
		}
		tell(c, step, events);
		stracequeue_remove(&c->queue);
	}
}
