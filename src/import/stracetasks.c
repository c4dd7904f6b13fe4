#include "import/stracetasks.h"

#include <err.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"

static int
compare(const void *p, const void *q)
{
	const struct stracetask *a = p, *b = q;

	return (a->tid > b->tid) - (a->tid < b->tid);
}

struct stracetask *
stracetasks_find(const struct stracetasks *t, int32_t tid)
{
	struct stracetask key = { .tid = tid };
	struct stracetask *const *found = tfind(&key, &t->tasks, compare);

	return found ? *found : NULL;
}

bool
stracetasks_lives(const struct stracetask *task)
{
	return task->leader == task->tid && !task->gone;
}

void
stracetasks_remove(struct stracetasks *t, int32_t tid)
{
	struct stracetask *task = stracetasks_find(t, tid), *leader;

	if (!task)
		return;
	leader = stracetasks_find(t, task->leader);
	if (leader && leader != task && leader->nthreads)
		leader->nthreads--;
	t->alive -= stracetasks_lives(task);
	tdelete(task, &t->tasks, compare);
	stracedir_free(&task->cwd);
	free(task);
}

struct stracetask *
stracetasks_add(struct stracetasks *t, int32_t tid, int32_t leader, uint64_t ts)
{
	struct stracetask *task;

	stracetasks_remove(t, tid);
	task = xcalloc(1, sizeof *task);
	task->tid = tid;
	task->leader = leader;
	task->begun = ts;
	t->alive += stracetasks_lives(task);
	if (!tsearch(task, &t->tasks, compare))
		errx(exit_failure, "out of memory");
	return task;
}

struct stracetask *
stracetasks_add_orphan(struct stracetasks *t, int32_t tid, uint64_t ts)
{
	struct stracetask *task = stracetasks_add(t, tid, tid, ts);

	task->orphan = true;
	t->norphans++;
	if (t->cwd)
		stracedir_set(&task->cwd, (struct slice){ t->cwd, strlen(t->cwd) },
		    true);
	free(t->cwd);
	t->cwd = NULL;
	return task;
}

struct stracetask *
stracetasks_process(struct stracetasks *t, int32_t tid, uint64_t ts)
{
	struct stracetask *task = stracetasks_find(t, tid), *leader;

	if (!task)
		return stracetasks_add_orphan(t, tid, ts);
	leader = stracetasks_find(t, task->leader);
	return leader ? leader : task;
}

void
stracetasks_free(struct stracetasks *t)
{
	free(t->cwd);
	while (t->tasks)
		stracetasks_remove(t, (*(struct stracetask **)t->tasks)->tid);
}
