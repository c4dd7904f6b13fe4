#include "import/stracequeue.h"

#include <err.h>
#include <search.h>
#include <stdlib.h>

struct stracequeue_step *
stracequeue_add(struct stracequeue *q, int32_t tid, uint64_t ts)
{
	struct stracequeue_step *step = xcalloc(1, sizeof *step);

	step->it.tid = tid;
	step->it.ts = ts;
	if (q->last)
		q->last->next = step;
	else
		q->first = step;
	q->last = step;
	return step;
}

void
stracequeue_remove(struct stracequeue *q)
{
	struct stracequeue_step *step = q->first;

	q->first = step->next;
	if (!q->first)
		q->last = NULL;
	free(step->rest.p);
	if (step->file)
		stracefilecall_free(step->file);
	free(step->file);
	free(step);
}

static int
compare(const void *p, const void *q)
{
	const struct stracequeue_call *a = p, *b = q;

	return (a->tid > b->tid) - (a->tid < b->tid);
}

struct stracequeue_call *
stracequeue_call(const struct stracequeue *q, int32_t tid)
{
	struct stracequeue_call key = { .tid = tid };
	struct stracequeue_call *const *found;

	found = tfind(&key, &q->calls, compare);
	return found ? *found : NULL;
}

static void
insert(struct stracequeue *q, struct stracequeue_call *call)
{
	if (!tsearch(call, &q->calls, compare))
		errx(exit_failure, "out of memory");
	q->ncalls += !call->told;
}

static void
take_out(struct stracequeue *q, struct stracequeue_call *call)
{
	tdelete(call, &q->calls, compare);
	q->ncalls -= !call->told;
}

struct stracequeue_call *
stracequeue_begin(struct stracequeue *q, int32_t tid)
{
	struct stracequeue_call *call = stracequeue_call(q, tid);

	if (call)
		stracequeue_end(q, call);
	call = xcalloc(1, sizeof *call);
	call->tid = tid;
	insert(q, call);
	return call;
}

void
stracequeue_end(struct stracequeue *q, struct stracequeue_call *call)
{
	if (call->fork && call->fork->state == STRACEQUEUE_WAITING)
		call->fork->state = STRACEQUEUE_DROPPED;
	take_out(q, call);
	free(call->text.p);
	free(call);
}

void
stracequeue_tell(struct stracequeue *q, struct stracequeue_call *call)
{
	q->ncalls -= !call->told;
	call->told = true;
}

void
stracequeue_move(struct stracequeue *q, struct stracequeue_call *call,
    int32_t tid)
{
	struct stracequeue_call *other = stracequeue_call(q, tid);

	if (other && other != call)
		stracequeue_end(q, other);
	take_out(q, call);
	call->tid = tid;
	insert(q, call);
}

void
stracequeue_name(struct stracequeue *q, int32_t tid)
{
	struct stracequeue_call *call = stracequeue_call(q, 0);
	struct stracequeue_step *step;

	if (call)
		stracequeue_move(q, call, tid);
	for (step = q->first; step; step = step->next)
		if (!step->it.tid)
			step->it.tid = tid;
}

/* one that turned up while forks waited */
struct stranger {
	int32_t tid;
};

static int
compare_strangers(const void *p, const void *q)
{
	const struct stranger *a = p, *b = q;

	return (a->tid > b->tid) - (a->tid < b->tid);
}

static bool
is_new(void **strangers, int32_t tid)
{
	struct stranger key = { tid }, *s;

	if (tfind(&key, strangers, compare_strangers))
		return false;
	s = xmalloc(sizeof *s);
	s->tid = tid;
	if (!tsearch(s, strangers, compare_strangers))
		errx(exit_failure, "out of memory");
	return true;
}

static struct stracequeue_step *
next_waiting(struct stracequeue_step *step)
{
	while (step && step->state != STRACEQUEUE_WAITING)
		step = step->next;
	return step;
}

static void
end_calls(struct stracequeue *q)
{
	while (q->calls)
		stracequeue_end(q, *(struct stracequeue_call **)q->calls);
}

struct stracequeue_rest
stracequeue_settle(struct stracequeue *q, const struct stracetree *tree)
{
	struct stracequeue_step *fork = next_waiting(q->first), *step;
	void *strangers = NULL;
	struct stracequeue_rest left = { 0, q->ncalls };
	struct stranger *s;

	for (step = fork; step; step = next_waiting(step->next))
		left.nforks++;
	for (step = q->first; step && fork; step = step->next) {
		if (step->state == STRACEQUEUE_DROPPED ||
		    stracetree_knows(tree, step->it.tid) ||
		    !is_new(&strangers, step->it.tid))
			continue;
		if (step == fork || fork->line > step->line)
			continue;	/* who was there before it */
		fork->it.a = step->it.tid;
		fork->state = STRACEQUEUE_READY;
		left.nunfinished--;
		fork = next_waiting(fork->next);
	}
	end_calls(q);
	while (strangers) {
		s = *(struct stranger **)strangers;
		tdelete(s, &strangers, compare_strangers);
		free(s);
	}
	return left;
}

void
stracequeue_free(struct stracequeue *q)
{
	end_calls(q);
	while (q->first)
		stracequeue_remove(q);
}
