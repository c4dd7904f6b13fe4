#define _GNU_SOURCE
#include "capture/kerneltypes.h"

#include <sys/mman.h>
#include <sys/resource.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "capture/btf.h"
#include "proc/procfs.h"

/* a file with the types of the kernel; -1: bpftrace looks for them itself */
static int types = -1;
static bool without_types;	/* and it must */

/* A file without a name. -1: there can be none, or none of this size. */
static int
memory_file(const char *name, const char *p, size_t len)
{
	struct rlimit limit;
	int fd;

	if (getrlimit(RLIMIT_FSIZE, &limit) < 0 || limit.rlim_cur < len)
		return -1;
	fd = memfd_create(name, MFD_CLOEXEC);
	if (fd >= 0 && write(fd, p, len) != (ssize_t)len) {
		close(fd);
		fd = -1;
	}
	return fd;
}

void
kerneltypes_find(const char *script)
{
	struct buf all = { 0 }, part = { 0 };

	if (types < 0 && !without_types && !getenv("BPFTRACE_BTF") &&
	    procfs_read_file(&all, "/sys/kernel/btf/vmlinux") &&
	    btf_reduce((struct slice){ all.p, all.len }, script, &part))
		types = memory_file("vmlinux", part.p, part.len);
	free(all.p);
	free(part.p);
}

char *
kerneltypes_setting(const char *whose)
{
	static char setting[64];
	char path[48];

	snprintf(path, sizeof path, "/proc/self/fd/%d", types);
	if (types < 0 || access(path, R_OK) < 0)
		return NULL;
	snprintf(setting, sizeof setting, "BPFTRACE_BTF=/proc/%s/fd/%d", whose,
	    types);
	return setting;
}

bool
kerneltypes_inherit(void)
{
	return kerneltypes_setting("self") && fcntl(types, F_SETFD, 0) == 0;
}

bool
kerneltypes_drop(void)
{
	bool had = types >= 0;

	if (had)
		close(types);
	types = -1;
	without_types = true;
	return had;
}
