#include "import/straceterm.h"

#include <err.h>
#include <search.h>
#include <stdlib.h>

#include "base/slice.h"
#include "import/stracenoise.h"

/* a process or thread that lives */
struct straceterm_task {
	int32_t tid;	/* 0: its PID is not known */
	struct straceterm_task *older, *younger;
};

static int
compare(const void *p, const void *q)
{
	const struct straceterm_task *a = p, *b = q;

	return (a->tid > b->tid) - (a->tid < b->tid);
}

static struct straceterm_task *
find(const struct straceterm *t, int32_t tid)
{
	struct straceterm_task key = { .tid = tid };
	struct straceterm_task *const *found = tfind(&key, &t->tasks, compare);

	return found ? *found : NULL;
}

static void
insert(struct straceterm *t, struct straceterm_task *task)
{
	if (!tsearch(task, &t->tasks, compare))
		errx(exit_failure, "out of memory");
}

void
straceterm_add(struct straceterm *t, int32_t tid)
{
	struct straceterm_task *task;

	if (find(t, tid))
		return;
	task = xcalloc(1, sizeof *task);
	task->tid = tid;
	task->older = t->newest;
	if (t->newest)
		t->newest->younger = task;
	else
		t->oldest = task;
	t->newest = task;
	insert(t, task);
}

void
straceterm_end(struct straceterm *t, int32_t tid)
{
	struct straceterm_task *task = find(t, tid);

	if (!task)
		return;
	if (task->older)
		task->older->younger = task->younger;
	else
		t->oldest = task->younger;
	if (task->younger)
		task->younger->older = task->older;
	else
		t->newest = task->older;
	tdelete(task, &t->tasks, compare);
	free(task);
}

bool
straceterm_join(struct straceterm *t, struct slice *line)
{
	struct slice rest = *line;
	int32_t attached;

	if (stracenoise_message(&rest, &attached)) {
		if (attached)
			straceterm_add(t, attached);
		buf_add(&t->part, rest.p, rest.len);
		return false;
	}
	if (t->part.len) {
		buf_add(&t->part, line->p, line->len);
		*line = (struct slice){ t->part.p, t->part.len };
		t->part.len = 0;
	}
	return true;
}

static int32_t
name_oldest(struct straceterm *t, int32_t tid)
{
	tdelete(t->oldest, &t->tasks, compare);
	t->oldest->tid = tid;
	insert(t, t->oldest);
	return tid;
}

int32_t
straceterm_whose(struct straceterm *t, const struct straceline *line,
    int32_t *first)
{
	struct slice text = line->text;

	if (!line->pid) {
		if (!t->oldest)
			straceterm_add(t, 0);
		if (!t->oldest->tid)
			t->in_call = straceline_unfinished(&text);
		return t->oldest->tid;
	}
	/* while the first one is in a call, a new PID is not its own, unless
	 * the call goes on */
	if (t->oldest && !t->oldest->tid && !find(t, line->pid) &&
	    (!t->in_call || slice_starts(text, "<... ")))
		*first = name_oldest(t, line->pid);
	else if (line->brackets)
		straceterm_add(t, line->pid);
	return line->pid;
}

void
straceterm_free(struct straceterm *t)
{
	while (t->oldest)
		straceterm_end(t, t->oldest->tid);
	free(t->part.p);
}
