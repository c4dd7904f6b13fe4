#include "import/stracetree.h"

#include <err.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "event/event.h"
#include "import/stracedir.h"

/* a thread; the IDs are those of its process, kept with the leader */
struct task {
	int32_t tid, leader;
	int32_t ppid, pgid, sid;	/* 0: not known */
	uint64_t begun;		/* when it was first heard of */
	size_t nthreads;	/* others of its own, alive; of a leader */
	bool left;		/* its own thread has ended, not all of them */
	bool orphan;		/* a process, of which no fork was shown */
	struct stracedir cwd;	/* of a leader */
	bool gone;		/* the process has ended, but not yet the leader */
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

bool
stracetree_knows(const struct stracetree *t, int32_t tid)
{
	struct task key = { .tid = tid };

	return tfind(&key, &t->tasks, compare) != NULL;
}

static bool
is_live_process(const struct task *task)
{
	return task->leader == task->tid && !task->gone;
}

static void
end_task(struct stracetree *t, int32_t tid)
{
	struct task *task = find_task(t, tid), *leader;

	if (!task)
		return;
	leader = find_task(t, task->leader);
	if (leader && leader != task && leader->nthreads)
		leader->nthreads--;
	t->alive -= is_live_process(task);
	tdelete(task, &t->tasks, compare);
	stracedir_free(&task->cwd);
	free(task);
}

/* A PID that comes again is another task. */
static struct task *
new_task(struct stracetree *t, int32_t tid, int32_t leader, uint64_t ts)
{
	struct task *task;

	end_task(t, tid);
	task = xcalloc(1, sizeof *task);
	task->tid = tid;
	task->leader = leader;
	task->begun = ts;
	t->alive += is_live_process(task);
	if (!tsearch(task, &t->tasks, compare))
		errx(exit_failure, "out of memory");
	return task;
}

static struct task *
new_orphan(struct stracetree *t, int32_t tid, uint64_t ts)
{
	struct task *task = new_task(t, tid, tid, ts);

	task->orphan = true;
	t->norphans++;
	if (t->cwd)
		stracedir_set(&task->cwd, (struct slice){ t->cwd, strlen(t->cwd) },
		    true);
	free(t->cwd);
	t->cwd = NULL;
	return task;
}

/* the leader of the process of which tid is a thread */
static struct task *
find_process(struct stracetree *t, int32_t tid, uint64_t ts)
{
	struct task *task = find_task(t, tid), *leader;

	if (!task)
		return new_orphan(t, tid, ts);
	leader = find_task(t, task->leader);
	return leader ? leader : task;
}

static void
begin_event(const struct stracetree_step *step, const char *kind,
    const struct task *p, struct buf *events)
{
	event_begin(events, kind);
	event_add_number(events, "ts", step->ts);
	event_add_number(events, "pid", (uint64_t)p->tid);
	event_add_number(events, "ppid", (uint64_t)p->ppid);
	event_add_number(events, "pgid", (uint64_t)p->pgid);
	event_add_number(events, "sid", (uint64_t)p->sid);
}

static void
add_event(const struct stracetree_step *step, const char *kind,
    const struct task *p, struct buf *events)
{
	begin_event(step, kind, p, events);
	buf_add(events, step->rest.p, step->rest.len);
	buf_addc(events, '\n');
}

static void
add_exec(const struct stracetree_step *step, const struct task *p,
    struct buf *events)
{
	begin_event(step, "exec", p, events);
	if (p->cwd.path.len)
		event_add(events, "cwd", p->cwd.path.p, p->cwd.path.len);
	buf_add(events, step->rest.p, step->rest.len);
	buf_addc(events, '\n');
}

/* What a process seems to have sent itself is what came of its system call. */
static bool
is_of_kernel(struct slice signal)
{
	return slice_has(signal, "\tsig=SIGPIPE\tcode=SI_USER") ||
	    slice_has(signal, "\tsig=SIGXFSZ\tcode=SI_USER");
}

static void
add_signal(const struct stracetree_step *step, const struct task *p,
    struct buf *events)
{
	event_begin(events, event_kind_name(EVENT_SIGNAL));
	event_add_number(events, "ts", step->ts);
	event_add_number(events, "pid", (uint64_t)p->tid);
	buf_add(events, step->rest.p, step->rest.len);
	if (step->a && !(step->a == p->tid && is_of_kernel(step->rest))) {
		event_add_number(events, "from", (uint64_t)step->a);
		event_add_number(events, "uid", (uint32_t)step->b);
	}
	buf_addc(events, '\n');
}

static void
add_thread(struct stracetree *t, struct task *leader,
    const struct stracetree_step *step)
{
	struct task *was = find_task(t, step->a);

	if (was && was->orphan && was != leader)
		t->norphans--;
	if (was != leader) {
		new_task(t, step->a, leader->tid, step->ts);
		leader->nthreads++;
	}
}

/* With -z, what the child does may be shown before the whole of the call: then
 * it is no orphan any more, and not yet another life of its PID. */
static struct task *
find_child(struct stracetree *t, const struct stracetree_step *step)
{
	struct task *child = find_task(t, step->a);

	if (!child || !child->orphan || child->begun < step->ts)
		return new_task(t, step->a, step->a, step->ts);
	child->orphan = false;
	t->norphans--;
	return child;
}

static void
fork_task(struct stracetree *t, const struct stracetree_step *step,
    struct buf *events)
{
	struct task parent = *find_process(t, step->tid, step->ts), *child;

	child = find_child(t, step);
	if (!child->pgid)
		child->pgid = parent.pgid;
	if (!child->sid)
		child->sid = parent.sid;
	child->ppid = step->b & STRACETREE_SIBLING ? parent.ppid : parent.tid;
	if (step->b & STRACETREE_SHARED)
		stracedir_forget(&find_process(t, step->tid, step->ts)->cwd);
	else if (!child->cwd.path.len)
		stracedir_copy(&child->cwd, &parent.cwd);
	add_event(step, "fork", child, events);
}

static void
set_group(struct stracetree *t, const struct stracetree_step *step,
    struct buf *events)
{
	struct task *p = find_process(t, step->a ? step->a : step->tid, step->ts);

	p->pgid = step->b ? step->b : p->tid;
	add_event(step, "setpgid", p, events);
}

static void
end_process(struct stracetree *t, const struct stracetree_step *step,
    struct task *p, struct buf *events)
{
	if (!is_live_process(p))
		return;
	add_event(step, "exit", p, events);
	p->gone = true;
	t->alive--;
}

/* A process ends when its leader does: strace shows that one last. An orphan is
 * kept, as its fork may still come. */
static void
exit_task(struct stracetree *t, const struct stracetree_step *step,
    struct buf *events)
{
	struct task *task = find_task(t, step->tid);

	if (!task)
		task = new_orphan(t, step->tid, step->ts);
	end_process(t, step, task, events);
	if (!task->orphan)
		end_task(t, step->tid);
}

static void
leave(struct stracetree *t, const struct stracetree_step *step,
    struct buf *events)
{
	struct task *leader = find_process(t, step->tid, step->ts);

	if (leader->tid != step->tid)
		end_task(t, step->tid);
	else if (leader->nthreads)
		leader->left = true;
	if (!leader->nthreads && (leader->tid == step->tid || leader->left))
		end_process(t, step, leader, events);
}

static void
reap(struct stracetree *t, const struct stracetree_step *step,
    struct buf *events)
{
	struct task *child = find_task(t, step->a);

	if (child && !child->orphan)
		end_process(t, step, child, events);
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
		p = find_process(t, step->tid, step->ts);
		add_thread(t, p, step);
		break;
	case STRACETREE_EXEC:
		add_exec(step, find_process(t, step->tid, step->ts), events);
		break;
	case STRACETREE_EXECFAIL:
		add_event(step, "execfail", find_process(t, step->tid, step->ts), events);
		break;
	case STRACETREE_SETSID:
		p = find_process(t, step->tid, step->ts);
		p->pgid = p->sid = p->tid;
		add_event(step, "setsid", p, events);
		break;
	case STRACETREE_SETPGID:
		set_group(t, step, events);
		break;
	case STRACETREE_EXIT:
		exit_task(t, step, events);
		break;
	case STRACETREE_LEAVE:
		leave(t, step, events);
		break;
	case STRACETREE_REAPED:
		reap(t, step, events);
		break;
	case STRACETREE_EXIT_GROUP:
		end_process(t, step, find_process(t, step->tid, step->ts),
		    events);
		break;
	case STRACETREE_CHDIR:
		stracedir_change(&find_process(t, step->tid, step->ts)->cwd,
		    step->rest);
		break;
	case STRACETREE_FCHDIR:
		stracedir_set(&find_process(t, step->tid, step->ts)->cwd,
		    step->rest, true);
		break;
	case STRACETREE_SIGNAL:
		add_signal(step, find_process(t, step->tid, step->ts), events);
		break;
	case STRACETREE_SUPERSEDED:
		end_task(t, step->a);
		break;
	}
}

void
stracetree_set_cwd(struct stracetree *t, const char *cwd)
{
	t->cwd = xstrdup(cwd);
}

void
stracetree_free(struct stracetree *t)
{
	free(t->cwd);
	while (t->tasks)
		end_task(t, (*(struct task **)t->tasks)->tid);
}
