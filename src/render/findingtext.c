#include "render/findingtext.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/text.h"
#include "render/label.h"
#include "render/waittext.h"
#include "tree/process.h"

enum { COMMAND_CHARS = 44 };

static const char ellipsis[] = "\xe2\x80\xa6";

/* text_cut(), with an ellipsis that any terminal can show */
static void
add_cut(struct buf *b, const char *p, size_t n, size_t max)
{
	struct buf cut = { 0 };
	const char *q, *end;
	const size_t width = sizeof ellipsis - 1;
	bool whole = text_length(p, n) <= max;

	if (whole)
		buf_add(&cut, p, n);
	else
		text_cut(&cut, p, n, max - 2);
	end = cut.p + cut.len;
	for (q = cut.p; q < end; q++)
		if (!whole && (size_t)(end - q) >= width &&
		    !memcmp(q, ellipsis, width)) {
			buf_adds(b, "...");
			q += width - 1;
		} else if (*q == '`') {
			buf_adds(b, "\\x60");	/* it would end the command */
		} else {
			buf_addc(b, *q);
		}
	free(cut.p);
}

void
findingtext_command(struct buf *b, const struct process *p,
    const struct moment *at, size_t max)
{
	struct buf title = { 0 };

	label_title(&title, p, at);
	buf_addc(b, '`');
	add_cut(b, title.p, title.len, max);
	buf_addc(b, '`');
	free(title.p);
}

static void
add_command(struct buf *b, const struct process *p)
{
	findingtext_command(b, p, NULL, COMMAND_CHARS);
}

void
findingtext_ending(struct buf *b, const struct process *p)
{
	buf_adds(b, p->signal ? "was killed by " : "ended with ");
	if (!process_failed(p) && p->has_exit)
		buf_adds(b, "exit 0");
	else
		process_ending(p, b);
}

void
findingtext_execfail(struct buf *b, const struct failure *x)
{
	struct slice val;

	if (!x->execfail || !event_get(&x->execfail->ev, "file", &val))
		return;
	val = slice_basename(val);
	buf_adds(b, ", which could not execute ");
	text_visible_value(b, val.p, val.len);
	if (!event_get(&x->execfail->ev, "errno", &val))
		return;
	buf_adds(b, " (");
	text_visible_value(b, val.p, val.len);
	buf_addc(b, ')');
}

/* ", which did not find gen.h: `./gen` (pid 9) made it 20 ms later" */
void
findingtext_toolate(struct buf *b, const struct toolate *t,
    const struct process *last)
{
	struct slice path;

	if (!t->p)
		return;
	if (t->p == last) {
		buf_adds(b, ", which");
	} else {
		buf_adds(b, "; ");
		add_command(b, t->p);
		buf_printf(b, " (pid %" PRId32 ")", t->p->pid);
	}
	path = t->made->path;
	buf_adds(b, " did not find ");
	text_visible_value(b, path.p, path.len);
	buf_adds(b, ": ");
	add_command(b, t->made->p);
	buf_printf(b, " (pid %" PRId32 ") made it ", t->made->p->pid);
	text_duration(b, t->made->at->ev.ts - t->missed);
	buf_adds(b, " later");
}

/* "1 other failed", "3 others failed" */
static void
add_count(struct buf *b, size_t n, const char *one, const char *many)
{
	buf_addu(b, n);
	buf_addc(b, ' ');
	buf_adds(b, n == 1 ? one : many);
}

static void
add_hung_process(struct buf *b, const struct process *p)
{
	add_command(b, p);
	buf_printf(b, " (pid %" PRId32 ")", p->pid);
}

/* "`cat` (pid 85) waits for the pipe held by `sleep 9` (pid 86), which sleeps" */
static void
add_hung_at(struct buf *b, const struct hang *h)
{
	const struct waitgraph_wait *w;
	const struct moment *outside;
	size_t n;

	if (!h->holder && (outside = waitgraph_outsider(&h->look, h->wait, NULL))) {
		buf_adds(b, " waits for the pipe held, outside its tree, by ");
		waittext_add_outsider(b, &outside->ev);
		return;
	}
	if (!h->holder) {
		buf_adds(b, " waits for a pipe that nobody else of its tree has");
		return;
	}
	buf_adds(b, h->wait->what == WAITGRAPH_WRITE ?
	    " waits until its full pipe is read by " :
	    " waits for the pipe held by ");
	if (h->holder == h->waiter) {
		buf_adds(b, "itself");
		return;
	}
	add_hung_process(b, h->holder);
	w = waitgraph_waits(&h->look, h->holder, &n);
	if (n == 1 && !waitgraph_pipe(&h->look, w)) {
		buf_adds(b, ", which ");
		waittext_add(b, &h->look, w);
	}
}

static void
add_hung(struct buf *b, const struct answers *a, const struct finding *x)
{
	const struct hang *h = &a->hang;

	buf_adds(b, "Time was up after ");
	text_duration(b, x->ns);
	buf_adds(b, ": ");
	add_hung_process(b, h->waiter);
	if (h->circle) {
		buf_adds(b, " and ");
		add_hung_process(b, h->holder);
		buf_adds(b, " wait for each other");
	} else if (h->wait && waitgraph_pipe(&h->look, h->wait)) {
		add_hung_at(b, h);
	} else {
		buf_adds(b, h->wait ? " " : " still ran");
		if (h->wait)
			waittext_add(b, &h->look, h->wait);
		if (x->n > 1)
			buf_printf(b, "; %zu more still ran", x->n - 1);
	}
}

static void
add_failed(struct buf *b, const struct answers *a, const struct finding *x)
{
	const struct failure *fail = &a->failure;
	size_t others = fail->nfailed - fail->ntolerated - fail->nchain;

	buf_adds(b, x->n ? "Failed because " : "Failed: ");
	add_command(b, x->about[0]);
	buf_addc(b, ' ');
	findingtext_ending(b, x->about[0]);
	findingtext_execfail(b, fail);
	findingtext_toolate(b, &a->toolate, x->about[0]);
	if (x->n) {
		buf_adds(b, " (");
		add_count(b, x->n, "process down)", "processes down)");
	}
	if (others) {
		buf_adds(b, "; ");
		add_count(b, others, "other failed", "others failed");
	}
	if (fail->ntolerated) {
		buf_adds(b, "; ");
		add_count(b, fail->ntolerated, "failure was tolerated",
		    "failures were tolerated");
	}
}

static void
add_crashed(struct buf *b, const struct answers *a, const struct finding *x)
{
	size_t i;

	buf_adds(b, "Killed by a signal: ");
	for (i = 0; i < x->nabout; i++) {
		if (i)
			buf_adds(b, ", ");
		add_command(b, x->about[i]);
		buf_adds(b, " (");
		process_ending(x->about[i], b);
		buf_adds(b, a->failure.tolerated[x->about[i]->id] ?
		    ", tolerated)" : ")");
	}
	if (x->n > x->nabout)
		buf_printf(b, ", %zu more", x->n - x->nabout);
}

/* ", with the pipe of the command's standard output, whose reader waits for it":
 * that is known of when it was executed. */
static void
add_pipe(struct buf *b, const struct process *p, const struct process *command)
{
	static const char *const keys[] = { "fd1", "fd2" };
	static const char *const names[] = { "output", "error" };
	struct slice own, theirs;
	size_t i;

	for (i = 0; p->exec && command->exec && i < 2; i++) {
		if (!event_get(&p->exec->ev, keys[i], &own) ||
		    !event_get(&command->exec->ev, keys[i], &theirs) ||
		    !slice_equal(own, theirs) || !slice_starts(own, "pipe:"))
			continue;
		buf_printf(b, ", with the pipe of the command's standard %s, "
		    "whose reader waits for it", names[i]);
		return;
	}
}

static void
add_outlived(struct buf *b, const struct answers *a, const struct finding *x)
{
	const struct process *p = x->about[0];

	add_command(b, p);
	if (p->has_exit) {
		buf_adds(b, " outlived the command by ");
		text_duration(b, x->ns);
	} else {
		buf_adds(b, " still ran ");
		text_duration(b, x->ns);
		buf_adds(b, " after the command had ended");
	}
	if (p->parent) {
		buf_adds(b, "; started by ");
		findingtext_command(b, p->parent, p->inherited, COMMAND_CHARS);
	}
	add_pipe(b, p, a->f->root);
	if (x->n > 1)
		buf_printf(b, "; so did %zu more", x->n - 1);
}

/* The program of a process, and its arguments in *args */
static struct slice
program_of(const struct process *p, struct slice *args)
{
	struct slice program = { "", 0 };

	if (p->exec && event_argv(&p->exec->ev, args) &&
	    event_next_arg(args, &program))
		program = slice_basename(program);
	return program;
}

/* It was asked to run several at a time, or is run by one of its kind, which may
 * have been. */
static bool
is_parallel(const struct process *p, const char *program, const char *option)
{
	struct slice args = { 0 }, arg;

	program_of(p, &args);
	while (args.p && event_next_arg(&args, &arg))
		if (slice_starts(arg, option))
			return true;
	while ((p = p->parent))
		if (slice_is(program_of(p, &args), program))
			return true;
	return false;
}

/* What makes this program run several at a time: " (make -j N runs several)" */
static void
add_hint(struct buf *b, const struct process *p)
{
	static const struct {
		const char *program, *option, *hint;
	} hints[] = {
		{ "make", "-j", "make -j N" },
		{ "gmake", "-j", "gmake -j N" },
		{ "ctest", "-j", "ctest -j N" },
		{ "prove", "-j", "prove -j N" },
		{ "xargs", "-P", "xargs -P N" },
		{ "pytest", "-n", "pytest -n N, with pytest-xdist," },
	};
	struct slice args, program = program_of(p, &args);
	size_t i;

	for (i = 0; i < sizeof hints / sizeof *hints; i++)
		if (slice_is(program, hints[i].program) &&
		    !is_parallel(p, hints[i].program, hints[i].option))
			buf_printf(b, " (%s runs several)", hints[i].hint);
}

static void
add_serial(struct buf *b, const struct answers *a, const struct finding *x)
{
	buf_adds(b, "One at a time: ");
	add_command(b, x->about[0]);
	buf_printf(b, " ran %zu children, ", x->n);
	text_duration(b, x->ns);
	buf_adds(b, " of ");
	text_duration(b, a->summary.wall);
	add_hint(b, x->about[0]);
}

static void
add_share(struct buf *b, const struct answers *a, uint64_t ns)
{
	buf_printf(b, "%.0f %% of the critical path", 100 * (double)ns /
	    (double)a->shares.total);
}

static void
add_program(struct buf *b, const struct answers *a, const struct finding *x)
{
	process_program(x->about[0], NULL, b);
	buf_adds(b, ": ");
	add_share(b, a, x->ns);
	buf_adds(b, ", in ");
	if (x->n < x->runs)
		buf_printf(b, "%zu of its %zu runs", x->n, x->runs);
	else
		add_count(b, x->n, "run", "runs");
}

static void
add_waiting(struct buf *b, const struct finding *x)
{
	size_t i, told = 0;

	buf_adds(b, "Waiting, without CPU: ");
	for (i = 0; i < x->nabout; i++) {
		if (i)
			buf_adds(b, ", ");
		if (x->same[i].n > 1)
			buf_printf(b, "%zu x ", x->same[i].n);
		add_command(b, x->about[i]);
		buf_addc(b, ' ');
		text_duration(b, x->same[i].idle);
		if (x->same[i].on_path < x->same[i].idle / 2)
			buf_adds(b, " beside the critical path");
		told += x->same[i].n;
	}
	if (x->n > told) {
		buf_printf(b, ", %zu more; ", x->n - told);
		text_duration(b, x->ns);
		buf_adds(b, " in all");
	}
}

static void
add_repeats(struct buf *b, const struct answers *a, const struct finding *x)
{
	buf_adds(b, "Repeated: ");
	add_command(b, x->about[0]);
	buf_printf(b, " ran %zu times, ", x->n);
	add_share(b, a, x->ns);
}

static void
add_elsewhere(struct buf *b, const struct answers *a, const struct finding *x)
{
	buf_adds(b, "Work elsewhere: ");
	add_command(b, x->about[0]);
	if (x->n > 1)
		buf_printf(b, " and %zu more", x->n - 1);
	buf_adds(b, " waited ");
	text_duration(b, x->ns);
	buf_printf(b, " for %s", a->elsewhere.rows->service);
}

static void
add_busy(struct buf *b, const struct answers *a, const struct finding *x)
{
	buf_adds(b, "Busy CPUs: the critical path waited ");
	text_duration(b, x->ns);
	buf_adds(b, " of ");
	text_duration(b, a->summary.wall);
	buf_adds(b, " for one");
}

void
findingtext_add(struct buf *b, const struct answers *a, const struct finding *x)
{
	switch (x->kind) {
	case FINDING_HUNG: add_hung(b, a, x); break;
	case FINDING_FAILED: add_failed(b, a, x); break;
	case FINDING_CRASHED: add_crashed(b, a, x); break;
	case FINDING_OUTLIVED: add_outlived(b, a, x); break;
	case FINDING_SERIAL: add_serial(b, a, x); break;
	case FINDING_PROGRAM: add_program(b, a, x); break;
	case FINDING_WAITING: add_waiting(b, x); break;
	case FINDING_REPEATS: add_repeats(b, a, x); break;
	case FINDING_BUSY: add_busy(b, a, x); break;
	case FINDING_ELSEWHERE: add_elsewhere(b, a, x); break;
	}
	buf_addc(b, '.');
}
