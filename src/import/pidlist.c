#include "import/pidlist.h"

#include <err.h>
#include <search.h>

#include "base/buf.h"

static int
compare(const void *p, const void *q)
{
	const struct pidlist_one *a = p, *b = q;

	return (a->pid > b->pid) - (a->pid < b->pid);
}

struct pidlist_one *
pidlist_find(const struct pidlist *l, uint64_t pid)
{
	struct pidlist_one key = { .pid = pid };
	struct pidlist_one *const *found = tfind(&key, &l->by_pid, compare);

	return found ? *found : NULL;
}

static void
insert(struct pidlist *l, struct pidlist_one *one)
{
	if (!tsearch(one, &l->by_pid, compare))
		errx(exit_failure, "out of memory");
}

void
pidlist_add(struct pidlist *l, struct pidlist_one *one)
{
	one->older = l->newest;
	one->newer = NULL;
	if (l->newest)
		l->newest->newer = one;
	else
		l->oldest = one;
	l->newest = one;
	l->n++;
	insert(l, one);
}

void
pidlist_remove(struct pidlist *l, struct pidlist_one *one)
{
	if (one->older)
		one->older->newer = one->newer;
	else
		l->oldest = one->newer;
	if (one->newer)
		one->newer->older = one->older;
	else
		l->newest = one->older;
	tdelete(one, &l->by_pid, compare);
	l->n--;
}

void
pidlist_rename(struct pidlist *l, struct pidlist_one *one, uint64_t pid)
{
	tdelete(one, &l->by_pid, compare);
	one->pid = pid;
	insert(l, one);
}
