#define _GNU_SOURCE
#include "proc/snapshot.h"

#include <dirent.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "event/event.h"
#include "proc/cmdline.h"
#include "proc/procfs.h"
#include "proc/procstat.h"

enum { PATH_SIZE = 64 };

size_t
snapshot_find(struct members *tree, bool all,
    void (*added)(void *arg, int32_t pid), void *arg)
{
	struct dirent *entry;
	struct procstat st;
	size_t found = 0;
	char *end;
	long pid;
	DIR *d = opendir("/proc");

	if (!d)
		return 0;
	while ((entry = readdir(d))) {
		pid = strtol(entry->d_name, &end, 10);
		if (*end || pid <= 0 || pid > EVENT_PID_MAX ||
		    members_has(tree, (int32_t)pid) || !procstat_read(&st, (int32_t)pid) || st.dead ||
		    !(members_has(tree, st.ppid) || (all && !st.ppid)))
			continue;
		members_add(tree, st.pid);
		members_set_since(tree, st.pid, st.start);
		added(arg, st.pid);
		found++;
	}
	closedir(d);
	return found;
}

bool
snapshot_lives(int32_t pid)
{
	struct procstat st;

	return procstat_read(&st, pid) && !st.dead;
}

int32_t
snapshot_thread_of(int32_t pid)
{
	static const char key[] = "\nTgid:";
	struct buf b = { 0 };
	const char *p = NULL;
	int32_t tgid = pid;

	if (procfs_read(&b, pid, "status"))
		p = strstr(b.p, key);
	if (p)
		tgid = (int32_t)strtol(p + strlen(key), NULL, 10);
	free(b.p);
	return tgid != pid ? tgid : 0;
}

/* its name, which is all that a kernel thread has */
static void
add_comm(struct buf *lines, int32_t pid)
{
	struct buf b = { 0 };

	/* a newline is behind it */
	if (procfs_read(&b, pid, "comm"))
		event_add(lines, "comm", b.p, b.len - 1);
	free(b.p);
}

static uint64_t
now(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

/* Unix time, in ns, of a time in ticks since the machine started */
static uint64_t
unix_time(uint64_t ticks)
{
	uint64_t hz = (uint64_t)sysconf(_SC_CLK_TCK);

	return now(CLOCK_REALTIME) - now(CLOCK_BOOTTIME) +
	    ticks * (1000000000 / hz);
}

/* where /proc/PID/name leads to */
static void
add_link(struct buf *lines, const char *key, int32_t pid, const char *name)
{
	char path[PATH_SIZE], to[PATH_MAX];
	ssize_t len;

	snprintf(path, sizeof path, "/proc/%" PRId32 "/%s", pid, name);
	len = readlink(path, to, sizeof to);
	if (len > 0)
		event_add(lines, key, to, (size_t)len);
}

void
snapshot_add(struct buf *lines, int32_t pid, uint64_t ts)
{
	struct procstat st;

	if (!procstat_read(&st, pid) || st.dead)
		return;
	event_begin(lines, event_kind_name(EVENT_EXEC));
	event_add_number(lines, "ts", ts);
	event_add_number(lines, "pid", (uint64_t)pid);
	event_add_number(lines, "ppid", (uint64_t)st.ppid);
	event_add_number(lines, "pgid", (uint64_t)st.pgid);
	event_add_number(lines, "sid", (uint64_t)st.sid);
	event_add_number(lines, "snapshot", 1);
	event_add_number(lines, "started", unix_time(st.start));
	add_comm(lines, pid);
	add_link(lines, "cwd", pid, "cwd");
	add_link(lines, "file", pid, "exe");
	cmdline_add(lines, pid);
	buf_addc(lines, '\n');
}
