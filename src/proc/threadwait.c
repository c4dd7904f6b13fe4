#define _GNU_SOURCE
#include "proc/threadwait.h"

#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <link.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ascii.h"
#include "event/event.h"
#include "proc/procfs.h"

enum {
	PATH_SIZE = 64, POLL_MAX = 1024, PAGE = 4096,
	OFD_SETLKW = 38,	/* F_OFD_SETLKW of linux/fcntl.h */
};

/* Its program is one of 32 bits and this one is not, or the other way round: its
 * auxiliary vector (getauxval(3)) does not tell of program headers as large as ours.
 * The kernel has that; the program is in a file system that may not answer. */
static bool
is_foreign(int32_t pid)
{
	struct buf b = { 0 };
	unsigned long entry[2];
	bool foreign = procfs_read(&b, pid, "auxv");
	size_t i;

	for (i = 0; foreign && i + sizeof entry <= b.len; i += sizeof entry) {
		memcpy(entry, b.p + i, sizeof entry);
		foreign = entry[0] != AT_PHENT || entry[1] != sizeof(ElfW(Phdr));
	}
	free(b.p);
	return foreign;
}

void
threadwait_init(struct threadwait *s, struct buf *lines, int32_t pid, uint64_t ts)
{
	*s = (struct threadwait){ .pid = pid, .ts = ts, .lines = lines,
	    .foreign = is_foreign(pid) };
}

static void
begin(const struct threadwait *s)
{
	event_begin(s->lines, event_kind_name(EVENT_WAIT));
	event_add_number(s->lines, "ts", s->ts);
	event_add_number(s->lines, "pid", (uint64_t)s->pid);
}

static void
add_word(const struct threadwait *s, const char *key, const char *word)
{
	event_add(s->lines, key, word, strlen(word));
}

static void
add_wait(const struct threadwait *s, const char *call, const char *key, uint64_t n)
{
	begin(s);
	if (call)
		add_word(s, "call", call);
	if (key)
		event_add_number(s->lines, key, n);
	buf_addc(s->lines, '\n');
}

void
threadwait_add_unknown(const struct threadwait *s)
{
	add_wait(s, NULL, NULL, 0);
}

/* the descriptors that a poll(2) of the process waits to read from */
static void
add_polled(const struct threadwait *s, int mem, uint64_t address, uint64_t count)
{
	static struct pollfd fds[POLL_MAX];
	size_t n = count < POLL_MAX ? (size_t)count : POLL_MAX, i;

	if (pread(mem, fds, n * sizeof *fds, (off_t)address) !=
	    (ssize_t)(n * sizeof *fds))
		n = 0;
	for (i = 0; i < n; i++)
		if (fds[i].fd >= 0 && fds[i].events & POLLIN)
			add_wait(s, "poll", "fd", (uint64_t)fds[i].fd);
	if (!n)
		add_wait(s, "poll", NULL, 0);
}

static void
add_selected(const struct threadwait *s, int mem, uint64_t count, uint64_t address)
{
	fd_set set;
	int fd;

	FD_ZERO(&set);
	/* the kernel reads and the process has as many longs as it needs */
	if (!address || count > FD_SETSIZE || pread(mem, &set,
	    (size_t)(count + 63) / 64 * 8, (off_t)address) <= 0) {
		add_wait(s, "select", NULL, 0);
		return;
	}
	for (fd = 0; fd < (int)count; fd++)
		if (FD_ISSET(fd, &set))
			add_wait(s, "select", "fd", (uint64_t)fd);
}

/* the descriptors from which an epoll waits to read: lines of its fdinfo, as
 * "tfd:        5 events:       19 data: ..." (proc(5)) */
static void
add_epolled(const struct threadwait *s, uint64_t epoll)
{
	static const char target[] = "tfd:", events[] = "events:";
	struct buf b = { 0 };
	const char *p = NULL, *mask;
	uint64_t fd;
	bool any = false;

	if (procfs_read(&b, s->pid, "fdinfo/%d", (int)epoll))
		p = strstr(b.p, target);
	for (; p; p = strstr(p + 1, target)) {
		fd = strtoull(p + strlen(target), NULL, 10);
		mask = strstr(p, events);
		if (!mask || !(strtoul(mask + strlen(events), NULL, 16) & EPOLLIN))
			continue;
		add_wait(s, "epoll", "fd", fd);
		any = true;
	}
	if (!any)
		add_wait(s, "epoll", NULL, 0);
	free(b.p);
}

/* The file that it opens: a FIFO, of which nobody opens the other end. */
static void
add_opened(const struct threadwait *s, int mem, uint64_t address)
{
	char path[PATH_MAX];
	ssize_t n = 0;
	size_t len;

	/* not beyond the page, behind which there may be none */
	len = PAGE - address % PAGE;
	if (len > sizeof path)
		len = sizeof path;
	n = pread(mem, path, len, (off_t)address);
	begin(s);
	add_word(s, "call", "open");
	if (n > 0)
		event_add(s->lines, "file", path, strnlen(path, (size_t)n));
	buf_addc(s->lines, '\n');
}

/* any other system call: its number, and the kernel's function if that may be
 * seen */
static void
add_other(const struct threadwait *s, int tid, long call)
{
	struct buf b = { 0 };

	begin(s);
	add_word(s, "call", "other");
	if (!s->foreign)
		event_add_number(s->lines, "nr", (uint64_t)call);
	if (procfs_read(&b, s->pid, "task/%d/wchan", tid) && *b.p > '0')
		event_add(s->lines, "wchan", b.p, b.len);
	buf_addc(s->lines, '\n');
	free(b.p);
}

/* calls that wait for one descriptor, which is an argument, or for none (-1) */
static const struct {
	long nr;
	const char *name;
	int arg;
} simple_calls[] = {
	{ SYS_read, "read", 0 }, { SYS_readv, "read", 0 },
	{ SYS_pread64, "read", 0 },
	{ SYS_write, "write", 0 }, { SYS_writev, "write", 0 },
	{ SYS_pwrite64, "write", 0 },
	{ SYS_splice, "splice", 0 }, { SYS_tee, "splice", 0 },
	{ SYS_sendfile, "splice", 1 },
	{ SYS_flock, "lock", 0 },
#ifdef SYS_accept
	{ SYS_accept, "accept", 0 },
#endif
	{ SYS_accept4, "accept", 0 },
	{ SYS_connect, "connect", 0 },
	{ SYS_recvfrom, "recv", 0 }, { SYS_recvmsg, "recv", 0 },
	{ SYS_recvmmsg, "recv", 0 },
	{ SYS_sendto, "send", 0 }, { SYS_sendmsg, "send", 0 },
	{ SYS_futex, "futex", -1 },
	{ SYS_nanosleep, "sleep", -1 }, { SYS_clock_nanosleep, "sleep", -1 },
	{ SYS_rt_sigsuspend, "signal", -1 },
	{ SYS_rt_sigtimedwait, "signal", -1 },
#ifdef SYS_pause
	{ SYS_pause, "signal", -1 },
#endif
};

static bool
add_simple(const struct threadwait *s, long call, const uint64_t arg[3])
{
	size_t i;

	for (i = 0; i < sizeof simple_calls / sizeof *simple_calls; i++) {
		if (simple_calls[i].nr != call)
			continue;
		if (simple_calls[i].arg < 0)
			add_wait(s, simple_calls[i].name, NULL, 0);
		else
			add_wait(s, simple_calls[i].name, "fd",
			    arg[simple_calls[i].arg]);
		return true;
	}
	return false;
}

static void
add_child_wait(const struct threadwait *s, long call, const uint64_t arg[3])
{
	if (call == SYS_wait4 && (int32_t)arg[0] > 0)
		add_wait(s, "wait", "child", arg[0]);
	else
		add_wait(s, "wait", NULL, 0);
}

static void
add_call(const struct threadwait *s, int tid, long call, const uint64_t arg[3])
{
	char path[PATH_SIZE];
	int mem;

	if (s->foreign) {
		add_other(s, tid, call);
		return;
	}
	if (add_simple(s, call, arg))
		return;
	snprintf(path, sizeof path, "/proc/%" PRId32 "/mem", s->pid);
	mem = open(path, O_RDONLY | O_CLOEXEC);
	switch (call) {
	case SYS_wait4: case SYS_waitid:
		add_child_wait(s, call, arg);
		break;
#ifdef SYS_poll
	case SYS_poll:
#endif
	case SYS_ppoll:
		add_polled(s, mem, arg[0], arg[1]);
		break;
#ifdef SYS_select
	case SYS_select:
#endif
	case SYS_pselect6:
		add_selected(s, mem, arg[0], arg[1]);
		break;
#ifdef SYS_epoll_wait
	case SYS_epoll_wait:
#endif
	case SYS_epoll_pwait:
		add_epolled(s, arg[0]);
		break;
#ifdef SYS_open
	case SYS_open:
		add_opened(s, mem, arg[0]);
		break;
#endif
	case SYS_openat:
		add_opened(s, mem, arg[1]);
		break;
	case SYS_fcntl:
		if (arg[1] == F_SETLKW || arg[1] == OFD_SETLKW) {
			add_wait(s, "lock", "fd", arg[0]);
			break;
		}
		/* FALLTHROUGH */
	default:
		add_other(s, tid, call);
		break;
	}
	if (mem >= 0)
		close(mem);
}

/* State T, in which it waits for SIGCONT: the word behind the name in
 * parentheses (proc(5)). */
static bool
is_stopped(const struct threadwait *s, int tid)
{
	struct buf b = { 0 };
	const char *p = NULL;
	bool stopped;

	if (procfs_read(&b, s->pid, "task/%d/stat", tid))
		p = strrchr(b.p, ')');
	stopped = p && !strncmp(p, ") T", 3);
	free(b.p);
	return stopped;
}

/* "NUMBER 0xARG 0xARG ..." while it waits in a system call, or "running" */
void
threadwait_add(const struct threadwait *s, int tid)
{
	struct buf b = { 0 };
	uint64_t arg[3];
	char *p;
	long call;
	int i;

	if (is_stopped(s, tid)) {
		add_wait(s, "stopped", NULL, 0);
	} else if (procfs_read(&b, s->pid, "task/%d/syscall", tid) &&
	    ascii_is_digit(*b.p)) {
		call = strtol(b.p, &p, 10);
		for (i = 0; i < 3; i++)
			arg[i] = strtoull(p, &p, 16);
		add_call(s, tid, call, arg);
	} else if (b.len && *b.p == 'r') {
		add_wait(s, "running", NULL, 0);
	}
	free(b.p);
}
