#define _GNU_SOURCE
#include "cure.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#define MEMORY "there is too little memory, or it is limited: ulimit -v unlimited"
#define RIGHTS "root may not use BPF here, as in a container: give it CAP_BPF, " \
	"CAP_PERFMON and CAP_SYS_ADMIN (docker run --privileged), or use " \
	"--tracer strace"
#define KERNEL(what) "the kernel " what ", see --debug: use --tracer strace, " \
	"or a kernel of Linux 5.8 or later with CONFIG_FTRACE_SYSCALLS=y and " \
	"CONFIG_DEBUG_INFO_BTF=y"

/* what bpftrace 0.17 to 0.27, the loader and sudo say; the first that is found
 * counts */
static const struct {
	const char *said, *cure;
} cures[] = {
	{ "Kernel lockdown is enabled",
	    "kernel lockdown forbids BPF: boot with lockdown=integrity or without "
	    "Secure Boot, or use --tracer strace" },
	{ "Failed to open perf buffer",
	    "too little memory may be locked: ulimit -l unlimited" },
	{ "Too many open files", "too few files may be open: ulimit -n 4096" },
	{ "Cannot allocate memory", MEMORY },
	{ "out of memory", MEMORY },
	{ "failed to map segment", MEMORY },
	{ "Missing CAP_", RIGHTS },
	{ "Operation not permitted", RIGHTS },
	{ "Unknown BPF object load failure", RIGHTS },
	{ "only supports running as the root user", RIGHTS },
	{ "tracepoint not found", KERNEL("lacks a tracepoint") },
	{ "No matches for tracepoint", KERNEL("lacks a tracepoint") },
	{ "does not contain a field", KERNEL("has other structures") },
	{ "unknown type", KERNEL("does not describe its types") },
	{ "file not found", KERNEL("does not describe its types") },
	{ "Error loading", KERNEL("refuses the script") },
	{ "rror attaching", KERNEL("refuses the script") },
	{ ": command not found", CURE_NO_BPFTRACE },
	{ ": No such file or directory", CURE_NO_BPFTRACE },
};

/* not there; what may not be looked at is there */
static bool
is_missing(const char *path)
{
	return access(path, F_OK) < 0 && errno == ENOENT;
}

const char *
cure_before(void)
{
	if (is_missing("/sys/kernel/tracing/events") &&
	    is_missing("/sys/kernel/debug/tracing/events"))
		return geteuid() ?
		    "tracefs is not mounted: "
		    "sudo mount -t tracefs tracefs /sys/kernel/tracing" :
		    "tracefs is not mounted: "
		    "mount -t tracefs tracefs /sys/kernel/tracing";
	if (is_missing("/sys/kernel/btf/vmlinux"))
		return "the kernel does not describe its types in "
		    "/sys/kernel/btf/vmlinux: boot one with "
		    "CONFIG_DEBUG_INFO_BTF=y, or use --tracer strace";
	return NULL;
}

const char *
cure_after(const char *said, size_t len)
{
	size_t i;

	for (i = 0; i < sizeof cures / sizeof *cures; i++)
		if (memmem(said, len, cures[i].said, strlen(cures[i].said)))
			return cures[i].cure;
	return NULL;
}
