#include "tree/process.h"

#include <inttypes.h>
#include <string.h>

#include "base/shquote.h"
#include "base/slice.h"
#include "base/sysnames.h"
#include "base/text.h"
#include "tree/interpreter.h"

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

/* As much of a value as is shown of it at most: an escape is 4 bytes. */
static struct slice
beginning(struct slice val, size_t max)
{
	if (val.len / 4 > max)
		val.len = 4 * max;
	return val;
}

/* Appends the arguments with blanks between them, up to max bytes and a few:
 * true if that is not all. */
static bool
add_words(struct slice args, size_t max, struct buf *b)
{
	size_t start = b->len;
	struct slice arg;

	while (event_next_arg(&args, &arg)) {
		if (b->len - start > max)
			return true;
		if (b->len > start)
			buf_addc(b, ' ');
		arg = beginning(arg, max);
		shquote_shown(b, arg.p, arg.len);
	}
	return b->len - start > max;
}

/* The same of a program and its arguments; of an exec whose arguments are one
 * string, in which nobody knows where each ends, that string. */
static bool
add_command(const struct event *exec, struct slice program, struct slice args,
    size_t max, struct buf *b)
{
	size_t start = b->len;
	struct slice joined;

	program = beginning(program, max);
	if (event_get(exec, "joined", &joined)) {
		text_visible_value(b, program.p, program.len);
	} else {
		shquote_shown_first(b, program.p, program.len);
		if (args.p)
			buf_addc(b, ' ');
		if (add_words(args, max, b))
			return true;
	}
	return b->len - start > max;
}

void
process_words(struct slice args, struct buf *b)
{
	add_words(args, SIZE_MAX / 4, b);
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

/* Appends the command of an exec, its program called so, and cut if it is
 * long or was not recorded in full. */
static void
add_cut_command(const struct process *p, const struct event *exec,
    struct slice program, struct slice args, struct buf *b)
{
	size_t start = b->len, max = shown(p, exec);
	uint64_t cut;

	if (add_command(exec, program, args, max, b))
		cut_at(b, start, max);
	else if (event_get_number(exec, "argvlen", &cut))
		buf_adds(b, "...");
}

/* The program of an exec and, in *args, what follows it; the file if there are no
 * arguments, or only an empty one. False: neither is known. */
static bool
find_words(const struct event *exec, struct slice *program, struct slice *args)
{
	if (event_argv(exec, args) && args->len)
		return event_next_arg(args, program);
	args->p = NULL;
	return event_get(exec, "file", program) && program->len;
}

void
process_command(const struct process *p, const struct moment *at, struct buf *b)
{
	const struct event *exec = exec_at(p, at);
	struct slice args, program;

	if (exec && find_words(exec, &program, &args))
		add_cut_command(p, exec, program, args, b);
	else
		buf_adds(b, "(unknown)");
}

/* Takes the program off args; a script is one, and its interpreter is not. */
static struct slice
take_program(struct slice *args, unsigned kinds)
{
	struct slice program = { "", 0 };

	if (event_next_arg(args, &program))
		interpreter_take_script(program, kinds, args, &program);
	return program;
}

void
process_title(const struct process *p, const struct moment *at, struct buf *b)
{
	const struct event *exec = exec_at(p, at);
	struct slice args, program = { "", 0 }, joined;

	if (exec && event_argv(exec, &args) && !event_get(exec, "joined", &joined))
		program = take_program(&args, INTERPRETER_SHELL | INTERPRETER_LANGUAGE);
	if (program.len && *program.p == '/')
		program = slice_basename(program);
	if (program.len)
		add_cut_command(p, exec, program, args, b);
	else
		process_command(p, at, b);
}

/* Appends the name of what has these arguments. */
static void
add_program(const struct event *exec, unsigned kinds, struct buf *b)
{
	struct slice args, name = { "", 0 }, joined;
	const char *blank;

	if (exec && event_argv(exec, &args)) {
		if (!event_get(exec, "joined", &joined))
			name = take_program(&args, kinds);
		else if (event_next_arg(&args, &name) &&
		    (blank = memchr(name.p, ' ', name.len)))
			name.len = (size_t)(blank - name.p);
	}
	if (!name.len && !(exec && event_get(exec, "file", &name)))
		name.len = 0;
	if (name.len) {
		name = slice_basename(name);
		text_visible_value(b, name.p, name.len);
	} else {
		buf_adds(b, "(unknown)");
	}
}

void
process_program(const struct process *p, const struct moment *at, struct buf *b)
{
	add_program(exec_at(p, at), INTERPRETER_LANGUAGE, b);
}

void
process_executable(const struct process *p, const struct moment *at, struct buf *b)
{
	add_program(exec_at(p, at), 0, b);
}

size_t
process_program_words(const struct event *exec)
{
	struct slice args, rest, word;
	size_t n = 0;

	if (!event_argv(exec, &args) || event_get(exec, "joined", &word))
		return 1;
	rest = args;
	take_program(&rest, INTERPRETER_LANGUAGE);
	while (args.p != rest.p && event_next_arg(&args, &word))
		n++;
	return n;
}
