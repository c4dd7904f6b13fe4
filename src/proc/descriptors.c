#define _GNU_SOURCE
#include "proc/descriptors.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "event/event.h"
#include "proc/procfs.h"
#include "proc/snapshot.h"
#include "proc/threadwait.h"

enum { PATH_SIZE = 64 };

/* the process whose state is written down */
struct subject {
	int32_t pid;
	uint64_t ts;
	struct buf *lines;
	struct threadwait threads;
};

static void
add_word(const struct subject *s, const char *key, const char *word)
{
	event_add(s->lines, key, word, strlen(word));
}

/* Calls act for each entry of a directory whose name is a number. */
static void
each_number(const struct subject *s, const char *dir,
    void (*act)(const struct subject *, int))
{
	char path[PATH_SIZE], *end;
	struct dirent *entry;
	long n;
	DIR *d;

	snprintf(path, sizeof path, "/proc/%" PRId32 "/%s", s->pid, dir);
	d = opendir(path);
	if (!d)
		return;
	while ((entry = readdir(d))) {
		n = strtol(entry->d_name, &end, 10);
		if (!*end && end != entry->d_name && n >= 0 && n <= INT_MAX)
			act(s, (int)n);
	}
	closedir(d);
}

static const char *
type_name(mode_t mode)
{
	return S_ISFIFO(mode) ? "pipe" : S_ISSOCK(mode) ? "socket" :
	    S_ISREG(mode) ? "file" : S_ISDIR(mode) ? "dir" :
	    S_ISCHR(mode) ? "chr" : S_ISBLK(mode) ? "blk" : "anon";
}

/* The type and the inode of a file, without asking a file system that may not
 * answer; with a libc that has no statx(2), as musl before 1.2.5, it is asked. */
static bool
look_at(const char *path, mode_t *mode, uint64_t *ino)
{
#ifdef STATX_INO
	struct statx st;

	if (statx(AT_FDCWD, path, AT_STATX_DONT_SYNC, STATX_TYPE | STATX_INO, &st) < 0)
		return false;
	*mode = st.stx_mode;
	*ino = st.stx_ino;
#else
	struct stat st;

	if (stat(path, &st) < 0)
		return false;
	*mode = st.st_mode;
	*ino = st.st_ino;
#endif
	return true;
}

static void
add_descriptor(const struct subject *s, int fd)
{
	char path[PATH_SIZE], ref[PATH_MAX];
	const char *mode;
	mode_t type;
	uint64_t ino;
	ssize_t len;

	snprintf(path, sizeof path, "/proc/%" PRId32 "/fd/%d", s->pid, fd);
	len = readlink(path, ref, sizeof ref);
	mode = descriptors_mode(s->pid, fd);
	if (len < 0 || !*mode || !look_at(path, &type, &ino))
		return;	/* closed since */
	event_begin(s->lines, event_kind_name(EVENT_FD));
	event_add_number(s->lines, "ts", s->ts);
	event_add_number(s->lines, "pid", (uint64_t)s->pid);
	event_add_number(s->lines, "fd", (uint64_t)fd);
	add_word(s, "mode", mode);
	add_word(s, "type", type_name(type));
	/* a FIFO has a name, but its ends meet in the inode as well */
	event_add_number(s->lines, "ino", ino);
	event_add(s->lines, "ref", ref, (size_t)len);
	buf_addc(s->lines, '\n');
}

static void
add_thread(const struct subject *s, int tid)
{
	threadwait_add(&s->threads, tid);
}

/* By the flags in fdinfo. */
const char *
descriptors_mode(int32_t pid, int fd)
{
	static const char key[] = "flags:";
	unsigned long flags;
	struct buf b = { 0 };
	const char *p = NULL;

	if (procfs_read(&b, pid, "fdinfo/%d", fd))
		p = strstr(b.p, key);
	flags = p ? strtoul(p + strlen(key), NULL, 8) : 0;
	free(b.p);
	if (!p)
		return "";
	switch (flags & O_ACCMODE) {
	case O_RDONLY: return "r";
	case O_WRONLY: return "w";
	default: return "rw";
	}
}

void
descriptors_add(struct buf *lines, int32_t pid, uint64_t ts)
{
	struct subject s = { .pid = pid, .ts = ts, .lines = lines };
	size_t before = lines->len;

	threadwait_init(&s.threads, lines, pid, ts);
	each_number(&s, "fd", add_descriptor);
	each_number(&s, "task", add_thread);
	if (lines->len == before && snapshot_lives(pid))
		threadwait_add_unknown(&s.threads);
}
