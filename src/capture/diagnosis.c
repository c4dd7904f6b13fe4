#define _GNU_SOURCE
#include "capture/diagnosis.h"

#include <linux/bpf.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/slice.h"

#define MEMORY "there is too little memory, or it is limited: ulimit -v unlimited"
#define RIGHTS "root may not use BPF here, as in a container: give it CAP_BPF, " \
	"CAP_PERFMON and CAP_SYS_ADMIN (docker run --privileged), or use " \
	"--tracer strace"
#define SUDO "sudo cannot become root here, as in some containers and sandboxes: " \
	"run this as root, or use --tracer strace"
#define KERNEL(what) "the kernel " what ", see --debug: use --tracer strace, " \
	"or a kernel of Linux 5.8 or later with CONFIG_FTRACE_SYSCALLS=y and " \
	"CONFIG_DEBUG_INFO_BTF=y"

enum { FILES_NEEDED = 64 };
#define FEW_FILES "too few files may be open: ulimit -n 4096"

/* what bpftrace 0.17 to 0.27, the loader and sudo say; the first that is found
 * counts */
struct cure {
	const char *said, *cure;
};

static const struct cure causes[] = {
	{ "Kernel lockdown is enabled",
	    "kernel lockdown forbids BPF: boot with lockdown=integrity or without "
	    "Secure Boot, or use --tracer strace" },
	{ "Failed to open perf buffer",
	    "too little memory may be locked: ulimit -l unlimited" },
	{ "Too many open files", FEW_FILES },
	{ "Cannot allocate memory", MEMORY },
	{ "out of memory", MEMORY },
	{ "failed to map segment", MEMORY },
	{ "\"no new privileges\" flag", SUDO },
	{ "sudo: effective uid is not 0", SUDO },
	{ "Missing CAP_", RIGHTS },
	{ "Operation not permitted", RIGHTS },
	{ "only supports running as the root user", RIGHTS },
	{ NULL, NULL },
};

/* they can also mean that it may not look */
static const struct cure symptoms[] = {
	{ "racepoint not found", KERNEL("lacks a tracepoint") },
	{ "No matches for tracepoint", KERNEL("lacks a tracepoint") },
	{ "is not available for your kernel", KERNEL("lacks what the script calls") },
	{ "does not contain a field", KERNEL("has other structures") },
	{ "Unknown identifier: 'struct", KERNEL("has other structures") },
	{ "resolve unknown type \"struct", KERNEL("has other structures") },
	{ "unknown type", KERNEL("does not describe its types") },
	{ "file not found", KERNEL("does not describe its types") },
	{ "Unknown BPF object load failure", RIGHTS },
	{ "Error loading", KERNEL("refuses the script") },
	{ "rror attaching", KERNEL("refuses the script") },
	{ ": command not found", DIAGNOSIS_NO_BPFTRACE },
	{ ": No such file or directory", DIAGNOSIS_NO_BPFTRACE },
	{ NULL, NULL },
};

/* not there; what may not be looked at is there */
static bool
is_missing(const char *path)
{
	return access(path, F_OK) < 0 && errno == ENOENT;
}

const char *
diagnosis_before(void)
{
	if (sizeof(void *) < 8)
		return "bpftrace does not see the system calls of a program of 32 "
		    "bits, as this pt-capture is one: take one of 64 bits, or use "
		    "--tracer strace";
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

/* to root, that is: in a container, in a user namespace, by a filter */
static bool
is_forbidden(void)
{
	static const unsigned long caps[] = { CAP_BPF, CAP_PERFMON, CAP_SYS_ADMIN };
	union bpf_attr attr = { .start_id = 0 };
	size_t i;

	for (i = 0; i < sizeof caps / sizeof *caps; i++)
		if (!prctl(PR_CAPBSET_READ, caps[i], 0, 0, 0))
			return true;
	return !geteuid() &&
	    syscall(SYS_bpf, BPF_PROG_GET_NEXT_ID, &attr, sizeof attr) < 0 &&
	    errno == EPERM;
}

static const char *
find(const struct cure *list, const char *said, size_t len)
{
	while (list->said && !slice_has((struct slice){ said, len }, list->said))
		list++;
	return list->cure;
}

/* The script is 20 programs and 20 maps, each a file; bpftrace 0.23 aborts, or
 * blames the kernel, when it cannot have them. It was started with the hard limit
 * (launch.c). */
static bool
has_few_files(void)
{
	struct rlimit limit;

	return !getrlimit(RLIMIT_NOFILE, &limit) && limit.rlim_max < FILES_NEEDED;
}

const char *
diagnosis_after(const char *said, size_t len)
{
	const char *cure = find(causes, said, len);

	if (!cure && has_few_files())
		cure = FEW_FILES;
	if (!cure && is_forbidden())
		cure = RIGHTS;
	return cure ? cure : find(symptoms, said, len);
}

bool
diagnosis_blames_types(const char *said, size_t len)
{
	return find(symptoms, said, len) && !find(causes, said, len);
}
