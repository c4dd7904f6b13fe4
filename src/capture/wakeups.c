#define _GNU_SOURCE
#include "capture/wakeups.h"

#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

#include <dirent.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"

/* where the probes on a CPU print to: the map's value for this key is one of
 * the two events */
struct output {
	int cpu;
	int theirs, ours;
};

struct wakeups {
	int map;		/* -1: not found */
	int *events;		/* of bpftrace: outputs, and probes */
	size_t nevents, events_cap;
	struct output *outputs;
	size_t n, cap;
	bool each;
};

static bool
is_called(const char *target, ssize_t len, const char *name)
{
	return len == (ssize_t)strlen(name) && !memcmp(target, name, (size_t)len);
}

/* /proc may be that of other processes, so this is not asked there. */
static bool
is_output_map(int fd)
{
	struct bpf_map_info info = { 0 };
	union bpf_attr attr;

	memset(&attr, 0, sizeof attr);
	attr.info.bpf_fd = (uint32_t)fd;
	attr.info.info_len = sizeof info;
	attr.info.info = (uintptr_t)&info;
	return syscall(SYS_bpf, BPF_OBJ_GET_INFO_BY_FD, &attr, sizeof attr) == 0 &&
	    info.type == BPF_MAP_TYPE_PERF_EVENT_ARRAY;
}

static void
take(struct wakeups *w, int fd, bool is_map)
{
	if (!is_map) {
		w->events = grow(w->events, w->nevents, &w->events_cap,
		    sizeof *w->events);
		w->events[w->nevents++] = fd;
	} else if (w->map < 0 && is_output_map(fd)) {
		w->map = fd;
	} else {
		close(fd);
	}
}

/* Takes the map and the events of bpftrace. */
static void
take_descriptors(struct wakeups *w, pid_t pid, DIR *dir)
{
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0), fd;
	struct dirent *d;
	char target[64];
	uint64_t n;
	ssize_t len;
	bool is_map;

	while (pidfd >= 0 && (d = readdir(dir))) {
		len = readlinkat(dirfd(dir), d->d_name, target, sizeof target);
		is_map = is_called(target, len, "anon_inode:bpf-map");
		if (!is_map && !is_called(target, len, "anon_inode:[perf_event]"))
			continue;
		if (!text_number(d->d_name, strlen(d->d_name), INT_MAX, &n))
			continue;
		fd = (int)syscall(SYS_pidfd_getfd, pidfd, (int)n, 0);
		if (fd < 0)
			break;
		take(w, fd, is_map);
	}
	if (pidfd >= 0)
		close(pidfd);
}

static int
open_event(int cpu)
{
	struct perf_event_attr attr = {
		.size = sizeof attr,
		.type = PERF_TYPE_SOFTWARE, .config = PERF_COUNT_SW_BPF_OUTPUT,
		.sample_type = PERF_SAMPLE_RAW, .sample_period = 1,
		.wakeup_events = WAKEUPS_LINES,
	};

	return (int)syscall(SYS_perf_event_open, &attr, -1, cpu, -1,
	    PERF_FLAG_FD_CLOEXEC);
}

/* An event of ours that writes where one of theirs does: this must have a
 * buffer, so it is no probe, and be of the same CPU. */
static void
add_output(struct wakeups *w, int cpu)
{
	struct output o = { .cpu = cpu, .ours = open_event(cpu) };
	size_t i;

	for (i = 0; o.ours >= 0 && i < w->nevents; i++) {
		o.theirs = w->events[i];
		if (ioctl(o.ours, PERF_EVENT_IOC_SET_OUTPUT, o.theirs) < 0)
			continue;
		w->events[i] = w->events[--w->nevents];
		w->outputs = grow(w->outputs, w->n, &w->cap, sizeof *w->outputs);
		w->outputs[w->n++] = o;
		return;
	}
	if (o.ours >= 0)
		close(o.ours);
}

struct wakeups *
wakeups_new(pid_t bpftrace)
{
	struct wakeups *w = xcalloc(1, sizeof *w);
	long ncpus = sysconf(_SC_NPROCESSORS_CONF);
	char path[32];
	DIR *dir;
	int cpu;

	w->map = -1;
	w->each = true;
	snprintf(path, sizeof path, "/proc/%ld/fd", (long)bpftrace);
	dir = opendir(path);
	if (dir) {
		take_descriptors(w, bpftrace, dir);
		closedir(dir);
	}
	for (cpu = 0; w->map >= 0 && cpu < ncpus; cpu++)
		add_output(w, cpu);
	while (w->nevents)
		close(w->events[--w->nevents]);
	if (!w->n) {
		wakeups_free(w);
		return NULL;
	}
	return w;
}

bool
wakeups_set(struct wakeups *w, bool each)
{
	union bpf_attr attr;
	struct output *o;
	size_t i;

	if (!w || w->each == each)
		return false;
	w->each = each;
	for (i = 0; i < w->n; i++) {
		o = &w->outputs[i];
		memset(&attr, 0, sizeof attr);
		attr.map_fd = (uint32_t)w->map;
		attr.key = (uintptr_t)&o->cpu;
		attr.value = (uintptr_t)(each ? &o->theirs : &o->ours);
		syscall(SYS_bpf, BPF_MAP_UPDATE_ELEM, &attr, sizeof attr);
	}
	return true;
}

void
wakeups_free(struct wakeups *w)
{
	size_t i;

	if (!w)
		return;
	for (i = 0; i < w->n; i++) {
		close(w->outputs[i].theirs);
		close(w->outputs[i].ours);
	}
	if (w->map >= 0)
		close(w->map);
	free(w->events);
	free(w->outputs);
	free(w);
}
