/* property - whether pt-ingest makes of a recording what happened, however
 * the lines of the CPUs are mixed
 *
 * usage: property PROGRAM [FIRST [COUNT]]
 *
 * Seeds FIRST (1) to FIRST + COUNT (1000) - 1. With COUNT 1, the recording
 * (in), what it should become (want) and what it became (got, err) are left in
 * the current directory. */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "property.h"

#define WINDOW 2000000000	/* reorder.h */
enum { SHOWN = 5 };

extern char **environ;

enum mixing { ORDERED, ANY, BLOCKS, CONCATENATED, NMIXINGS };

/* a line in the stream of its CPU */
struct line {
	uint64_t ts;
	struct piece text;
	bool head;		/* not one of the pieces behind it */
	bool dropped;
};

struct stream {
	struct line *lines;
	size_t n, cap, next;
};

/* one recording of a world */
struct recording {
	struct stream streams[CPUS_MAX];
	bool declared;		/* trace cpus= */
	bool raw;		/* of the bare tracer */
	bool ended;		/* has an end line */
	uint64_t nlost;		/* of those dropped, how many can be noticed */
};

/* what a program reads, writes and says */
struct trial {
	struct buf in, out, err;
	int status;
};

/* what is counted apart */
enum property { PLACE, LIVES, AGAIN, LOSS, NPROPERTIES };

static const char *const properties[] = {
	[PLACE] = "every line of the tree, and no other, in its place",
	[LIVES] = "several lives of the root are listed",
	[AGAIN] = "what it wrote it reads as the same",
	[LOSS] = "every loss is counted, wherever the lines go",
};

static struct {
	uint64_t seed, count;
	const char *program;
	int in, out, err;
	unsigned long ntried[NPROPERTIES], nfailed[NPROPERTIES];
} run;

static int
memory_file(const char *name)
{
	int fd = memfd_create(name, MFD_CLOEXEC);

	if (fd < 0)
		err(2, "memfd_create");
	return fd;
}

static void
empty(int fd)
{
	if (ftruncate(fd, 0) < 0 || lseek(fd, 0, SEEK_SET) < 0)
		err(2, "memory file");
}

static void
fill(int fd, const struct buf *b)
{
	size_t done;
	ssize_t n;

	empty(fd);
	for (done = 0; done < b->len; done += (size_t)n)
		if ((n = write(fd, b->p + done, b->len - done)) < 0)
			err(2, "memory file");
	lseek(fd, 0, SEEK_SET);
}

static void
fetch(int fd, struct buf *b)
{
	off_t size = lseek(fd, 0, SEEK_END);

	b->len = 0;
	buf_reserve(b, (size_t)size + 1);
	if (pread(fd, b->p, (size_t)size, 0) != size)
		err(2, "memory file");
	b->len = (size_t)size;
}

/* Runs the program on t->in; -p SPEC if there is one. */
static void
ingest(struct trial *t, char *spec)
{
	static char name[] = "pt-ingest", option[] = "-p";
	char *argv[] = { name, spec ? option : NULL, spec, NULL };
	posix_spawn_file_actions_t actions;
	int status, e;
	pid_t pid;

	fill(run.in, &t->in);
	empty(run.out);
	empty(run.err);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, run.in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, run.out, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, run.err, STDERR_FILENO);
	e = posix_spawn(&pid, run.program, &actions, NULL, argv, environ);
	if (e) {
		errno = e;
		err(2, "%s", run.program);
	}
	posix_spawn_file_actions_destroy(&actions);
	if (waitpid(pid, &status, 0) != pid)
		err(2, "waitpid");
	t->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
	fetch(run.out, &t->out);
	fetch(run.err, &t->err);
}

static void
free_trial(struct trial *t)
{
	free(t->in.p);
	free(t->out.p);
	free(t->err.p);
}

static void
keep(const char *name, const struct buf *b)
{
	FILE *fp;

	if (run.count != 1)
		return;
	fp = fopen(name, "w");
	if (!fp || fwrite(b->p, 1, b->len, fp) != b->len || fclose(fp))
		err(2, "%s", name);
}

/* the first line in which two texts differ */
static void
show_difference(const struct buf *want, const struct buf *got)
{
	size_t i, start = 0, nl = 1;

	for (i = 0; i < want->len && i < got->len && want->p[i] == got->p[i]; i++)
		if (want->p[i] == '\n') {
			start = i + 1;
			nl++;
		}
	printf("# line %zu is:     %.*s\n# and should be: %.*s\n", nl,
	    (int)strcspn(got->p + start, "\n"), got->p + start,
	    (int)strcspn(want->p + start, "\n"), want->p + start);
}

static bool
equal(struct buf *a, struct buf *b)
{
	buf_addc(a, '\0');
	buf_addc(b, '\0');
	a->len--;
	b->len--;
	return a->len == b->len && !memcmp(a->p, b->p, a->len);
}

/* Compares what came out with what is expected of a property. */
static bool
check(enum property what, struct trial *t, int status, struct buf *out,
    struct buf *message)
{
	bool same_out = !out || equal(out, &t->out);
	bool same_err = equal(message, &t->err);

	run.ntried[what]++;
	if (t->status == status && same_out && same_err)
		return true;
	if (run.nfailed[what]++ >= SHOWN)
		return false;
	printf("# seed %" PRIu64 ": %s: not so (property PROGRAM %" PRIu64
	    " 1 shows it)\n", run.seed, properties[what], run.seed);
	if (t->status != status)
		printf("# status %d, not %d\n", t->status, status);
	if (!same_out)
		show_difference(out, &t->out);
	if (!same_err)
		show_difference(message, &t->err);
	keep("in", &t->in);
	keep("got", &t->out);
	keep("err", &t->err);
	if (out)
		keep("want", out);
	return false;
}

static void
add_line(struct stream *s, struct line line)
{
	s->lines = grow(s->lines, s->n, &s->cap, sizeof line);
	s->lines[s->n++] = line;
}

/* Cuts what happened into the streams of the CPUs. */
static void
cut(const struct world *w, struct recording *r)
{
	const struct happening *h;
	struct line line;
	size_t i, end;

	for (i = 0; i < w->nhappenings; i++) {
		h = &w->happenings[i];
		line = (struct line){ .ts = h->ts, .head = true };
		line.text = r->raw ? h->raw : h->line;
		end = line.text.at + line.text.len;
		for (; line.text.at < end; line.text.at += line.text.len) {
			line.text.len = (size_t)((const char *)memchr(w->text.p +
			    line.text.at, '\n', end - line.text.at) + 1 -
			    w->text.p) - line.text.at;
			add_line(&r->streams[h->cpu], line);
			line.head = false;
		}
	}
}

/* Drops lines, and counts those whose loss shows because a line of their CPU
 * comes behind them. */
static void
drop(struct world *w, struct recording *r)
{
	struct stream *s;
	struct line *line;
	bool followed;
	unsigned percent = (unsigned)any(w, 40) + 1;
	size_t i;

	for (s = r->streams; s < r->streams + CPUS_MAX; s++) {
		followed = false;
		for (i = s->n; i-- > 0; ) {
			line = &s->lines[i];
			line->dropped = chance(w, percent);
			followed = followed || !line->dropped;
			r->nlost += line->dropped && line->head && followed;
		}
	}
}

/* the CPU with the next line of all; -1: none has any */
static int
first_in_time(const struct recording *r)
{
	const struct stream *s;
	int cpu, first = -1;

	for (cpu = 0; cpu < CPUS_MAX; cpu++) {
		s = &r->streams[cpu];
		if (s->next < s->n && (first < 0 || s->lines[s->next].ts <
		    r->streams[first].lines[r->streams[first].next].ts))
			first = cpu;
	}
	return first;
}

static bool
has_more(const struct recording *r, int cpu)
{
	return r->streams[cpu].next < r->streams[cpu].n;
}

/* the CPU whose line comes next in the recording, after one of CPU last */
static int
pick(struct world *w, const struct recording *r, enum mixing how, int last)
{
	int first = first_in_time(r), cpu = last;
	const struct stream *s;
	uint64_t ts;

	if (how == ORDERED || first < 0)
		return first;
	if (how == ANY || (how == BLOCKS && chance(w, 10)))
		cpu = (int)any(w, CPUS_MAX);
	while (!has_more(r, cpu))
		cpu = (cpu + 1) % CPUS_MAX;
	/* without a list of CPUs, none is further behind than the window */
	s = &r->streams[cpu];
	ts = r->streams[first].lines[r->streams[first].next].ts;
	if (!r->declared && s->lines[s->next].ts - ts > WINDOW)
		return first;
	return cpu;
}

static void
mix(struct world *w, struct recording *r, enum mixing how, struct buf *b)
{
	int cpu = (int)any(w, CPUS_MAX);
	const struct line *line;
	size_t i;

	for (i = 0; i < CPUS_MAX; i++)
		r->streams[i].next = 0;
	while ((cpu = pick(w, r, how, cpu)) >= 0) {
		line = &r->streams[cpu].lines[r->streams[cpu].next++];
		if (!line->dropped)
			buf_add(b, w->text.p + line->text.at, line->text.len);
	}
}

static void
free_streams(struct recording *r)
{
	size_t i;

	for (i = 0; i < CPUS_MAX; i++)
		free(r->streams[i].lines);
}

static void
add_trace(struct buf *b, const struct world *w, bool cpus)
{
	buf_adds(b, "trace\tversion=1\tstart=1732092345123456789");
	if (cpus)
		buf_printf(b, "\tcpus=0-%d", w->plan.ncpus - 1);
	buf_adds(b, "\thost=h\targv=make\t\t-j\n");
}

/* a whole recording, mixed at random */
static void
record(struct world *w, struct recording *r, const struct question *q,
    struct buf *b)
{
	b->len = 0;
	add_trace(b, w, r->declared);
	if (q->named)
		buf_printf(b, "root\tts=%" PRIu64 "\tpid=%d\n", q->since,
		    w->processes[q->root].pid);
	mix(w, r, (enum mixing)any(w, NMIXINGS), b);
	if (r->ended)
		buf_printf(b, "end\tts=%" PRIu64 "\n", w->now + 1);
}

static void
add_no_end(const struct recording *r, struct buf *b)
{
	if (!r->ended)
		buf_adds(b, "pt-ingest: the recording has no end: it was cut, or "
		    "goes on\n");
}

static struct question
ask(struct world *w)
{
	struct question q = { .root = NOBODY };
	uint64_t begin;
	size_t i;
	int root;

	for (i = 0; i < 1000 && q.root == NOBODY; i++) {
		root = 1 + (int)any(w, w->nprocesses);
		if (root < (int)w->nprocesses && begin_of(w, root, &begin)) {
			q.root = root;
			q.since = begin;
		}
	}
	q.named = chance(w, 40);
	return q;
}

/* The recording, mixed some other way, gives the tree. */
static void
try_place(struct world *w, struct recording *r)
{
	struct trial t = { 0 };
	struct buf want = { 0 }, message = { 0 }, others = { 0 };
	struct question q = ask(w);
	char spec[64];
	bool alone, good = false;
	int pid;

	if (q.root == NOBODY)
		return;
	pid = w->processes[q.root].pid;
	record(w, r, &q, &t.in);
	add_no_end(r, &others);
	alone = expect_lives(w, pid, &others) == 1;
	if (alone && chance(w, 50))
		snprintf(spec, sizeof spec, "%d", pid);
	else
		snprintf(spec, sizeof spec, "%d@%" PRIu64, pid, q.since);
	add_trace(&want, w, false);
	expect(w, &q, &want);
	if (r->ended)
		buf_printf(&want, "end\tts=%" PRIu64 "\n", w->now + 1);
	add_no_end(r, &message);
	ingest(&t, q.named ? NULL : spec);
	good = check(PLACE, &t, 0, &want, &message);
	if (!alone && !q.named) {
		snprintf(spec, sizeof spec, "%d", pid);
		ingest(&t, spec);
		check(LIVES, &t, 2, NULL, &others);
	} else if (good && chance(w, 10)) {
		t.in.len = 0;
		buf_add(&t.in, t.out.p, t.out.len);
		ingest(&t, NULL);
		check(AGAIN, &t, 0, &want, &message);
	}
	free_trial(&t);
	free(want.p);
	free(message.p);
	free(others.p);
}

/* the sum of the lost lines */
static uint64_t
lost_in(struct buf *b)
{
	uint64_t sum = 0;
	const char *p, *count;

	buf_addc(b, '\0');
	b->len--;
	for (p = b->p; (p = strstr(p, "lost\t")); p++) {
		count = strstr(p, "\tcount=");
		if ((p == b->p || p[-1] == '\n') && count)
			sum += strtoull(count + 7, NULL, 10);
	}
	return sum;
}

/* Lines are dropped: how many is told, and all else is the same however the
 * rest is mixed. An exec whose last piece is gone is whole with the next line of
 * its CPU, which comes within the window where CPUs tick as they should. */
static void
try_loss(struct world *w, struct recording *r)
{
	struct trial t = { 0 };
	struct buf want = { 0 }, message = { 0 };
	struct question q = ask(w);

	q.named = true;
	if (q.root == NOBODY)
		return;
	r->declared = r->declared || w->now > WINDOW;
	drop(w, r);
	record(w, r, &q, &t.in);
	ingest(&t, NULL);
	if (t.status == 0) {	/* else nothing of the root is left */
		buf_add(&want, t.out.p, t.out.len);
		add_no_end(r, &message);
		if (r->nlost)
			buf_printf(&message, "pt-ingest: %" PRIu64 " events were "
			    "lost: processes may lack their begin, their end, or "
			    "be missing\n", r->nlost);
		if (lost_in(&want) != r->nlost)
			buf_adds(&want, "the sum of the lost lines\n");
		record(w, r, &q, &t.in);
		ingest(&t, NULL);
		check(LOSS, &t, 0, &want, &message);
	}
	free_trial(&t);
	free(want.p);
	free(message.p);
}

static struct plan
make_plan(struct world *w)
{
	static const uint64_t steps[] = { 2, 1000, 1000000, 300000000 };

	return (struct plan){
		.ncpus = 1 + (int)any(w, CPUS_MAX),
		.npids = 5 + (int)any(w, chance(w, 50) ? 15 : 200),
		.nsteps = 10 + (int)any(w, 300),
		.ties = (unsigned)any(w, 3) * 30,
		.missing_exits = (unsigned)any(w, 3) * 15,
		.step = steps[any(w, 4)],
		.nbefore = (int)any(w, 6),
	};
}

static void
try_seed(void)
{
	struct world w = { .random = run.seed };
	struct recording r;
	size_t i;

	w.plan = make_plan(&w);
	generate(&w);
	for (i = 0; i < 3; i++) {
		r = (struct recording){
			.raw = i == 2 || chance(&w, 30),
			.declared = chance(&w, 70), .ended = chance(&w, 80),
		};
		cut(&w, &r);
		if (i < 2)
			try_place(&w, &r);
		else if (run.seed % 4 == 0)
			try_loss(&w, &r);
		free_streams(&r);
	}
	forget(&w);
}

static uint64_t
number(const char *s, uint64_t otherwise)
{
	uint64_t n = otherwise;

	if (s && !text_number(s, strlen(s), UINT32_MAX, &n))
		errx(2, "usage: property PROGRAM [FIRST [COUNT]]");
	return n;
}

int
main(int argc, char *argv[])
{
	uint64_t first;
	int i, failed = 0;

	if (argc < 2)
		errx(2, "usage: property PROGRAM [FIRST [COUNT]]");
	run.program = argv[1];
	first = number(argc > 2 ? argv[2] : NULL, 1);
	run.count = number(argc > 3 ? argv[3] : NULL, 1000);
	run.in = memory_file("in");
	run.out = memory_file("out");
	run.err = memory_file("err");
	for (run.seed = first; run.seed < first + run.count; run.seed++)
		try_seed();
	for (i = 0; i < NPROPERTIES; i++) {
		printf("%sok %d - %s (%lu of %lu)\n", run.nfailed[i] ? "not " : "",
		    i + 1, properties[i], run.ntried[i] - run.nfailed[i],
		    run.ntried[i]);
		failed += run.nfailed[i] > 0;
	}
	printf("1..%d\n", NPROPERTIES);
	return failed > 0;
}
