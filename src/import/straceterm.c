#include "import/straceterm.h"

#include <stdlib.h>

#include "base/slice.h"
#include "import/stracenoise.h"

void
straceterm_add(struct straceterm *t, int32_t tid)
{
	struct pidlist_one *task;

	if (pidlist_find(&t->tasks, (uint64_t)tid))
		return;
	task = xcalloc(1, sizeof *task);
	task->pid = (uint64_t)tid;
	pidlist_add(&t->tasks, task);
}

void
straceterm_end(struct straceterm *t, int32_t tid)
{
	struct pidlist_one *task = pidlist_find(&t->tasks, (uint64_t)tid);

	if (!task)
		return;
	pidlist_remove(&t->tasks, task);
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

int32_t
straceterm_whose(struct straceterm *t, const struct straceline *line,
    int32_t *first)
{
	struct slice text = line->text;
	struct pidlist_one *oldest = t->tasks.oldest;

	if (!line->pid) {
		if (!oldest) {
			straceterm_add(t, 0);
			oldest = t->tasks.oldest;
		}
		if (!oldest->pid)
			t->in_call = straceline_unfinished(&text);
		return (int32_t)oldest->pid;
	}
	/* while the first one is in a call, a new PID is not its own, unless
	 * the call goes on */
	if (oldest && !oldest->pid &&
	    !pidlist_find(&t->tasks, (uint64_t)line->pid) &&
	    (!t->in_call || slice_starts(text, "<... "))) {
		pidlist_rename(&t->tasks, oldest, (uint64_t)line->pid);
		*first = line->pid;
	} else if (line->brackets) {
		straceterm_add(t, line->pid);
	}
	return line->pid;
}

void
straceterm_free(struct straceterm *t)
{
	while (t->tasks.oldest)
		straceterm_end(t, (int32_t)t->tasks.oldest->pid);
	free(t->part.p);
}
