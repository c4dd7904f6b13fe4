#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "property.h"

/* Bits of arguments, how they are written in an event, and how they are shown
 * in a listing: a word with something special stands in quotes, one with bytes
 * that cannot be shown in dollar quotes. Those that have hurt others. */
enum quotes { NONE, SINGLE, DOLLAR };
static const struct {
	const char *bytes, *escaped;
	enum quotes quotes;
	const char *dollar;	/* in dollar quotes; NULL: as it is */
} bits[] = {
	{ "", "", NONE, NULL },
	{ "a", "a", NONE, NULL },
	{ "-j", "-j", NONE, NULL },
	{ " b c ", " b c ", SINGLE, NULL },
	{ "\n", "\\n", DOLLAR, "\\n" },
	{ "x\ty", "x\\ty", DOLLAR, "x\\ty" },
	{ "\\", "\\\\", SINGLE, "\\\\" },
	{ "\\x41", "\\\\x41", SINGLE, "\\\\x41" },
	{ "\x1b[31m", "\\x1b[31m", DOLLAR, "\\x1b[31m" },
	{ "\xff", "\\xff", DOLLAR, "\\xff" },
	{ "\xc3\xa9", "\xc3\xa9", NONE, NULL },
	{ "\nexit\tts=9\tpid=2\tppid=1\tpgid=1\tsid=1\n",
	    "\\nexit\\tts=9\\tpid=2\\tppid=1\\tpgid=1\\tsid=1\\n", DOLLAR,
	    "\\nexit\\tts=9\\tpid=2\\tppid=1\\tpgid=1\\tsid=1\\n" },
	{ "01234567", "01234567", NONE, NULL },
};
enum { NBITS = sizeof bits / sizeof *bits };

static const char *const unknown[] = { "weather", "news", "forks", "x.y" };

uint64_t
any(struct world *w, uint64_t n)
{
	uint64_t x = w->random += 0x9e3779b97f4a7c15;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return (x ^ x >> 31) % n;
}

bool
chance(struct world *w, unsigned percent)
{
	return any(w, 100) < percent;
}

/* Time goes on, or not: events of several CPUs have the same. */
static void
pass_time(struct world *w)
{
	if (!chance(w, w->plan.ties))
		w->now += 1 + any(w, w->plan.step);
}

/* What has to do with one process comes later in the order of time if it
 * happens later; init is everybody's parent and nobody's child. */
static void
come_after(struct world *w, int cpu, int process)
{
	const struct process *p;

	if (process <= INIT)
		return;
	p = &w->processes[process];
	if (w->now == p->last_ts && cpu < p->last_cpu)
		w->now++;
}

static void
remember(struct world *w, int process, uint64_t ts, int cpu)
{
	struct process *p;

	if (process <= INIT)
		return;
	p = &w->processes[process];
	p->last_ts = ts;
	p->last_cpu = cpu;
}

static struct happening *
happen(struct world *w, enum what what, int who, int parent)
{
	struct happening h = { .what = what, .who = who, .parent = parent };
	int cpu = (int)any(w, (uint64_t)w->plan.ncpus);

	pass_time(w);
	come_after(w, cpu, who);
	come_after(w, cpu, parent);
	h.ts = w->now;
	h.cpu = cpu;
	remember(w, who, h.ts, cpu);
	remember(w, parent, h.ts, cpu);
	w->happenings = grow(w->happenings, w->nhappenings, &w->happenings_cap,
	    sizeof h);
	w->happenings[w->nhappenings] = h;
	w->happenings[w->nhappenings].seq = ++w->seq[cpu];
	return &w->happenings[w->nhappenings++];
}

/* Writes the common keys of an event; raw: as the bare tracer. */
static void
write_keys(struct world *w, const struct happening *h, const char *kind, bool raw)
{
	const struct process *p;
	struct buf *b = &w->text;

	buf_printf(b, "%s\tts=%" PRIu64, kind, h->ts);
	if (h->who != NOBODY) {
		p = &w->processes[h->who];
		buf_printf(b, "\tpid=%d\tppid=%d\tpgid=%d\tsid=%d", p->pid,
		    w->processes[h->parent].pid, p->pgid, p->sid);
	}
	buf_printf(b, "\tcpu=%d", h->cpu);
	if (raw)
		buf_printf(b, "\tseq=%" PRIu64, h->seq);
}

/* Ends a line, or lines, that began at the place. */
static struct piece
end_piece(struct world *w, size_t at)
{
	buf_addc(&w->text, '\n');
	return (struct piece){ at, w->text.len - at };
}

/* an event that the tracer writes almost as it is */
static void
write_plain(struct world *w, struct happening *h, const char *kind,
    const char *more, const char *raw_more)
{
	size_t at = w->text.len;

	write_keys(w, h, kind, false);
	buf_adds(&w->text, more);
	h->line = end_piece(w, at);
	at = w->text.len;
	write_keys(w, h, kind, true);
	buf_adds(&w->text, raw_more);
	h->raw = end_piece(w, at);
}

/* a string in the words of the tracer: see share/bpftrace/proctrace.bt */
static void
write_words(struct buf *b, const struct buf *s, size_t offset, size_t count)
{
	uint64_t word;
	size_t i, k;

	for (i = 0; i < count; i++, offset += 8) {
		word = 0;
		for (k = 0; k < 8 && offset + 8 <= s->len; k++)
			word |= (uint64_t)(unsigned char)s->p[offset + k] << 8 * k;
		buf_printf(b, "%s%" PRIx64, i ? "," : "", word);
	}
}

static void
write_last_word(struct buf *b, const char *key, const struct buf *s)
{
	uint64_t word = 0;
	size_t k;

	for (k = 0; k < 8 && k < s->len; k++)
		word |= (uint64_t)(unsigned char)s->p[s->len - 1 - k]
		    << (56 - 8 * k);
	buf_printf(b, "\t%s=%" PRIx64, key, word);
}

static void
write_head_words(struct buf *b, const char *len, const char *words,
    const char *last, const struct buf *s)
{
	buf_printf(b, "\t%s=%zu\t%s=", len, s->len, words);
	write_words(b, s, 0, 8);
	write_last_word(b, last, s);
}

/* the lines with the rest of a string */
static void
write_rest(struct buf *b, const struct happening *h, const char *kind,
    const struct buf *s)
{
	size_t offset;

	for (offset = 64; offset < s->len; offset += 192) {
		buf_printf(b, "\n%s\tts=%" PRIu64 "\tcpu=%d\tseq=%" PRIu64
		    "\toff=%zu\tx=", kind, h->ts, h->cpu, h->seq, offset);
		write_words(b, s, offset, 24);
		if (offset + 192 >= s->len)
			write_last_word(b, "xe", s);
	}
}

/* an argument, three times */
static void
add_word(struct world *w, struct buf *bytes, struct buf *escaped,
    struct buf *shown)
{
	size_t i, n = chance(w, 10) ? 10 + any(w, 60) : any(w, 4), bit;
	size_t begin = bytes->len;
	struct buf dollar = { 0 };
	enum quotes quotes = NONE;

	for (i = 0; i < n; i++) {
		bit = any(w, NBITS);
		buf_adds(bytes, bits[bit].bytes);
		buf_adds(escaped, bits[bit].escaped);
		buf_adds(&dollar, bits[bit].dollar ? bits[bit].dollar :
		    bits[bit].bytes);
		if (bits[bit].quotes > quotes)
			quotes = bits[bit].quotes;
	}
	if (quotes == NONE && bytes->len == begin)
		quotes = SINGLE;
	buf_adds(shown, (const char *const []){ "", "'", "$'" }[quotes]);
	if (quotes == DOLLAR)
		buf_add(shown, dollar.p, dollar.len);
	else
		buf_add(shown, bytes->p + begin, bytes->len - begin);
	buf_adds(shown, quotes == NONE ? "" : "'");
	free(dollar.p);
}

static void
exec(struct world *w, int who)
{
	struct happening *h = happen(w, EXEC, who, w->processes[who].parent);
	struct buf bytes = { 0 }, escaped = { 0 }, shown = { 0 };
	struct buf file = { 0 }, *b = &w->text;
	size_t i, nargs = any(w, 4), at = b->len;

	buf_adds(&file, chance(w, 5) ? "/a/path/that/is/longer/than/sixty-four/"
	    "bytes/so/that/it/takes/another/line" : "/bin/x");
	for (i = 0; i < nargs; i++) {
		if (i) {
			buf_addc(&escaped, '\t');
			buf_addc(&shown, ' ');
		}
		add_word(w, &bytes, &escaped, &shown);
		buf_addc(&bytes, '\0');
	}
	write_keys(w, h, "exec", false);
	buf_printf(b, "\tuid=0\tfds=7\tfile=%.*s", (int)file.len, file.p);
	if (nargs) {
		buf_adds(b, "\targv=");
		buf_add(b, escaped.p, escaped.len);
	}
	h->line = end_piece(w, at);

	at = b->len;
	write_keys(w, h, "exec", true);
	buf_adds(b, "\tuid=0\tfds=7");
	write_head_words(b, "flen", "f", "fe", &file);
	write_head_words(b, "xlen", "x", "xe", &bytes);
	write_rest(b, h, "file", &file);
	write_rest(b, h, "args", &bytes);
	h->raw = end_piece(w, at);

	at = b->len;
	buf_add(b, shown.p, shown.len);
	w->processes[who].command = (struct piece){ at, b->len - at };
	free(bytes.p);
	free(escaped.p);
	free(shown.p);
	free(file.p);
}

static void
execfail(struct world *w, int who)
{
	struct happening *h = happen(w, EXECFAIL, who, w->processes[who].parent);

	write_plain(w, h, "execfail", "\terrno=ENOENT\tfile=/sbin/x",
	    "\terr=2\tflen=7\tf=0,0,0,0,0,0,0,0\tfe=782f6e6962732f00");
}

static bool
is_taken(const struct world *w, int pid)
{
	size_t i;

	for (i = 0; i < w->nprocesses; i++)
		if (w->processes[i].pid == pid &&
		    (w->processes[i].alive || w->processes[i].zombie))
			return true;
	return false;
}

/* the next PID that is free, as the kernel looks for it; 0: none */
static int
free_pid(struct world *w)
{
	int i;

	for (i = 0; i < w->plan.npids; i++) {
		w->last_pid = 2 + (w->last_pid - 1) % w->plan.npids;
		if (!is_taken(w, w->last_pid))
			return w->last_pid;
	}
	return 0;
}

static int
add_process(struct world *w, int pid, int parent)
{
	struct process p = {
		.pid = pid, .forker = parent, .parent = parent, .alive = true, .born = w->now,
		.pgid = pid, .sid = pid,
	};

	if (w->nprocesses) {
		p.pgid = w->processes[parent].pgid;
		p.sid = w->processes[parent].sid;
	}
	p.subreaper = chance(w, 5);
	w->processes = grow(w->processes, w->nprocesses, &w->processes_cap,
	    sizeof p);
	w->processes[w->nprocesses] = p;
	return (int)w->nprocesses++;
}

/* its index, or NOBODY */
static int
fork_process(struct world *w, int parent)
{
	struct happening *h;
	int pid = free_pid(w), who;
	size_t i;

	if (!pid)
		return NOBODY;
	w->now++;		/* its PID is not free and taken in one moment */
	who = add_process(w, pid, parent);
	for (i = 0; i + 1 < w->nprocesses; i++)
		if (w->processes[i].pid == pid)
			remember(w, who, w->processes[i].last_ts,
			    w->processes[i].last_cpu);
	h = happen(w, FORK, who, parent);
	w->processes[who].born = h->ts;
	write_plain(w, h, "fork", "", "");
	return who;
}

/* Whoever adopts the children of one that ends: find_new_reaper(). */
static int
reaper(const struct world *w, int process)
{
	do
		process = w->processes[process].parent;
	while (process != INIT && !(w->processes[process].alive &&
	    w->processes[process].subreaper));
	return process;
}

static void
end(struct world *w, int who)
{
	static const char *const ends[][2] = {
		{ "\tstatus=0", "\tcode=0" },
		{ "\tstatus=3\tmaxrss=40", "\tcode=768\trsspages=10" },
		{ "\tsignal=SIGKILL", "\tcode=9" },
		{ "\tsignal=SIGSEGV\tcore=1", "\tcode=139" },
	};
	const char *const *how = ends[any(w, 4)];
	size_t i;
	int heir;

	if (!chance(w, w->plan.missing_exits))
		write_plain(w, happen(w, EXIT, who, w->processes[who].parent),
		    "exit", how[0], how[1]);
	heir = reaper(w, who);
	w->processes[who].alive = false;
	w->processes[who].zombie = chance(w, 20);
	for (i = 0; i < w->nprocesses; i++)
		if (w->processes[i].parent == who && (int)i != who)
			w->processes[i].parent = heir;
}

/* double fork, setsid, and the one between ends */
static void
daemonize(struct world *w, int who)
{
	int between = fork_process(w, who);

	if (between == NOBODY)
		return;
	w->processes[between].pgid = w->processes[between].sid =
	    w->processes[between].pid;
	write_plain(w, happen(w, SETSID, between, w->processes[between].parent),
	    "setsid", "", "");
	fork_process(w, between);
	end(w, between);
}

static void
setsid(struct world *w, int who)
{
	w->processes[who].pgid = w->processes[who].sid = w->processes[who].pid;
	write_plain(w, happen(w, SETSID, who, w->processes[who].parent), "setsid",
	    "", "");
}

/* of oneself or by the parent: it can have ended already */
static void
setpgid(struct world *w, int who)
{
	w->processes[who].pgid = w->processes[who].pid;
	write_plain(w, happen(w, SETPGID, who, w->processes[who].parent),
	    "setpgid", "", "");
}

static void
other(struct world *w, int who)
{
	struct happening *h;

	if (chance(w, 50))
		who = NOBODY;
	h = happen(w, OTHER, who, who == NOBODY ? NOBODY :
	    w->processes[who].parent);
	write_plain(w, h, unknown[any(w, sizeof unknown / sizeof *unknown)],
	    "\tnew=a\\tb", "\tnew=a\\tb");
}

static void
tick(struct world *w)
{
	write_plain(w, happen(w, TICK, NOBODY, NOBODY), "tick", "", "");
}

/* one that lives, or a zombie; not init */
static int
somebody(struct world *w, bool zombie)
{
	size_t i, n = 0;
	int found = NOBODY;

	for (i = 1; i < w->nprocesses; i++)
		if ((zombie ? w->processes[i].zombie : w->processes[i].alive) &&
		    any(w, ++n) == 0)
			found = (int)i;
	return found;
}

static void
step(struct world *w)
{
	int who = somebody(w, false), zombie = somebody(w, true);
	uint64_t what = any(w, 100);

	if (who == NOBODY || what < 3)
		fork_process(w, INIT);
	else if (what < 30)
		fork_process(w, who);
	else if (what < 34)
		daemonize(w, who);
	else if (what < 54)
		exec(w, who);
	else if (what < 57)
		execfail(w, who);
	else if (what < 60)
		setsid(w, who);
	else if (what < 63)
		setpgid(w, who);
	else if (what < 66 && zombie != NOBODY)
		setpgid(w, zombie);
	else if (what < 70 && zombie != NOBODY)
		w->processes[zombie].zombie = false;
	else if (what < 90)
		end(w, who);
	else if (what < 94)
		other(w, who);
	else
		tick(w);
}

void
generate(struct world *w)
{
	int i, who;

	w->last_pid = 1;
	add_process(w, 1, INIT);
	for (i = 0; i < w->plan.nbefore && i < w->plan.npids; i++) {
		who = add_process(w, free_pid(w),
		    (int)any(w, w->nprocesses));
		w->processes[who].was_there = true;
	}
	w->now = 1;
	for (i = 0; i < w->plan.nsteps; i++)
		step(w);
}

void
forget(struct world *w)
{
	free(w->processes);
	free(w->happenings);
	free(w->text.p);
	*w = (struct world){ 0 };
}
