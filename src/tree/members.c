#include "tree/members.h"

#include <stdlib.h>

#include "base/buf.h"

enum { MIN_SIZE = 64 };

/* The upper bits of the product, so that PIDs spread whatever their steps are.
 * size is a power of 2. */
static size_t
home(const struct members *t, int32_t pid)
{
	return (size_t)((uint64_t)((uint32_t)pid * 2654435769u) * t->size >> 32);
}

/* where pid is, or the free place where it would be */
static size_t
find(const struct members *t, int32_t pid)
{
	size_t i = home(t, pid);

	while (t->pids[i] && t->pids[i] != pid)
		i = (i + 1) & (t->size - 1);
	return i;
}

static void
resize(struct members *t, size_t size)
{
	struct members bigger = { .size = size };
	size_t i, to;

	bigger.pids = xcalloc(size, sizeof *bigger.pids);
	bigger.since = xcalloc(size, sizeof *bigger.since);
	for (i = 0; i < t->size; i++)
		if (t->pids[i]) {
			to = find(&bigger, t->pids[i]);
			bigger.pids[to] = t->pids[i];
			bigger.since[to] = t->since[i];
		}
	bigger.n = t->n;
	free(t->pids);
	free(t->since);
	*t = bigger;
}

void
members_add(struct members *t, int32_t pid)
{
	size_t i;

	if (pid <= 0)
		return;
	if ((t->n + 1) * 2 > t->size)
		resize(t, t->size ? t->size * 2 : MIN_SIZE);
	i = find(t, pid);
	if (t->pids[i])
		return;
	t->n++;
	t->pids[i] = pid;
	t->since[i] = 0;
}

bool
members_has(const struct members *t, int32_t pid)
{
	return t->n && pid > 0 && t->pids[find(t, pid)];
}

void
members_set_since(struct members *t, int32_t pid, uint64_t since)
{
	if (members_has(t, pid))
		t->since[find(t, pid)] = since;
}

void
members_remove(struct members *t, int32_t pid)
{
	size_t hole, i, mask = t->size - 1;

	if (!members_has(t, pid))
		return;
	hole = find(t, pid);
	/* close the gap: those that were pushed beyond it move back */
	for (i = (hole + 1) & mask; t->pids[i]; i = (i + 1) & mask)
		if (((i - home(t, t->pids[i])) & mask) >= ((i - hole) & mask)) {
			t->pids[hole] = t->pids[i];
			t->since[hole] = t->since[i];
			hole = i;
		}
	t->pids[hole] = 0;
	t->n--;
}

bool
members_fork(struct members *t, int32_t parent, int32_t child)
{
	members_remove(t, child);
	if (!members_has(t, parent))
		return false;
	members_add(t, child);
	return true;
}

bool
members_seen(struct members *t, int32_t ppid, int32_t pid)
{
	if (!members_has(t, pid)) {
		if (pid == ppid || !members_has(t, ppid))
			return false;
		members_add(t, pid);
	}
	return true;
}

bool
members_next(const struct members *t, struct members_one *one)
{
	size_t i;

	for (i = one->next; i < t->size; i++)
		if (t->pids[i]) {
			*one = (struct members_one){ t->pids[i], t->since[i], i + 1 };
			return true;
		}
	return false;
}

void
members_free(struct members *t)
{
	free(t->pids);
	free(t->since);
	*t = (struct members){ 0 };
}
