#include "import/straceends.h"

#include <stdlib.h>

#include "base/slice.h"
#include "base/text.h"
#include "event/event.h"
#include "import/straceinfo.h"
#include "import/straceline.h"

/* A parent has heard of its child's end; pid: 0 if that is the result. */
void
straceends_wait(struct stracecalls *c, int32_t tid, uint64_t ts, struct slice text)
{
	struct straceline_result result;
	struct stracequeue_step *step;
	struct buf rest = { 0 };
	int32_t pid;

	if (c->shows_ends && c->shows_kills)
		return;
	if (!straceinfo_wait(text, &pid, &rest) || (!pid &&
	    (!straceline_result(text, &result) || result.value <= 0 ||
	    result.value > EVENT_PID_MAX))) {
		free(rest.p);
		return;
	}
	step = stracecalls_step(c, tid, ts);
	step->it.what = STRACETREE_REAPED;
	step->it.a = pid ? pid : (int32_t)result.value;
	step->rest = rest;
}

/* exit(STATUS) and exit_group(STATUS), which do not return. */
const char *
straceends_exit(struct stracecalls *c, bool group, int32_t tid, uint64_t ts,
    struct slice text)
{
	struct stracequeue_step *step;
	unsigned status;

	if (c->shows_ends)
		return NULL;
	if (!straceinfo_exit(text, &status))
		return "a call without its end: the line is cut";
	step = stracecalls_step(c, tid, ts);
	step->state = STRACEQUEUE_EXPECTED;
	step->it.what = group ? STRACETREE_EXIT_GROUP : STRACETREE_LEAVE;
	event_add_number(&step->rest, "status", status);
	return NULL;
}

/* The exec of another thread has made the leader go: it takes its PID, and its
 * call goes on as the leader's. */
static void
supersede(struct stracecalls *c, struct stracequeue_step *step, int32_t by)
{
	struct stracequeue_call *call = stracequeue_call(&c->queue, by);

	step->it.what = STRACETREE_SUPERSEDED;
	step->it.a = by;
	if (call)
		stracequeue_move(&c->queue, call, step->it.tid);
	straceterm_end(&c->term, by);
}

/* "exited with 1", "killed by SIGSEGV (core dumped)" or "superseded by execve
 * in pid 2" */
const char *
straceends_set(struct stracecalls *c, struct stracequeue_step *step, struct slice text)
{
	struct stracequeue_call *call;
	struct slice signal;
	uint64_t n;

	call = stracequeue_call(&c->queue, step->it.tid);
	if (call)
		stracequeue_end(&c->queue, call);
	step->it.what = STRACETREE_EXIT;
	if (slice_take(&text, "exited with ") &&
	    text_number(text.p, text.len, 255, &n)) {
		event_add_number(&step->rest, "status", n);
		c->shows_ends = true;
	} else if (slice_take(&text, "killed by ")) {
		c->shows_kills = true;
		signal = text;
		if (slice_drop(&signal, " (core dumped)"))
			event_add(&step->rest, "signal", signal.p, signal.len);
		else
			event_add(&step->rest, "signal", text.p, text.len);
		if (signal.len < text.len)
			event_add_number(&step->rest, "core", 1);
	} else if (slice_take(&text, "superseded by execve in pid ") &&
	    straceline_integer(&text, EVENT_PID_MAX, &n) && !text.len) {
		supersede(c, step, (int32_t)n);
		return NULL;
	} else {
		return "an end of a process that is not known";
	}
	straceterm_end(&c->term, step->it.tid);
	return NULL;
}
