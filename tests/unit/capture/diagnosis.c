/* cure - what bpftrace says, by version, and what it comes to */
#include "capture/diagnosis.h"

#include <sys/resource.h>

#include "tap.h"

static const char rights[] = "root may not use BPF here";

/* whatever the reason, if root may not use BPF here */
static bool forbidden;

static void
check(const char *said, const char *want, bool symptom)
{
	const char *cure = diagnosis_after(said, strlen(said));

	if (symptom && forbidden)
		want = rights;
	if (!cure)
		cure = "nothing";
	if (!ok(!strncmp(cure, want, strlen(want)), said))
		printf("# got: %s\n", cure);
}

/* bpftrace raises what it has to what it may have */
static void
check_limit(void)
{
	static const char said[] = "stdin:1:1-9: ERROR: tracepoint not found: a:b";
	struct rlimit files;

	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = 32;
	setrlimit(RLIMIT_NOFILE, &files);
	check(said, "the kernel lacks a tracepoint", true);
	files.rlim_max = 32;
	setrlimit(RLIMIT_NOFILE, &files);
	check(said, "too few files may be open", false);
}

int
main(void)
{
	static const struct {
		const char *said, *cure;
	} causes[] = {
		{ "Kernel lockdown is enabled and set to 'confidentiality'. Lockdown "
		    "mode blocks", "kernel lockdown forbids BPF" },
		/* 0.17 */
		{ "ERROR: Failed to open perf buffer",
		    "too little memory may be locked" },
		{ "FATAL: dup(fd): Too many open files: please raise NOFILE",
		    "too few files may be open" },
		{ "ERROR: bpftrace currently only supports running as the root user.",
		    rights },
		/* 0.27 */
		{ "ERROR: Error loading BPF program for "
		    "tracepoint_syscalls_sys_exit_execveat_9. Error code: -24 (Too "
		    "many open files). Use -v for full kernel error log.",
		    "too few files may be open" },
		{ "ERROR: Missing CAP_BPF capability, please run bpftrace as the root "
		    "user.", rights },
		/* the loader */
		{ "bpftrace: error while loading shared libraries: libLLVM.so.19.1: "
		    "failed to map segment from shared object",
		    "there is too little memory" },
		/* sudo 1.9 */
		{ "sudo: The \"no new privileges\" flag is set, which prevents sudo "
		    "from running as root.", "sudo cannot become root here" },
		{ "sudo: effective uid is not 0, is /usr/bin/sudo on a file system "
		    "with the 'nosuid' option set or an NFS file system without root "
		    "privileges?", "sudo cannot become root here" },
	}, symptoms[] = {
		/* 0.17 and 0.23 */
		{ "stdin:62-69: ERROR: tracepoint not found: task:task_newtask",
		    "the kernel lacks a tracepoint" },
		{ "stdin:337:1-24: ERROR: Struct/union of type 'struct signal_struct' "
		    "does not contain a field named 'alive'",
		    "the kernel has other structures" },
		{ "stdin:75:7-34: ERROR: Unknown identifier: 'struct piid'",
		    "the kernel has other structures" },
		{ "definitions.h:9:3: error: unknown type name 'pid_t'",
		    "the kernel does not describe its types" },
		{ "ERROR: Error loading program: tracepoint:sched:sched_process_exec "
		    "(try -v)", "the kernel refuses the script" },
		/* 0.23 */
		{ "stdin:75:7-35: ERROR: Cannot resolve unknown type \"struct piid\"",
		    "the kernel has other structures" },
		{ "ERROR: Error loading BPF program for "
		    "tracepoint_sched_sched_process_exec_1. Use -v for full kernel "
		    "error log.", "the kernel refuses the script" },
		{ "stdin:122:53-59: ERROR: BPF_FUNC_get_current_cgroup_id is not "
		    "available for your kernel version",
		    "the kernel lacks what the script calls" },
		/* 0.27 */
		{ "stdin:69:1-29: ERROR: Tracepoint not found: task:task_newtask",
		    "the kernel lacks a tracepoint" },
		{ "ERROR: Error loading BPF program for "
		    "tracepoint_sched_sched_process_exec_1. Error code: -28 (No space "
		    "left on device). Use -v for full kernel error log.",
		    "the kernel refuses the script" },
		/* the shell, sudo */
		{ "sudo: bpftrace: command not found", "there is no bpftrace" },
		/* nothing that is known */
		{ "WARNING: Unknown error -1: couldn't set RLIMIT_MEMLOCK for "
		    "bpftrace. If your program is not loading, you can try \"ulimit "
		    "-l 8192\" to fix the problem", "nothing" },
		{ "sudo: a password is required", "nothing" },
		{ "", "nothing" },
	};
	size_t i;

	forbidden = diagnosis_after("", 0);
	for (i = 0; i < sizeof causes / sizeof *causes; i++)
		check(causes[i].said, causes[i].cure, false);
	for (i = 0; i < sizeof symptoms / sizeof *symptoms; i++)
		check(symptoms[i].said, symptoms[i].cure, true);
	check_limit();
	return done();
}
