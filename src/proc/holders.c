#define _GNU_SOURCE
#include "proc/holders.h"

#include <dirent.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/slice.h"
#include "event/event.h"
#include "proc/cmdline.h"
#include "proc/descriptors.h"

enum { PATH_SIZE = 64 };

/* a pipe that a process of the look has open, and perhaps waits for */
struct end {
	int32_t pid;
	uint64_t fd, ino;
	char awaited;		/* how its other end is open: 'r', 'w'; 0: not
				 * waited for */
};

struct search {
	struct buf *lines;
	uint64_t ts;
	struct end *ends;	/* by pid and fd; then the awaited ones by ino */
	size_t n, cap;
	int32_t *pids;		/* of the look, in order */
	size_t npids, pids_cap;
	size_t found;
};

static int
by_descriptor(const void *a, const void *b)
{
	const struct end *x = a, *y = b;

	if (x->pid != y->pid)
		return x->pid < y->pid ? -1 : 1;
	return x->fd < y->fd ? -1 : x->fd > y->fd;
}

static int
by_pipe(const void *a, const void *b)
{
	const struct end *x = a, *y = b;

	if (x->ino != y->ino)
		return x->ino < y->ino ? -1 : 1;
	return by_descriptor(a, b);
}

static int
by_pid(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void
add_end(struct search *s, const struct event *ev)
{
	struct end end = { .pid = ev->pid };
	struct slice ref;

	if (!event_get(ev, "ref", &ref) || !slice_starts(ref, "pipe:[") ||
	    !event_get_number(ev, "fd", &end.fd) ||
	    !event_get_number(ev, "ino", &end.ino))
		return;
	s->ends = grow(s->ends, s->n, &s->cap, sizeof *s->ends);
	s->ends[s->n++] = end;
}

/* The wait is one for a pipe: marks that. */
static void
mark_awaited(struct search *s, const struct event *ev)
{
	static const char *const reads[] = { "read", "poll", "select", "epoll" };
	struct end key = { .pid = ev->pid }, *end;
	struct slice call;
	char other = 0;
	size_t i;

	if (!event_get(ev, "call", &call) || !event_get_number(ev, "fd", &key.fd))
		return;
	for (i = 0; i < sizeof reads / sizeof *reads; i++)
		if (slice_is(call, reads[i]))
			other = 'w';
	if (slice_is(call, "write"))
		other = 'r';
	end = s->n ? bsearch(&key, s->ends, s->n, sizeof key, by_descriptor) :
	    NULL;
	if (end)
		end->awaited = other;
}

/* Calls take for each event of the look. */
static void
each_event(struct search *s, size_t from,
    void (*take)(struct search *, const struct event *))
{
	const char *p = s->lines->p + from, *end = s->lines->p + s->lines->len;
	const char *nl;
	struct event ev;

	for (; p < end && (nl = memchr(p, '\n', (size_t)(end - p))); p = nl + 1)
		if (!event_parse(&ev, p, (size_t)(nl - p)))
			take(s, &ev);
}

static void
take_end(struct search *s, const struct event *ev)
{
	if (ev->kind == EVENT_FD)
		add_end(s, ev);
	if (s->npids && s->pids[s->npids - 1] == ev->pid)
		return;
	s->pids = grow(s->pids, s->npids, &s->pids_cap, sizeof *s->pids);
	s->pids[s->npids++] = ev->pid;
}

static void
take_wait(struct search *s, const struct event *ev)
{
	if (ev->kind == EVENT_WAIT)
		mark_awaited(s, ev);
}

static void
add_holder(struct search *s, const struct end *end, int32_t pid, uint64_t fd)
{
	struct buf *b = s->lines;

	s->found++;
	event_begin(b, event_kind_name(EVENT_HOLDER));
	event_add_number(b, "ts", s->ts);
	event_add_number(b, "pid", (uint64_t)end->pid);
	event_add_number(b, "fd", end->fd);
	event_add_number(b, "ino", end->ino);
	event_add_number(b, "by", (uint64_t)pid);
	event_add_number(b, "byfd", fd);
	cmdline_add(b, pid);
	buf_addc(b, '\n');
}

/* The first end that is waited for and has this inode, or where it would be. */
static size_t
find_pipe(const struct search *s, uint64_t ino)
{
	size_t low = 0, high = s->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (s->ends[mid].ino < ino)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
look_at(struct search *s, int32_t pid, DIR *d)
{
	char ref[PATH_SIZE];
	struct slice text, name;
	struct dirent *entry;
	uint64_t ino, fd;
	ssize_t len;
	size_t i;

	while ((entry = readdir(d)) && s->found < HOLDERS_MAX) {
		len = readlinkat(dirfd(d), entry->d_name, ref, sizeof ref);
		text = (struct slice){ ref, len < 0 ? 0 : (size_t)len };
		if (!slice_take(&text, "pipe:[") || !slice_drop(&text, "]") ||
		    !slice_take_number(&text, UINT64_MAX, &ino))
			continue;
		name = (struct slice){ entry->d_name, strlen(entry->d_name) };
		if (!slice_take_number(&name, INT_MAX, &fd))
			continue;
		for (i = find_pipe(s, ino); i < s->n && s->ends[i].ino == ino; i++)
			if (strchr(descriptors_mode(pid, (int)fd),
			    s->ends[i].awaited))
				add_holder(s, &s->ends[i], pid, fd);
	}
}

/* All processes but those of the look, and this one. */
static void
look_around(struct search *s)
{
	char path[PATH_SIZE], *end;
	struct dirent *entry;
	int32_t pid;
	long n;
	DIR *d = opendir("/proc"), *fds;

	while (d && s->found < HOLDERS_MAX && (entry = readdir(d))) {
		n = strtol(entry->d_name, &end, 10);
		if (*end || n <= 0 || n > EVENT_PID_MAX || n == getpid())
			continue;
		pid = (int32_t)n;
		if (bsearch(&pid, s->pids, s->npids, sizeof pid, by_pid))
			continue;
		snprintf(path, sizeof path, "/proc/%" PRId32 "/fd", pid);
		if ((fds = opendir(path))) {
			look_at(s, pid, fds);
			closedir(fds);
		}
	}
	if (d)
		closedir(d);
}

void
holders_add(struct buf *lines, size_t from, uint64_t ts)
{
	struct search s = { .lines = lines, .ts = ts };
	size_t i, n = 0;

	each_event(&s, from, take_end);
	if (s.n) {
		qsort(s.ends, s.n, sizeof *s.ends, by_descriptor);
		qsort(s.pids, s.npids, sizeof *s.pids, by_pid);
		each_event(&s, from, take_wait);
	}
	for (i = 0; i < s.n; i++)
		if (s.ends[i].awaited)
			s.ends[n++] = s.ends[i];
	s.n = n;
	if (n) {
		qsort(s.ends, n, sizeof *s.ends, by_pipe);
		look_around(&s);
	}
	free(s.ends);
	free(s.pids);
}
