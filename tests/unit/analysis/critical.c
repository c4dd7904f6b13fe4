/* critical - paths of small trees, and what holds for any */
#include "analysis/critical.h"
#include "lifetimes.h"

/* The path: "PID FROM-TO" each, "(FILE by PID)" of what it has made, and who reads
 * it; " | " where the root ends. */
static const struct {
	const char *name, *in, *want;
} cases[] = {
	{ "one process", "1 0 5-9", "1 5-9 |" },
	{ "one that lasts no time", "1 0 5-5", "|" },
	{ "a child", "1 0 0-9, 2 1 3-7", "1 0-3 2 3-7 1 7-9 |" },
	{ "children one after the other",
	    "1 0 0-9, 2 1 1-3, 3 1 3-6, 4 1 7-9",
	    "1 0-1 2 1-3 3 3-6 1 6-7 4 7-9 |" },
	{ "of two at a time the one that ends last",
	    "1 0 0-20, 2 1 1-8, 3 1 2-10", "1 0-2 3 2-10 1 10-20 |" },
	{ "make -j2: each start waited for an end",
	    "1 0 0-20, 2 1 1-6, 3 1 1-9, 4 1 6-12, 5 1 9-11, 6 1 13-19",
	    "1 0-1 2 1-6 4 6-12 1 12-13 6 13-19 1 19-20 |" },
	{ "one that ends after the next began is not waited for",
	    "1 0 0-20, 2 1 1-11, 3 1 10-18", "1 0-10 3 10-18 1 18-20 |" },
	{ "a grandchild", "1 0 0-20, 2 1 1-19, 3 2 2-18",
	    "1 0-1 2 1-2 3 2-18 2 18-19 1 19-20 |" },
	{ "an orphan that the root waits for",
	    "1 0 0-20, 2 1 1-3, 3 2 2-15", "1 0-1 2 1-2 3 2-15 1 15-20 |" },
	{ "an orphan of an orphan",
	    "1 0 0-20, 2 1 1-3, 3 2 2-5, 4 3 4-18",
	    "1 0-1 2 1-2 3 2-4 4 4-18 1 18-20 |" },
	{ "an orphan is the nearest ancestor's that lives",
	    "1 0 0-20, 2 1 1-9, 3 2 2-4, 4 3 3-8",
	    "1 0-1 2 1-2 3 2-3 4 3-8 2 8-9 1 9-20 |" },
	{ "a daemon does not hide the work",
	    "1 0 0-20, 2 1 1-30, 3 1 3-10", "1 0-3 3 3-10 1 10-20 | 2 20-30" },
	{ "what a daemon does, and daemons that follow each other",
	    "1 0 0-10, 2 1 1-30, 3 2 12-20, 4 2 5-35, 5 4 31-40",
	    "1 0-10 | 4 10-31 5 31-40" },
	{ "a daemon that waits",
	    "1 0 0-10, 2 1 1-30, 3 2 12-20", "1 0-10 | 2 10-12 3 12-20 2 20-30" },
	{ "a daemon, the root waited for an orphan too",
	    "1 0 0-10, 2 1 1-30, 3 1 2-4, 4 3 3-9",
	    "1 0-2 3 2-3 4 3-9 1 9-10 | 2 10-30" },
	{ "the root still runs, and its child",
	    "1 0 0-?, 2 1 3-?, 3 1 2-4, 4 2 5-6",
	    "1 0-3 2 3-5 4 5-6 |" },
	{ "all at one time", "1 0 7-7, 2 1 7-7, 3 2 7-7", "|" },
	{ "same end: the one that began first",
	    "1 0 0-9, 2 1 1-9, 3 1 2-9", "1 0-1 2 1-9 |" },
	{ "children that last no time",
	    "1 0 0-9, 2 1 4-4, 3 1 4-4, 4 3 4-4", "1 0-9 |" },
	{ "other trees do not matter",
	    "1 0 5-9, 2 99 6-20, 3 2 6-8", "1 5-9 |" },
	{ "make | tee: make counts",
	    "1 0 0-99 sh, 2 1 1-90 make >7, 3 1 2-92 tee <7, 4 2 5-80 cc >7",
	    "1 0-1 2 1-5 4 5-80 2 80-90 3 90-92 1 92-99 |" },
	{ "tar | xz: xz was busy",
	    "1 0 0-99 sh, 2 1 1-90 tar >7, 3 1 2-92 xz <7 ~85",
	    "1 0-2 3 2-92 1 92-99 |" },
	{ "gen | sort: busy afterwards",
	    "1 0 0-99 sh, 2 1 1-40 gen >7, 3 1 2-92 sort <7 ~60",
	    "1 0-1 2 1-40 3 40-92 1 92-99 |" },
	{ "it was ready to run",
	    "1 0 0-99 sh, 2 1 1-90 tar >7, 3 1 2-92 xz <7 ~25 %40",
	    "1 0-2 3 2-92 1 92-99 |" },
	{ "three, and other pipes",
	    "1 0 0-99 sh, 2 1 1-80 a >7, 3 1 1-85 b <7 >8, 4 1 1-90 c <8, "
	    "5 1 1-88 d >9",
	    "1 0-1 2 1-80 3 80-85 4 85-90 1 90-99 |" },
	{ "a writer that goes on is not waited for",
	    "1 0 0-99 sh, 2 1 1-91 yes >7, 3 1 2-90 head <7",
	    "1 0-1 2 1-91 1 91-99 |" },
	{ "one that has ended before the reader began",
	    "1 0 0-99 sh, 2 1 1-5 echo >7, 3 1 10-90 cat <7",
	    "1 0-1 2 1-5 1 5-10 3 10-90 1 90-99 |" },
	{ "the writer ended after a child of the reader",
	    "1 0 0-99 sh, 2 1 1-90 tar >7, 3 1 2-92 xz <7, 4 3 3-10 nproc",
	    "1 0-1 2 1-90 3 90-92 1 92-99 |" },
	{ "... and before it",
	    "1 0 0-99 sh, 2 1 1-10 gen >7, 3 1 2-92 sh <7, 4 3 12-90 cc",
	    "1 0-1 2 1-10 3 10-12 4 12-90 3 90-92 1 92-99 |" },
	{ "ld reads a.o: b.o ended last, but while make was busy",
	    "1 0 0-99 make ~8, 2 1 1-60 cc +50:a.o, 3 1 2-63 cc +50:b.o, "
	    "4 1 65-90 ld @66:a.o",
	    "1 0-1 2 1-60(/a.o by 4) 1 60-65 4 65-90 1 90-99 |" },
	{ "... that ended too early: make was idle since then",
	    "1 0 0-99 make ~8, 2 1 1-56 cc +50:a.o, 3 1 2-63 cc +50:b.o, "
	    "4 1 65-90 ld @66:a.o",
	    "1 0-2 3 2-63 1 63-65 4 65-90 1 90-99 |" },
	{ "... and make forked another then: it waited for a place",
	    "1 0 0-99 make ~8, 2 1 1-60 cc +50:a.o, 3 1 2-63 cc +50:b.o, "
	    "5 1 61-70 cc, 4 1 65-90 ld @66:a.o",
	    "1 0-2 3 2-63 1 63-65 4 65-90 1 90-99 |" },
	{ "both are read: the last one",
	    "1 0 0-99 make ~8, 2 1 1-60 cc +50:a.o, 3 1 2-63 cc +50:b.o, "
	    "4 1 65-90 ld @66:a.o @67:b.o",
	    "1 0-2 3 2-63(/b.o by 4) 1 63-65 4 65-90 1 90-99 |" },
	{ "below both of them",
	    "1 0 0-99 make ~8, 2 1 1-60 sh, 3 2 2-59 cc +50:a.o, 4 1 2-63 cc, "
	    "5 1 65-90 gcc, 6 5 66-89 ld @67:a.o",
	    "1 0-1 2 1-2 3 2-59 2 59-60(/a.o by 6) 1 60-65 5 65-66 6 66-89 "
	    "5 89-90 1 90-99 |" },
	{ "a file that was written anew afterwards",
	    "1 0 0-99 make ~8, 2 1 1-60 cc +50:a.o, 3 1 2-63 strip +62:a.o, "
	    "4 1 65-90 ld @66:a.o",
	    "1 0-2 3 2-63(/a.o by 4) 1 63-65 4 65-90 1 90-99 |" },
	{ "what a child reads of its parent is no need",
	    "1 0 0-99 make ~8 +1:x, 2 1 2-60 cc @3:x, 3 1 65-90 ld @66:x",
	    "1 0-2 2 2-60 1 60-65 3 65-90 1 90-99 |" },
	{ "of itself and of its child",
	    "1 0 0-99 sh <7 >7, 2 1 50-50 x >7, 3 1 60-70 y <7 >7",
	    "1 0-60 3 60-70 1 70-99 |" },
};

static void
dump(struct buf *b, const struct critical *c)
{
	size_t i;

	for (i = 0; i <= c->n; i++) {
		if (i == c->nroot)
			buf_adds(b, i ? " |" : "|");
		if (i < c->n)
			buf_printf(b, "%s%d %" PRIu64 "-%" PRIu64, i ? " " : "",
			    c->segments[i].p->pid, c->segments[i].from,
			    c->segments[i].to);
		if (i < c->n && c->segments[i].read)
			buf_printf(b, "(%.*s by %d)",
			    (int)c->segments[i].read->path.len,
			    c->segments[i].read->path.p,
			    c->segments[i].read->p->pid);
	}
	buf_addc(b, '\0');
}

static void
run_cases(void)
{
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct forest f = { 0 };
		struct files files;
		struct critical c;
		struct buf got = { 0 };

		lifetimes_forest(&f, cases[i].in);
		files_find(&files, &f);
		critical_find(&c, &f, &files);
		dump(&got, &c);
		is_str(got.p, cases[i].want, cases[i].name);
		free(got.p);
		critical_free(&c);
		files_free(&files);
		forest_free(&f);
	}
}

static bool
is_above(const struct process *up, const struct process *p)
{
	while (p && p != up)
		p = p->parent;
	return p != NULL;
}

static bool
lives_until(const struct process *p, const struct process *up, uint64_t ts)
{
	for (p = p->parent; p != up; p = p->parent)
		if (p->end >= ts)
			return false;
	return true;
}

/* whether the process at the end of b may have been waited for by a's */
static bool
is_waited(const struct process *waiter, const struct process *p)
{
	return p != waiter && is_above(waiter, p) && p->end <= waiter->end &&
	    lives_until(p, waiter, p->end);
}

/* Nobody that was waited for ended within the segment, which would then have
 * to end there. */
static bool
is_alone(const struct forest *f, const struct critical_segment *s)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (f->processes[i]->end > s->from && f->processes[i]->end <= s->to &&
		    f->processes[i]->start < f->processes[i]->end &&
		    is_waited(s->p, f->processes[i]))
			return false;
	return true;
}

static uint64_t
last_end(const struct forest *f)
{
	uint64_t end = 0;
	size_t i;

	for (i = 0; i < f->n; i++)
		if (f->processes[i]->end > end &&
		    is_above(f->root, f->processes[i]))
			end = f->processes[i]->end;
	return end;
}

static bool
holds(const struct forest *f, const struct critical *c)
{
	uint64_t now = f->root->start;
	const struct critical_segment *s;
	size_t i;

	for (i = 0; i < c->n; i++) {
		s = &c->segments[i];
		if (i == c->nroot && now != f->root->end)
			return false;
		if (s->from != now || s->to <= s->from || s->from < s->p->start ||
		    s->to > s->p->end || !is_above(f->root, s->p))
			return false;
		if (i && s[-1].p == s->p)
			return false;
		now = s->to;
		if (!is_alone(f, s))
			return false;
	}
	return now == last_end(f) && c->nroot <= c->n;
}

static void
test_any(void)
{
	unsigned i, bad = 0, longest = 0;

	for (i = 0; i < 2000; i++) {
		struct forest f = { 0 };
		struct critical c;

		lifetimes_any(&f, 1 + i % 60, i);
		critical_find(&c, &f, NULL);
		if (!holds(&f, &c) && !bad++)
			printf("# tree %u\n", i);
		if (c.n > longest)
			longest = (unsigned)c.n;
		critical_free(&c);
		forest_free(&f);
	}
	is_num(bad, 0, "what holds for any tree");
	printf("# up to %u segments\n", longest);
}

/* A chain of forks, each ended soon, and as many children of the last one, who
 * outlive the chain: the way from each up to the root is long. */
static void
test_deep(size_t n)
{
	struct lifetime *l = xreallocarray(NULL, 2 * n, sizeof *l);
	struct forest f = { 0 };
	struct critical c;
	size_t i;

	for (i = 0; i < 2 * n; i++)
		l[i] = (struct lifetime){ .pid = (unsigned)i + 1,
		    .ppid = (unsigned)(i < n ? i : n), .start = i,
		    .end = i < n ? 3 * n - i : 4 * n + i };
	l[0].end = 8 * n;
	lifetimes_plant(&f, l, 2 * n);
	critical_find(&c, &f, NULL);
	ok(c.n && c.segments[c.n - 1].to == 8 * n &&
	    c.segments[c.n - 2].p->id == 2 * n - 1, "a deep tree of orphans");
	critical_free(&c);
	forest_free(&f);
	free(l);
}

static void
test_empty(void)
{
	struct forest f = { 0 };
	struct critical c;

	forest_finish(&f);
	critical_find(&c, &f, NULL);
	ok(!c.n && !c.nroot, "no process");
	critical_free(&c);
	forest_free(&f);
}

int
main(void)
{
	run_cases();
	test_empty();
	test_any();
	test_deep(200000);
	return done();
}
