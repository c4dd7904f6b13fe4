/* record - a long recording on standard output, as pt-capture writes it
 *
 * usage: record EVENTS LIVE flat|deep ordered|cpus
 *
 * LIVE processes are alive at a time. flat: all are children of the root, but
 * every tenth, which is a stranger. deep: each is the child of the one before
 * it, so LIVE is the depth. Each forks, execs and exits: three events, 100
 * microseconds between two of them.
 * ordered: in the order of time. cpus: of four CPUs, BLOCK bytes of each in
 * turn, as perf buffers are read, with ticks and trace cpus=. */
#include <err.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	BLOCK = 64 * 1024, LINE_MAX_LEN = 256, CPUS = 4,
	ROOT = 1000, FIRST = 2000, PIDS = 4000000,
	STEP = 100000, TICK = 1000000000,	/* ns */
};

struct stream {
	size_t len;
	char text[BLOCK + LINE_MAX_LEN];
};

static struct stream streams[CPUS];
static bool deep, ordered;
static uint64_t ts = TICK;

static void
flush(void)
{
	int cpu;

	for (cpu = 0; cpu < CPUS; cpu++) {
		fwrite(streams[cpu].text, 1, streams[cpu].len, stdout);
		streams[cpu].len = 0;
	}
	if (ferror(stdout))
		err(2, "<stdout>");
}

/* the line of a CPU has len bytes more */
static void
end_line(struct stream *s, int len)
{
	s->len += (size_t)len;
	if (s->len >= BLOCK || ordered)
		flush();
}

static void
tick(void)
{
	struct stream *s;
	int cpu;

	for (cpu = 0; cpu < CPUS && !ordered; cpu++) {
		s = &streams[cpu];
		end_line(s, snprintf(s->text + s->len, LINE_MAX_LEN,
		    "tick\tts=%llu\tcpu=%d\n", (unsigned long long)ts, cpu));
	}
}

static void
event(const char *kind, uint64_t pid, uint64_t ppid, const char *more)
{
	int cpu = (int)(ts / STEP * 2654435761 / 65536 % CPUS);
	struct stream *s = &streams[cpu];

	end_line(s, snprintf(s->text + s->len, LINE_MAX_LEN,
	    "%s\tts=%llu\tpid=%d\tppid=%d\tpgid=%d\tsid=%d\tcpu=%d%s\n", kind,
	    (unsigned long long)ts, (int)pid, (int)ppid, ROOT, ROOT, cpu, more));
	ts += STEP;
	if (ts % TICK == 0)
		tick();
}

static uint64_t
pid_of(uint64_t i)
{
	return FIRST + i % PIDS;
}

static uint64_t
parent_of(uint64_t i, uint64_t live)
{
	if (deep)
		return i % live ? pid_of(i - 1) : ROOT;
	return i % 10 ? ROOT : 1;
}

static void
begin(uint64_t i, uint64_t live)
{
	static const char exec[] =
	    "\tfds=7\tfile=/usr/bin/cc\targv=cc\t-c\t-o\t%llu.o\t%llu.c";
	char more[LINE_MAX_LEN];

	snprintf(more, sizeof more, exec, (unsigned long long)i,
	    (unsigned long long)i);
	event("fork", pid_of(i), parent_of(i, live), "");
	event("exec", pid_of(i), parent_of(i, live), more);
}

static void
end(uint64_t i, uint64_t live)
{
	event("exit", pid_of(i), parent_of(i, live), i % 100 ?
	    "\tstatus=0\tutime=24000000\tstime=8000000\tmaxrss=20480" :
	    "\tsignal=SIGKILL\tutime=24000000\tstime=8000000\tmaxrss=20480");
}

/* The next ones begin when the last one of a deep tree has ended. */
static void
live_deep(uint64_t n, uint64_t live)
{
	uint64_t i, first;

	for (first = 0; first < n; first += live) {
		for (i = first; i < first + live && i < n; i++)
			begin(i, live);
		while (i-- > first)
			end(i, live);
	}
}

static void
live_flat(uint64_t n, uint64_t live)
{
	uint64_t i;

	for (i = 0; i < n + live; i++) {
		if (i >= live)
			end(i - live, live);
		if (i < n)
			begin(i, live);
	}
}

int
main(int argc, char *argv[])
{
	uint64_t n, live;

	if (argc != 5)
		errx(2, "usage: record EVENTS LIVE flat|deep ordered|cpus");
	n = strtoull(argv[1], NULL, 10) / 3;
	live = strtoull(argv[2], NULL, 10);
	deep = !strcmp(argv[3], "deep");
	ordered = !strcmp(argv[4], "ordered");
	if (live < 1 || live > n || live >= PIDS)
		errx(2, "LIVE is from 1 to a third of EVENTS, and below %d", PIDS);
	printf("trace\tversion=1\tstart=1732092345123456789\thost=bench"
	    "\ttracer=record%s\targv=make\t-j\nroot\tts=0\tpid=%d\n",
	    ordered ? "" : "\tcpus=0-3", ROOT);
	event("fork", ROOT, 1, "");
	if (deep)
		live_deep(n, live);
	else
		live_flat(n, live);
	event("exit", ROOT, 1, "\tstatus=0");
	tick();
	flush();
	printf("end\tts=%llu\n", (unsigned long long)ts);
	if (fflush(stdout) == EOF)
		err(2, "<stdout>");
	return 0;
}
