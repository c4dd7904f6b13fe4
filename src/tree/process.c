#include "tree/process.h"

#include <inttypes.h>
#include <string.h>

#include "base/slice.h"
#include "base/sysnames.h"
#include "base/text.h"

bool
process_failed(const struct process *p)
{
	return p->status > 0 || p->signal;
}

void
process_end_word(const struct process *p, struct buf *b)
{
	char name[SYSNAMES_MAX];

	if (p->signal)
		buf_adds(b, sysnames_signal(p->signal, name));
	else if (p->status > 0)
		buf_printf(b, "exit %d", p->status);
	else if (p->lost_end)
		buf_adds(b, "end unknown");
	else if (!p->has_exit)
		buf_adds(b, "running");
	else if (p->status < 0)
		buf_adds(b, "exited");
}

bool
process_timed_out(const struct process *p)
{
	return process_failed(p) && p->run->timeout &&
	    p->end >= p->run->timeout->ev.ts;
}

/* What the kernel sends by itself, by si_code. */
static const char *
kernel_sender(const struct event *ev)
{
	struct slice sig = { "", 0 }, code = { "", 0 };
	uint64_t n;

	event_get(ev, "sig", &sig);
	event_get(ev, "code", &code);
	if (event_get_number(ev, "oom", &n))
		return "the OOM killer";
	if (slice_is(code, "SI_TIMER") || slice_is(sig, "SIGALRM") ||
	    slice_is(sig, "SIGVTALRM") || slice_is(sig, "SIGPROF"))
		return "a timer";
	if (slice_is(code, "SI_KERNEL") &&
	    (slice_is(sig, "SIGINT") || slice_is(sig, "SIGQUIT")))
		return "the terminal";
	return "the kernel";
}

void
process_sender(const struct event *ev, struct buf *b)
{
	struct slice comm;
	uint64_t from;

	if (!event_get_number(ev, "from", &from)) {
		buf_adds(b, kernel_sender(ev));
	} else if (from == (uint64_t)ev->pid) {
		buf_adds(b, "itself");
	} else if (event_get(ev, "comm", &comm)) {
		text_visible_value(b, comm.p, comm.len);
		buf_printf(b, " (pid %" PRIu64 ")", from);
	} else {
		buf_printf(b, "pid %" PRIu64, from);
	}
}

/* What everybody knows who knows the signal, as that SIGSEGV is of the kernel and
 * SIGABRT of the process itself, is not worth a word. */
static bool
has_other_sender(const struct process *p)
{
	const struct event *ev = p->fatal ? &p->fatal->ev : NULL;
	struct slice code;
	uint64_t from, n;

	if (!ev)
		return false;
	if (event_get_number(ev, "from", &from))
		return from != (uint64_t)p->pid;
	return event_get_number(ev, "oom", &n) ||
	    (event_get(ev, "code", &code) && slice_is(code, "SI_KERNEL"));
}

void
process_ending(const struct process *p, struct buf *b)
{
	process_end_word(p, b);
	if (process_timed_out(p)) {
		buf_adds(b, ", time was up");
		return;
	}
	if (!has_other_sender(p))
		return;
	buf_adds(b, " by ");
	process_sender(&p->fatal->ev, b);
}

static const struct moment *
last_exec(const struct process *p, const struct moment *at)
{
	const struct moment *m, *exec = p->inherited;

	if (!at)
		return p->exec ? p->exec : p->inherited;
	if (at->ev.kind == EVENT_EXEC)
		return at;
	for (m = p->events; m && m != at; m = m->next)
		if (m->ev.kind == EVENT_EXEC)
			exec = m;
	return exec;
}

/* The event that tells what the process runs, or NULL. Of a root that has not
 * executed anything it is the trace line: it was to execute that. */
static const struct event *
exec_at(const struct process *p, const struct moment *at)
{
	const struct moment *exec = last_exec(p, at);
	const struct forest_run *run = p->run;

	return exec ? &exec->ev :
	    run->root == p && !p->exec && run->trace.line.len ? &run->trace : NULL;
}

/* Appends the arguments with blanks between them, up to max bytes and a few:
 * true if that is not all. */
static bool
add_args(struct slice args, size_t max, struct buf *b)
{
	size_t start = b->len;
	struct slice arg;
	bool first = true;

	for (; event_next_arg(&args, &arg); first = false) {
		if (b->len - start > max)
			return true;
		if (!first)
			buf_addc(b, ' ');
		/* an escape is 4 bytes at most */
		if (arg.len / 4 > max)
			arg.len = 4 * max;
		text_visible_value(b, arg.p, arg.len);
	}
	return b->len - start > max;
}

/* How much of the arguments is shown: of those that a process has inherited
 * no more than a line, as they are shown with the one that was executed with
 * them, and there may be thousands of such processes. */
static size_t
shown(const struct process *p, const struct event *exec)
{
	return p->inherited && exec == &p->inherited->ev ?
	    PROCESS_INHERITED_MAX : SIZE_MAX / 4;
}

/* Cuts what was appended, whole characters. */
static void
cut_at(struct buf *b, size_t start, size_t max)
{
	size_t end = start + max;

	while (end > start && ((unsigned char)b->p[end] & 0xc0) == 0x80)
		end--;
	b->len = end;
	buf_adds(b, "...");
}

void
process_command(const struct process *p, const struct moment *at, struct buf *b)
{
	const struct event *exec = exec_at(p, at);
	struct slice args, file;
	size_t start = b->len, max = shown(p, exec);
	uint64_t cut;

	if (exec && event_argv(exec, &args) && add_args(args, max, b)) {
		cut_at(b, start, max);
		return;
	}
	if (b->len == start && exec && event_get(exec, "file", &file))
		text_visible_value(b, file.p, file.len);
	if (b->len == start)
		buf_adds(b, "(unknown)");
	else if (event_get_number(exec, "argvlen", &cut))
		buf_adds(b, "...");
}

static bool
is_interpreter(struct slice program)
{
	static const char *const names[] = {
		"ash", "bash", "dash", "ksh", "node", "perl", "python",
		"python3", "ruby", "sh", "zsh", NULL,
	};

	return slice_is_one_of(program, names);
}

/* A script that has no name of its own: <(...) of a shell. */
static bool
is_descriptor(struct slice script)
{
	return slice_starts(script, "/dev/fd/") ||
	    slice_starts(script, "/proc/self/fd/");
}

/* Takes the program off args, and the interpreter of a script before it. */
static struct slice
take_program(struct slice *args)
{
	struct slice program = { "", 0 }, script, rest;

	if (!event_next_arg(args, &program))
		return program;
	rest = *args;
	if (is_interpreter(slice_basename(program)) &&
	    event_next_arg(&rest, &script) && script.len &&
	    *script.p != '-' && !is_descriptor(script)) {
		program = script;
		*args = rest;
	}
	return *program.p == '/' ? slice_basename(program) : program;
}

void
process_title(const struct process *p, const struct moment *at, struct buf *b)
{
	const struct event *exec = exec_at(p, at);
	struct slice args, arg, joined;
	size_t start = b->len, max = shown(p, exec);

	if (!exec || !event_argv(exec, &args) ||
	    event_get(exec, "joined", &joined)) {
		process_command(p, at, b);
		return;
	}
	arg = take_program(&args);
	if (!arg.len) {
		process_command(p, at, b);
		return;
	}
	text_visible_value(b, arg.p, arg.len);
	if (!args.p)
		return;
	buf_addc(b, ' ');
	if (add_args(args, max, b))
		cut_at(b, start, max);
}

void
process_program(const struct process *p, const struct moment *at, struct buf *b)
{
	const struct event *exec = exec_at(p, at);
	struct slice args, name = { "", 0 }, joined;
	const char *blank;

	if (exec && event_argv(exec, &args) &&
	    event_next_arg(&args, &name) &&
	    event_get(exec, "joined", &joined) &&
	    (blank = memchr(name.p, ' ', name.len)))
		name.len = (size_t)(blank - name.p);
	if (!name.len && !(exec && event_get(exec, "file", &name)))
		name.len = 0;
	if (name.len) {
		name = slice_basename(name);
		text_visible_value(b, name.p, name.len);
	} else {
		buf_adds(b, "(unknown)");
	}
}
