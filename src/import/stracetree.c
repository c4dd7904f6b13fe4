#include "import/stracetree.h"

#include <err.h>
#include <search.h>
#include <stdlib.h>

#include "event/event.h"

/* a thread; the IDs are those of its process, kept with the leader */
struct task {
	int32_t tid, leader;
	int32_t ppid, pgid, sid;	/* 0: not known */
};

static int
compare(const void *p, const void *q)
{
	const struct task *a = p, *b = q;

	return (a->tid > b->tid) - (a->tid < b->tid);
}

static struct task *
find_task(struct stracetree *t, int32_t tid)
{
	struct task key = { .tid = tid };
	struct task *const *found = tfind(&key, &t->tasks, compare);

	return found ? *found : NULL;
}

static void
end_task(struct stracetree *t, int32_t tid)
{
	struct task *task = find_task(t, tid);

	if (task)
		tdelete(task, &t->tasks, compare);
	free(task);
}

/* A PID that comes again is another task. */
static struct task *
new_task(struct stracetree *t, int32_t tid)
{
	struct task *task;

	end_task(t, tid);
	task = xcalloc(1, sizeof *task);
	task->tid = task->leader = tid;
	if (!tsearch(task, &t->tasks, compare))
		errx(2, "out of memory");
	return task;
}

/* the leader of the process of which tid is a thread */
static struct task *
find_process(struct stracetree *t, int32_t tid)
{
	struct task *task = find_task(t, tid), *leader;

	if (!task)
		return new_task(t, tid);
	leader = find_task(t, task->leader);
	return leader ? leader : task;
}

static void
add_event(const struct stracetree_step *step, const char *kind,
    const struct task *p, struct buf *events)
{
	event_begin(events, kind);
	event_add_number(events, "ts", step->ts);
	event_add_number(events, "pid", (uint64_t)p->tid);
	event_add_number(events, "ppid", (uint64_t)p->ppid);
	event_add_number(events, "pgid", (uint64_t)p->pgid);
	event_add_number(events, "sid", (uint64_t)p->sid);
	buf_add(events, step->rest.p, step->rest.len);
	buf_addc(events, '\n');
}

static void
fork_task(struct stracetree *t, const struct stracetree_step *step,
    struct buf *events)
{
	struct task parent = *find_process(t, step->tid), *child;

	child = new_task(t, step->a);
	child->pgid = parent.pgid;
	child->sid = parent.sid;
	child->ppid = parent.tid;
	add_event(step, "fork", child, events);
}

static void
set_group(struct stracetree *t, const struct stracetree_step *step,
    struct buf *events)
{
	struct task *p = find_process(t, step->tid);

	if (step->a)
		p = find_process(t, step->a);
	p->pgid = step->b ? step->b : p->tid;
	add_event(step, "setpgid", p, events);
}

/* A process ends when its leader does: strace shows that one last. */
static void
exit_task(struct stracetree *t, const struct stracetree_step *step,
    struct buf *events)
{
	struct task *task = find_task(t, step->tid);

	if (!task)
		return;
	if (task->leader == task->tid)
		add_event(step, "exit", task, events);
	end_task(t, step->tid);
}

void
stracetree_step(struct stracetree *t, const struct stracetree_step *step,
    struct buf *events)
{
	struct task *p;

	switch (step->what) {
	case STRACETREE_FORK:
		fork_task(t, step, events);
		break;
	case STRACETREE_THREAD:
		p = find_process(t, step->tid);
		new_task(t, step->a)->leader = p->tid;
		break;
	case STRACETREE_EXEC:
		add_event(step, "exec", find_process(t, step->tid), events);
		break;
	case STRACETREE_EXECFAIL:
		add_event(step, "execfail", find_process(t, step->tid), events);
		break;
	case STRACETREE_SETSID:
		p = find_process(t, step->tid);
		p->pgid = p->sid = p->tid;
		add_event(step, "setsid", p, events);
		break;
	case STRACETREE_SETPGID:
		set_group(t, step, events);
		break;
	case STRACETREE_EXIT:
		exit_task(t, step, events);
		break;
	case STRACETREE_SUPERSEDED:
		end_task(t, step->a);
		break;
	}
}

void
stracetree_free(struct stracetree *t)
{
	while (t->tasks)
		end_task(t, (*(struct task **)t->tasks)->tid);
}
