/* bigrec - a long recording on standard output, for tests of time and memory
 *
 * usage: bigrec EVENTS [LIVE [CPUS [cpus|bare|chain]]]
 *
 * LIVE processes at any time, every other one a descendant of the root, 1000.
 * Each forks, execs and ends; PIDs are reused. A microsecond between events.
 * The lines of the CPUs come in turn, BLOCK bytes of each, as perf buffers are
 * read. "cpus" (the default) declares the CPUs, "bare" does not. "chain": each
 * process forks the next one, and none execs. */
#include <err.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64 * 1024, SLACK = 512, FIRST = 2000, PIDS = 30000, ROOT = 1000 };

struct stream {
	size_t len;
	char text[BLOCK + SLACK];
};

static struct stream *streams;
static uint64_t ncpus = 4, ts = 1000;

static uint64_t
number(int argc, char *argv[], int i, uint64_t otherwise)
{
	return i < argc ? strtoull(argv[i], NULL, 10) : otherwise;
}

static void
add(struct stream *s, const char *p)
{
	size_t len = strlen(p);

	memcpy(s->text + s->len, p, len);
	s->len += len;
}

static void
add_key(struct stream *s, const char *key, uint64_t n)
{
	char digits[20];
	size_t i = sizeof digits;

	add(s, key);
	do
		digits[--i] = (char)('0' + n % 10);
	while (n /= 10);
	memcpy(s->text + s->len, digits + i, sizeof digits - i);
	s->len += sizeof digits - i;
}

/* the lines of all CPUs up to now */
static void
flush(void)
{
	uint64_t cpu;

	for (cpu = 0; cpu < ncpus; cpu++) {
		fwrite(streams[cpu].text, 1, streams[cpu].len, stdout);
		streams[cpu].len = 0;
	}
	if (ferror(stdout))
		err(2, "<stdout>");
}

static void
event(const char *kind, uint64_t pid, uint64_t ppid, const char *more)
{
	uint64_t cpu = ts / 1000 * 2654435761 / 65536 % ncpus;
	struct stream *s = &streams[cpu];

	add(s, kind);
	add_key(s, "\tts=", ts);
	add_key(s, "\tpid=", pid);
	add_key(s, "\tppid=", ppid);
	add_key(s, "\tpgid=", ppid);
	add_key(s, "\tsid=", ROOT);
	add_key(s, "\tcpu=", cpu);
	add(s, more);
	ts += 1000;
	if (s->len >= BLOCK)
		flush();
}

static void
ticks(void)
{
	uint64_t cpu;

	for (cpu = 0; cpu < ncpus; cpu++) {
		add_key(&streams[cpu], "tick\tts=", ts);
		add_key(&streams[cpu], "\tcpu=", cpu);
		add(&streams[cpu], "\n");
	}
	ts += 1000;
	flush();
}

static void
header(bool declared)
{
	printf("trace\tversion=1\tstart=1732092345123456789\thost=big");
	if (declared)
		printf("\tcpus=0-%d", (int)ncpus - 1);
	printf("\targv=make\t-j\nroot\tts=0\tpid=%d\n", ROOT);
	event("fork", ROOT, 1, "\n");
}

/* the parent of the process of a number */
static uint64_t
parent_of(uint64_t i, bool chain)
{
	if (chain && i)
		return FIRST + (i - 1) % PIDS;
	return chain || i % 2 ? ROOT : 1;
}

static void
processes(uint64_t n, uint64_t live, bool chain)
{
	uint64_t i, pid, parent;

	for (i = 0; i < n; i++) {
		pid = FIRST + i % PIDS;
		parent = parent_of(i, chain);
		if (i % 100000 == 0)
			ticks();
		event("fork", pid, parent, "\n");
		if (!chain)
			event("exec", pid, parent,
			    "\tfile=/usr/bin/cc\targv=cc\t-c\tfile.c\n");
		if (i >= live)
			event("exit", FIRST + (i - live) % PIDS,
			    parent_of(i - live, chain),
			    "\tstatus=0\tutime=1000000\tstime=0\n");
	}
}

int
main(int argc, char *argv[])
{
	uint64_t n = number(argc, argv, 1, 1000000);
	uint64_t live = number(argc, argv, 2, 1000);
	const char *kind = argc > 4 ? argv[4] : "cpus";
	bool chain = !strcmp(kind, "chain");

	ncpus = number(argc, argv, 3, 4);
	if (live < 1 || live >= PIDS || ncpus < 1)
		errx(2, "usage: bigrec EVENTS [LIVE [CPUS [cpus|bare|chain]]]");
	streams = calloc(ncpus, sizeof *streams);
	if (!streams)
		err(2, NULL);
	header(strcmp(kind, "bare") != 0);
	processes(n / (chain ? 2 : 3), live, chain);
	flush();
	printf("end\tts=%llu\n", (unsigned long long)ts);
	if (fflush(stdout) == EOF)
		err(2, "<stdout>");
	free(streams);
	return 0;
}
