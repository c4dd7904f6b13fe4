#include "event/bare.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/sysnames.h"
#include "base/text.h"
#include "event/baredirs.h"
#include "event/barefile.h"
#include "event/bareopen.h"
#include "event/pieces.h"

enum { PAGE_KIB = 4, COMM_SIZE = 16 };

static const char not_hex[] = "a word of the tracer is not hexadecimal",
    not_number[] = "a number of the tracer is none";

struct bare_cpu {
	uint64_t seq;		/* of the last line seen */
	uint64_t ts;		/* of the same */
	struct buf head;	/* the exec or execfail whose pieces follow */
	uint64_t head_seq;
	struct pieces file, args;
	struct buf argv;	/* argv= of the head itself, with its TAB */
	struct barefile opened;	/* of an open, instead of head */
	struct baredirs dirs;
	struct pieces name;	/* the next of the last of them */
	unsigned signal;	/* that the head is about */
	bool unsent;		/* nobody sent it: who stands there is a bystander */
};

static bool
is_kind(const struct event *ev, const char *kind)
{
	size_t len = strlen(kind);

	return ev->kind_len == len && !memcmp(ev->line.p, kind, len);
}

static struct bare_cpu *
cpu_state(struct bare *f, int32_t cpu)
{
	size_t want = (size_t)cpu + 1;

	if (want > f->ncpus) {
		f->cpus = xreallocarray(f->cpus, want, sizeof *f->cpus);
		memset(f->cpus + f->ncpus, 0, (want - f->ncpus) * sizeof *f->cpus);
		f->ncpus = want;
	}
	return f->cpus + cpu;
}

static void
add_lost(struct bare *f, size_t cpu, uint64_t since, uint64_t ts, uint64_t count)
{
	struct buf *b = &f->ready;

	event_begin(b, event_kind_name(EVENT_LOST));
	event_add_number(b, "ts", ts);
	event_add_number(b, "cpu", cpu);
	event_add_number(b, "count", count);
	event_add_number(b, "since", since);
	buf_addc(b, '\n');
}

/* Writes the arguments, each of which ends in a NUL. */
static void
add_args(struct buf *b, const struct pieces *args)
{
	const char *p = args->bytes.p, *nul;
	size_t left = args->bytes.len, len;
	bool first = true;

	if (left && !p[left - 1])
		left--;
	else if (!left)
		return;
	event_add_argv(b);
	for (;; first = false) {
		nul = left ? memchr(p, '\0', left) : NULL;
		len = nul ? (size_t)(nul - p) : left;
		event_add_arg(b, first, p, len);
		if (!nul)
			break;
		p = nul + 1;
		left -= len + 1;
	}
}

static void
forget_pending(struct bare_cpu *cpu)
{
	cpu->head.len = cpu->argv.len = 0;
	cpu->opened.pending = BAREFILE_NONE;
	pieces_begin(&cpu->file, 0);
	pieces_begin(&cpu->args, 0);
	cpu->signal = 0;
	cpu->unsent = false;
}

/* The event whose pieces were being gathered is ready, whole or not. */
static void
end_pending(struct bare *f, struct bare_cpu *cpu)
{
	struct buf *b = &f->ready;

	if (cpu->opened.pending) {
		/* half a name is none */
		if (!pieces_whole(&cpu->file))
			cpu->file.bytes.len = 0;
		if (!pieces_whole(&cpu->args))
			cpu->args.bytes.len = 0;
		barefile_end(&cpu->opened, &cpu->file.bytes, &cpu->args.bytes,
		    &f->missed, b);
		forget_pending(cpu);
	}
	if (!cpu->head.len)
		return;
	buf_add(b, cpu->head.p, cpu->head.len);
	if (cpu->file.size)
		event_add(b, "file", cpu->file.bytes.p, cpu->file.bytes.len);
	if (!pieces_whole(&cpu->file))
		event_add_number(b, "filelen", cpu->file.size);
	if (!pieces_whole(&cpu->args))
		event_add_number(b, "argvlen", cpu->args.size);
	if (cpu->argv.len)
		buf_add(b, cpu->argv.p, cpu->argv.len);
	else
		add_args(b, &cpu->args);
	buf_addc(b, '\n');
	forget_pending(cpu);
}

/* More of the argv, or of the file name, of the event that is pending. */
static const char *
push_rest(struct bare *f, struct bare_cpu *cpu, struct pieces *to,
    const struct event *ev)
{
	struct slice words, last;
	uint64_t offset;

	if (!event_get_number(ev, "off", &offset) || !event_get(ev, "x", &words))
		return "a piece without off= or x=";
	if (!(cpu->head.len || cpu->opened.pending) || cpu->head_seq != ev->seq)
		return NULL;	/* its head is whole already, or was lost */
	if (!pieces_add(to, offset, words) ||
	    (event_get(ev, "xe", &last) && !pieces_add_end(to, last)))
		return not_hex;
	if (pieces_whole(&cpu->file) && pieces_whole(&cpu->args))
		end_pending(f, cpu);
	return NULL;
}

/* A directory that the execs of this CPU refer to from here on: no event. */
static const char *
push_dir(struct bare_cpu *cpu, const struct event *ev)
{
	uint64_t number, names, state;

	if (!event_get_number(ev, "dir", &number) ||
	    !event_get_number(ev, "of", &names) ||
	    !event_get_number(ev, "state", &state))
		return "a directory without dir=, of= or state=";
	baredirs_begin(&cpu->dirs, number, names, state);
	return NULL;
}

/* A name of the last directory, or the rest of one. */
static const char *
push_name(struct bare_cpu *cpu, const struct event *ev)
{
	uint64_t index, offset, size;
	struct slice words, last;

	if (!event_get_number(ev, "n", &index) ||
	    !event_get_number(ev, "off", &offset) ||
	    !event_get_number(ev, "xlen", &size) ||
	    !event_get(ev, "x", &words) || !event_get(ev, "xe", &last))
		return "a name without n=, off=, xlen=, x= or xe=";
	if (cpu->seq != ev->seq)
		return NULL;	/* of a directory that was lost */
	if (!offset)
		pieces_begin(&cpu->name, size);
	else if (pieces_whole(&cpu->name))
		return NULL;
	if (!pieces_add(&cpu->name, offset, words) ||
	    !pieces_add_end(&cpu->name, last))
		return not_hex;
	if (pieces_whole(&cpu->name))
		baredirs_name(&cpu->dirs, index, &cpu->name.bytes);
	return NULL;
}

/* A wait status as the kernel keeps it: wait(2), WIFEXITED and so on. */
static void
add_status(struct buf *b, uint64_t code)
{
	char name[SYSNAMES_MAX];

	if (!(code & 0x7f)) {
		event_add_number(b, "status", code >> 8 & 0xff);
		return;
	}
	sysnames_signal(code & 0x7f, name);
	event_add(b, "signal", name, strlen(name));
	if (code & 0x80)
		event_add_number(b, "core", 1);
}

/* The name of a process, which ends in a NUL. */
static bool
add_comm(struct buf *b, struct slice words)
{
	struct pieces comm = { .size = COMM_SIZE };
	bool good = pieces_add(&comm, 0, words);

	if (good) {
		buf_addc(&comm.bytes, '\0');
		event_add(b, "comm", comm.bytes.p, strlen(comm.bytes.p));
	}
	free(comm.bytes.p);
	return good;
}

/* what becomes of a field of the tracer */
enum field {
	FIELD_KEEP, FIELD_DROP,
	FIELD_ARGS_SIZE, FIELD_ARGS_WORDS, FIELD_ARGS_END,
	FIELD_FILE_SIZE, FIELD_FILE_WORDS, FIELD_FILE_END,
	FIELD_STATUS, FIELD_ERRNO, FIELD_PAGES, FIELD_NSPID, FIELD_TTY,
	FIELD_COMM, FIELD_SIGNAL, FIELD_CODE, FIELD_SENDER, FIELD_UID,
	FIELD_DIR, FIELD_OPEN,
	FIELD_THREADED,
};

static enum field
find_field(struct slice key)
{
	static const struct {
		const char *key;
		enum field field;
	} fields[] = {
		{ "seq", FIELD_DROP }, { "xlen", FIELD_ARGS_SIZE },
		{ "x", FIELD_ARGS_WORDS }, { "xe", FIELD_ARGS_END },
		{ "flen", FIELD_FILE_SIZE }, { "f", FIELD_FILE_WORDS },
		{ "fe", FIELD_FILE_END }, { "code", FIELD_STATUS },
		{ "err", FIELD_ERRNO }, { "rsspages", FIELD_PAGES },
		{ "nspid", FIELD_NSPID }, { "tty", FIELD_TTY },
		{ "c", FIELD_COMM }, { "signo", FIELD_SIGNAL },
		{ "sicode", FIELD_CODE }, { "from", FIELD_SENDER },
		{ "uid", FIELD_UID }, { "threaded", FIELD_THREADED },
		{ "dir", FIELD_DIR }, { "fd0", FIELD_OPEN },
		{ "fd1", FIELD_OPEN }, { "fd2", FIELD_OPEN },
	};
	size_t i;

	for (i = 0; i < sizeof fields / sizeof *fields; i++)
		if (slice_is(key, fields[i].key))
			return fields[i].field;
	return FIELD_KEEP;
}

static void
keep_field(struct buf *b, struct slice key, struct slice val)
{
	buf_addc(b, '\t');
	buf_add(b, key.p, (size_t)(val.p + val.len - key.p));
}

/* The fields that are numbers of the kernel. */
static const char *
add_number(struct buf *b, struct bare_cpu *cpu, enum field field,
    struct slice val)
{
	char name[SYSNAMES_MAX];
	uint64_t n;

	if (!text_number(val.p, val.len, INT32_MAX, &n))
		return not_number;
	switch (field) {
	case FIELD_ARGS_SIZE: cpu->args.size = n; break;
	case FIELD_FILE_SIZE: cpu->file.size = n; break;
	case FIELD_STATUS: add_status(b, n); break;
	case FIELD_DIR: baredirs_add(&cpu->dirs, n, b); break;
	case FIELD_SIGNAL:
		cpu->signal = (unsigned)n;
		sysnames_signal(cpu->signal, name);
		event_add(b, "sig", name, strlen(name));
		break;
	case FIELD_PAGES: event_add_number(b, "maxrss", n * PAGE_KIB); break;
	default:
		sysnames_errno((unsigned)n, name);
		event_add(b, "errno", name, strlen(name));
		break;
	}
	return NULL;
}

/* The si_code of the signal that the head is about. */
static const char *
add_code(struct buf *b, const struct bare_cpu *cpu, struct slice val)
{
	bool negative = slice_take(&val, "-");
	char name[SYSNAMES_MAX];
	uint64_t n;

	if (!text_number(val.p, val.len, INT32_MAX, &n))
		return not_number;
	sysnames_signal_code(cpu->signal, negative ? -(int)n : (int)n, name);
	event_add(b, "code", name, strlen(name));
	return NULL;
}

/* Translates one field of the event's line; what it does not know is kept. */
static const char *
add_field(struct bare_cpu *cpu, const struct event *ev, struct slice key,
    struct slice val)
{
	struct buf *b = &cpu->head;
	enum field field = find_field(key);
	uint64_t n;

	/* other kinds may mean something else by these words */
	if ((field == FIELD_DIR || field == FIELD_OPEN) && ev->kind != EVENT_EXEC)
		field = FIELD_KEEP;
	switch (field) {
	case FIELD_KEEP: keep_field(b, key, val); return NULL;
	case FIELD_DROP: return NULL;
	case FIELD_ARGS_WORDS:
		return pieces_add(&cpu->args, 0, val) ? NULL : not_hex;
	case FIELD_FILE_WORDS:
		return pieces_add(&cpu->file, 0, val) ? NULL : not_hex;
	case FIELD_ARGS_END: return pieces_add_end(&cpu->args, val) ? NULL : not_hex;
	case FIELD_FILE_END: return pieces_add_end(&cpu->file, val) ? NULL : not_hex;
	case FIELD_COMM:
		return cpu->unsent || add_comm(b, val) ? NULL : not_hex;
	case FIELD_CODE: return add_code(b, cpu, val);
	case FIELD_OPEN: return bareopen_add(b, key, val) ? NULL : not_hex;
	case FIELD_SENDER:	/* told when there is one */
		cpu->unsent = slice_is(val, "0");
		/* FALLTHROUGH */
	case FIELD_UID:
		if (!cpu->unsent)
			keep_field(b, key, val);
		return NULL;
	case FIELD_NSPID:	/* told when it differs */
		if (!text_number(val.p, val.len, EVENT_PID_MAX, &n) ||
		    (int32_t)n != ev->pid)
			keep_field(b, key, val);
		return NULL;
	case FIELD_THREADED:	/* told when it was */
		if (!slice_is(val, "0"))
			keep_field(b, key, val);
		return NULL;
	case FIELD_TTY:		/* told when there is one */
		if (!slice_is(val, "0:0"))
			keep_field(b, key, val);
		return NULL;
	default: return add_number(b, cpu, field, val);
	}
}

static const char *
push_head(struct bare *f, struct bare_cpu *cpu, const struct event *ev)
{
	const char *iter = event_fields(ev), *why = NULL;
	struct slice key, val;

	buf_add(&cpu->head, ev->line.p, ev->kind_len);
	while (!why && event_next_field(ev, &iter, &key, &val))
		why = add_field(cpu, ev, key, val);
	if (why) {
		forget_pending(cpu);
		return why;
	}
	if (event_argv(ev, &val))
		buf_add(&cpu->argv, iter - 1, (size_t)(val.p + val.len - iter + 1));
	cpu->head_seq = ev->seq;
	if (pieces_whole(&cpu->file) && pieces_whole(&cpu->args))
		end_pending(f, cpu);
	return NULL;
}

/* The first part of a string: how long it is, its words, and the last one. */
static const char *
push_string(struct pieces *to, const struct event *ev, const char *const keys[3])
{
	struct slice words, last;
	uint64_t size;

	if (!event_get_number(ev, keys[0], &size) ||
	    !event_get(ev, keys[1], &words) || !event_get(ev, keys[2], &last))
		return "a file without flen=, f= or fe=, or xlen=, x= or xe=";
	pieces_begin(to, size);
	return pieces_add(to, 0, words) && pieces_add_end(to, last) ? NULL :
	    not_hex;
}

/* Something about files, whose names may go on in other lines. */
static const char *
push_file(struct bare *f, struct bare_cpu *cpu, const struct event *ev)
{
	static const char *const file[] = { "flen", "f", "fe" },
	    *const old[] = { "xlen", "x", "xe" };
	const char *why;

	if (is_kind(ev, "named")) {
		why = barefile_begin_named(&cpu->opened, ev, &cpu->dirs);
		if (!why)
			why = push_string(&cpu->args, ev, old);
	} else {
		why = barefile_begin(&cpu->opened, ev, &cpu->dirs);
	}
	if (!why)
		why = push_string(&cpu->file, ev, file);
	cpu->head_seq = ev->seq;
	if (why)
		forget_pending(cpu);
	else if (pieces_whole(&cpu->file) && pieces_whole(&cpu->args))
		end_pending(f, cpu);
	return why;
}

/* whether a line goes on with what another of the same number has begun */
static bool
is_piece(const struct event *ev)
{
	return is_kind(ev, "args") || is_kind(ev, "file") || is_kind(ev, "name");
}

static const char *
push_piece(struct bare *f, struct bare_cpu *cpu, const struct event *ev)
{
	if (is_kind(ev, "name"))
		return push_name(cpu, ev);
	return push_rest(f, cpu, is_kind(ev, "args") ? &cpu->args : &cpu->file, ev);
}

/* With the end of a process it is known whether it failed. */
static void
tell_missed(struct bare *f, const struct event *ev)
{
	uint64_t code = 0;

	if (ev->kind == EVENT_FORK)
		baremissed_begin(&f->missed, ev->pid);
	else if (ev->kind == EVENT_EXIT && ev->has & HAS_PID)
		baremissed_end(&f->missed, ev->pid,
		    event_get_number(ev, "code", &code) && code, ev->ts, ev->cpu,
		    &f->ready);
}

const char *
bare_push(struct bare *f, const struct event *ev)
{
	bool piece = is_piece(ev);
	struct bare_cpu *cpu;
	uint64_t missing;

	if (!(ev->has & HAS_CPU) || !(ev->has & HAS_TS))
		return "seq= without cpu= and ts=";
	cpu = cpu_state(f, ev->cpu);
	if (piece && ev->seq <= cpu->seq)
		return push_piece(f, cpu, ev);
	end_pending(f, cpu);
	if (ev->seq <= cpu->seq) {
		cpu->seq = ev->seq;	/* so that it costs this line only */
		return "seq= does not grow: two recordings in one?";
	}
	/* a piece that comes first says that its head is lost */
	missing = ev->seq - cpu->seq - !piece;
	if (missing) {
		add_lost(f, (size_t)ev->cpu, cpu->ts, ev->ts, missing);
		baredirs_forget(&cpu->dirs);
	}
	cpu->seq = ev->seq;
	cpu->ts = ev->ts;
	if (is_kind(ev, "dir"))
		return push_dir(cpu, ev);
	if (is_kind(ev, "opened") || is_kind(ev, "named"))
		return push_file(f, cpu, ev);
	tell_missed(f, ev);
	return piece ? NULL : push_head(f, cpu, ev);
}

bool
bare_bpftrace(const char *line, size_t len)
{
	static const char lost[] = "Lost ", events[] = " events";
	const size_t head = sizeof lost - 1, tail = sizeof events - 1;
	uint64_t n;

	return !len || (len > head + tail && !memcmp(line, lost, head) &&
	    !memcmp(line + len - tail, events, tail) &&
	    text_number(line + head, len - head - tail, UINT64_MAX, &n));
}

bool
bare_is_mark(const struct event *ev)
{
	return is_kind(ev, "mark");
}

void
bare_finish(struct bare *f)
{
	size_t i;

	for (i = 0; i < f->ncpus; i++)
		end_pending(f, &f->cpus[i]);
}

bool
bare_take(struct bare *f, struct event *ev)
{
	const char *line, *nl;

	if (f->taken == f->ready.len) {
		f->taken = f->ready.len = 0;
		return false;
	}
	line = f->ready.p + f->taken;
	nl = memchr(line, '\n', f->ready.len - f->taken);
	f->taken += (size_t)(nl - line) + 1;
	event_parse(ev, line, (size_t)(nl - line));
	return true;
}

void
bare_free(struct bare *f)
{
	size_t i;

	for (i = 0; i < f->ncpus; i++) {
		free(f->cpus[i].head.p);
		free(f->cpus[i].file.bytes.p);
		free(f->cpus[i].args.bytes.p);
		free(f->cpus[i].argv.p);
		free(f->cpus[i].name.bytes.p);
		barefile_free(&f->cpus[i].opened);
		baredirs_free(&f->cpus[i].dirs);
	}
	free(f->cpus);
	baremissed_free(&f->missed);
	free(f->ready.p);
	*f = (struct bare){ 0 };
}
