/* wakeups - this process is in the place of bpftrace: a BPF program prints to
 * its buffers, and poll(2) tells whether that would have woken it */
#define _GNU_SOURCE
#include "capture/wakeups.h"

#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <err.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <unistd.h>

#include "tap.h"

enum { CPUS_MAX = 1024, PAGE = 4096, PAGES = 4 };

static int ncpus, map, prog;
static int outputs[CPUS_MAX];
static struct perf_event_mmap_page *buffers[CPUS_MAX];

static int
bpf(enum bpf_cmd cmd, union bpf_attr *attr)
{
	return (int)syscall(SYS_bpf, cmd, attr, sizeof *attr);
}

static bool
make_map(void)
{
	union bpf_attr attr = {
		.map_type = BPF_MAP_TYPE_PERF_EVENT_ARRAY,
		.key_size = sizeof(int), .value_size = sizeof(int),
		.max_entries = (uint32_t)ncpus,
	};

	map = bpf(BPF_MAP_CREATE, &attr);
	return map >= 0;
}

/* prints 8 bytes to the buffer of the CPU on which it runs */
static void
make_prog(void)
{
	struct bpf_insn code[] = {
		{ .code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = 2,
		    .src_reg = BPF_PSEUDO_MAP_FD, .imm = map }, { 0 },
		{ .code = BPF_ALU | BPF_MOV | BPF_K, .dst_reg = 3, .imm = -1 },
		{ .code = BPF_ST | BPF_MEM | BPF_DW, .dst_reg = 10, .off = -8 },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = 4,
		    .src_reg = 10 },
		{ .code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = 4, .imm = -8 },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 5, .imm = 8 },
		{ .code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_perf_event_output },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr attr = {
		.prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT,
		.insns = (uintptr_t)code,
		.insn_cnt = sizeof code / sizeof *code,
		.license = (uintptr_t)"Dual MIT/GPL",
	};

	prog = bpf(BPF_PROG_LOAD, &attr);
	if (prog < 0)
		err(1, "BPF_PROG_LOAD");
}

static int
open_event(int cpu)
{
	struct perf_event_attr attr = {
		.size = sizeof attr,
		.type = PERF_TYPE_SOFTWARE, .config = PERF_COUNT_SW_BPF_OUTPUT,
		.sample_type = PERF_SAMPLE_RAW, .sample_period = 1,
		.wakeup_events = 1,
	};

	return (int)syscall(SYS_perf_event_open, &attr, -1, cpu, -1, 0);
}

static void
open_outputs(void)
{
	union bpf_attr attr;
	int cpu;

	for (cpu = 0; cpu < ncpus; cpu++) {
		/* it has no buffer, like a probe */
		open_event(cpu);
		outputs[cpu] = open_event(cpu);
		buffers[cpu] = mmap(NULL, (PAGES + 1) * PAGE,
		    PROT_READ | PROT_WRITE, MAP_SHARED, outputs[cpu], 0);
		if (buffers[cpu] == MAP_FAILED)
			err(1, "mmap");
		attr = (union bpf_attr){ .map_fd = (uint32_t)map,
		    .key = (uintptr_t)&cpu, .value = (uintptr_t)&outputs[cpu] };
		if (bpf(BPF_MAP_UPDATE_ELEM, &attr) < 0)
			err(1, "BPF_MAP_UPDATE_ELEM");
	}
}

static void
print(int cpu, int n)
{
	union bpf_attr attr;

	while (n--) {
		attr = (union bpf_attr){ .test.prog_fd = (uint32_t)prog,
		    .test.flags = BPF_F_TEST_RUN_ON_CPU,
		    .test.cpu = (uint32_t)cpu };
		if (bpf(BPF_PROG_TEST_RUN, &attr) < 0)
			err(1, "BPF_PROG_TEST_RUN");
	}
}

/* how much was printed on all CPUs; reads it */
static unsigned long long
read_all(void)
{
	unsigned long long n = 0;
	int cpu;

	for (cpu = 0; cpu < ncpus; cpu++) {
		n += buffers[cpu]->data_head - buffers[cpu]->data_tail;
		buffers[cpu]->data_tail = buffers[cpu]->data_head;
	}
	return n;
}

static bool
is_woken(int cpu)
{
	struct pollfd fd = { .fd = outputs[cpu], .events = POLLIN };

	return poll(&fd, 1, 0) > 0;
}

/* With n lines on a CPU it is woken, and not before. */
static bool
is_woken_with(int cpu, int n)
{
	bool early;

	print(cpu, n - 1);
	early = is_woken(cpu);
	print(cpu, 1);
	return is_woken(cpu) && !early;
}

static bool
all_woken_with(int n)
{
	bool good = true;
	int cpu;

	for (cpu = 0; cpu < ncpus; cpu++)
		good &= is_woken_with(cpu, n);
	return good;
}

static int
skip(const char *why)
{
	const char *ci = getenv("CI"), *path = getenv("SKIPPED");
	FILE *f = path ? fopen(path, "a") : NULL;

	if (ci && !strcmp(ci, "true"))
		return ok(false, why), done();
	if (f) {
		fprintf(f, "unit/wakeups: %s\n", why);
		fclose(f);
	}
	printf("1..0 # SKIP %s\n", why);
	return 0;
}

/* Through sudo, if it asks for no password. */
static void
become_root(const char *program)
{
	if (geteuid() && !system("sudo -n -E true 2>/dev/null"))
		execlp("sudo", "sudo", "-n", "-E", program, (char *)NULL);
}

int
main(int argc, char **argv)
{
	struct wakeups *w;
	unsigned long long line;

	(void)argc;
	become_root(argv[0]);
	ncpus = (int)sysconf(_SC_NPROCESSORS_ONLN);
	if (!make_map())
		return skip(geteuid() ?
		    "not root, and no sudo without a password" : strerror(errno));
	ok(!wakeups_set(NULL, false), "nothing to set");
	wakeups_free(NULL);
	ok(!wakeups_new(getpid()), "a map without buffers is none");
	ok(!wakeups_new(-1), "no such process");
	make_prog();
	open_outputs();
	print(0, 1);
	line = read_all();
	ok(is_woken(0) && line > 8, "it prints");

	w = wakeups_new(getpid());
	ok(w, "the buffers are found");
	ok(all_woken_with(1), "woken with each line at first");
	ok(wakeups_set(w, false) && !wakeups_set(w, false), "it was the other way");
	ok(all_woken_with(WAKEUPS_LINES), "then with many");
	ok(all_woken_with(WAKEUPS_LINES), "and again");
	print(0, WAKEUPS_LINES - 1);
	wakeups_set(w, true);
	ok(is_woken_with(0, 1), "what is left wakes with the next line");
	is_num(read_all(), line * (unsigned)(ncpus * (2 * WAKEUPS_LINES + 1) +
	    WAKEUPS_LINES), "no line is lost");
	wakeups_set(w, false);
	ok(is_woken_with(0, 1), "the kernel has counted what was left");
	wakeups_free(w);
	ok(all_woken_with(WAKEUPS_LINES), "it goes on when we are gone");
	return done();
}
