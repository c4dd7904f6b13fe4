#include "import/straceterm.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "event/event.h"

static bool
is_alive(const struct straceterm *t, int32_t tid)
{
	size_t i;

	for (i = 0; i < t->nalive; i++)
		if (t->alive[i] == tid)
			return true;
	return false;
}

void
straceterm_add(struct straceterm *t, int32_t tid)
{
	if (is_alive(t, tid))
		return;
	t->alive = grow(t->alive, t->nalive, &t->cap, sizeof *t->alive);
	t->alive[t->nalive++] = tid;
}

void
straceterm_end(struct straceterm *t, int32_t tid)
{
	size_t i;

	for (i = 0; i < t->nalive; i++)
		if (t->alive[i] == tid) {
			t->nalive--;
			memmove(t->alive + i, t->alive + i + 1,
			    (t->nalive - i) * sizeof *t->alive);
			return;
		}
}

bool
straceterm_join(struct straceterm *t, struct slice *line)
{
	struct slice rest = *line;
	uint64_t pid;

	if (slice_drop(&rest, " attached") &&
	    slice_drop_number(&rest, EVENT_PID_MAX, &pid) &&
	    slice_drop(&rest, "strace: Process ")) {
		straceterm_add(t, (int32_t)pid);
		buf_add(&t->part, rest.p, rest.len);
		return false;
	}
	if (slice_starts(*line, "strace: "))
		return false;
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

	if (!line->pid) {
		if (!t->nalive)
			straceterm_add(t, 0);
		if (!t->alive[0])
			t->in_call = straceline_unfinished(&text);
		return t->alive[0];
	}
	/* while the first one is in a call, a new PID is not its own, unless
	 * the call goes on */
	if (t->nalive && !t->alive[0] && !is_alive(t, line->pid) &&
	    (!t->in_call || slice_starts(text, "<... ")))
		*first = t->alive[0] = line->pid;
	else if (line->brackets)
		straceterm_add(t, line->pid);
	return line->pid;
}

void
straceterm_free(struct straceterm *t)
{
	free(t->alive);
	free(t->part.p);
}
