#include "import/stracetree.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "event/event.h"

bool
stracetree_knows(const struct stracetree *t, int32_t tid)
{
	return stracetasks_find(&t->tasks, tid) != NULL;
}

/* the leader of the process that did it */
static struct stracetask *
actor(struct stracetree *t, const struct stracetree_step *step)
{
	return stracetasks_process(&t->tasks, step->tid, step->ts);
}

static void
begin_event(const struct stracetree_step *step, const char *kind,
    const struct stracetask *p, struct buf *events)
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
    const struct stracetask *p, struct buf *events)
{
	begin_event(step, kind, p, events);
	buf_add(events, step->rest.p, step->rest.len);
	buf_addc(events, '\n');
}

static void
add_exec(const struct stracetree_step *step, const struct stracetask *p,
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
add_signal(const struct stracetree_step *step, const struct stracetask *p,
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
add_thread(struct stracetree *t, struct stracetask *leader,
    const struct stracetree_step *step)
{
	struct stracetask *was = stracetasks_find(&t->tasks, step->a);

	if (was && was->orphan && was != leader)
		t->tasks.norphans--;
	if (was != leader) {
		stracetasks_add(&t->tasks, step->a, leader->tid, step->ts);
		leader->nthreads++;
	}
}

/* With -z, what the child does may be shown before the whole of the call: then
 * it is no orphan any more, and not yet another life of its PID. */
static struct stracetask *
find_child(struct stracetree *t, const struct stracetree_step *step)
{
	struct stracetask *child = stracetasks_find(&t->tasks, step->a);

	if (!child || !child->orphan || child->begun < step->ts)
		return stracetasks_add(&t->tasks, step->a, step->a, step->ts);
	child->orphan = false;
	t->tasks.norphans--;
	return child;
}

static void
fork_task(struct stracetree *t, const struct stracetree_step *step,
    struct buf *events)
{
	struct stracetask parent = *actor(t, step), *child;
	struct stracedir cwd = { 0 };

	/* of its own: a log may say that it is its own child, whose life before it
	 * is over then */
	stracedir_copy(&cwd, &parent.cwd);
	child = find_child(t, step);
	if (!child->pgid)
		child->pgid = parent.pgid;
	if (!child->sid)
		child->sid = parent.sid;
	child->ppid = step->b & STRACETREE_SIBLING ? parent.ppid : parent.tid;
	if (step->b & STRACETREE_SHARED)
		stracedir_forget(&actor(t, step)->cwd);
	else if (!child->cwd.path.len)
		stracedir_copy(&child->cwd, &cwd);
	stracedir_free(&cwd);
	add_event(step, "fork", child, events);
}

static void
set_group(struct stracetree *t, const struct stracetree_step *step,
    struct buf *events)
{
	struct stracetask *p = stracetasks_process(&t->tasks,
	    step->a ? step->a : step->tid, step->ts);

	p->pgid = step->b ? step->b : p->tid;
	add_event(step, "setpgid", p, events);
}

static void
end_process(struct stracetree *t, const struct stracetree_step *step,
    struct stracetask *p, struct buf *events)
{
	if (!stracetasks_lives(p))
		return;
	add_event(step, "exit", p, events);
	p->gone = true;
	t->tasks.alive--;
}

/* A process ends when its leader does: strace shows that one last. An orphan is
 * kept, as its fork may still come. */
static void
exit_task(struct stracetree *t, const struct stracetree_step *step,
    struct buf *events)
{
	struct stracetask *task = stracetasks_find(&t->tasks, step->tid);

	if (!task)
		task = stracetasks_add_orphan(&t->tasks, step->tid, step->ts);
	end_process(t, step, task, events);
	if (!task->orphan)
		stracetasks_remove(&t->tasks, step->tid);
}

static void
leave(struct stracetree *t, const struct stracetree_step *step,
    struct buf *events)
{
	struct stracetask *leader = actor(t, step);

	if (leader->tid != step->tid)
		stracetasks_remove(&t->tasks, step->tid);
	else if (leader->nthreads)
		leader->left = true;
	if (!leader->nthreads && (leader->tid == step->tid || leader->left))
		end_process(t, step, leader, events);
}

static void
reap(struct stracetree *t, const struct stracetree_step *step,
    struct buf *events)
{
	struct stracetask *child = stracetasks_find(&t->tasks, step->a);

	if (child && !child->orphan)
		end_process(t, step, child, events);
}

int32_t
stracetree_process(struct stracetree *t, int32_t tid, uint64_t ts,
    struct slice *cwd)
{
	const struct stracetask *p = stracetasks_process(&t->tasks, tid, ts);

	*cwd = (struct slice){ p->cwd.path.p, p->cwd.path.len };
	return p->tid;
}

void
stracetree_step(struct stracetree *t, const struct stracetree_step *step,
    struct buf *events)
{
	struct stracetask *p;

	switch (step->what) {
	case STRACETREE_FORK:
		fork_task(t, step, events);
		break;
	case STRACETREE_THREAD:
		p = actor(t, step);
		add_thread(t, p, step);
		break;
	case STRACETREE_EXEC:
		add_exec(step, actor(t, step), events);
		break;
	case STRACETREE_EXECFAIL:
		add_event(step, "execfail", actor(t, step), events);
		break;
	case STRACETREE_SETSID:
		p = actor(t, step);
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
		end_process(t, step, actor(t, step), events);
		break;
	case STRACETREE_CHDIR:
		stracedir_change(&actor(t, step)->cwd, step->rest);
		break;
	case STRACETREE_FCHDIR:
		stracedir_set(&actor(t, step)->cwd, step->rest, true);
		break;
	case STRACETREE_CHROOT:
		stracedir_reroot(&actor(t, step)->cwd);
		break;
	case STRACETREE_SEEN:
		stracedir_see(&actor(t, step)->cwd, step->rest);
		break;
	case STRACETREE_SIGNAL:
		add_signal(step, actor(t, step), events);
		break;
	case STRACETREE_SUPERSEDED:
		stracetasks_remove(&t->tasks, step->a);
		break;
	}
}

void
stracetree_set_cwd(struct stracetree *t, const char *cwd)
{
	t->tasks.cwd = xstrdup(cwd);
}

void
stracetree_free(struct stracetree *t)
{
	stracetasks_free(&t->tasks);
}
