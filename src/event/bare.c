#include "event/bare.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "event/baredirs.h"
#include "event/bareevent.h"
#include "event/barefile.h"
#include "event/pieces.h"

struct bare_cpu {
	uint64_t seq;		/* of the last line seen */
	uint64_t ts;		/* of the same */
	struct bareevent event;	/* whose pieces follow */
	struct barefile opened;	/* instead of it */
	uint64_t head_seq;	/* of the line that has begun either */
	struct pieces file, args;
	struct baredirs dirs;
	struct pieces name;	/* the next of the last of them */
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

static void
forget_pending(struct bare_cpu *cpu)
{
	bareevent_forget(&cpu->event);
	cpu->opened.pending = BAREFILE_NONE;
	pieces_begin(&cpu->file, 0);
	pieces_begin(&cpu->args, 0);
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
	if (bareevent_is_pending(&cpu->event)) {
		bareevent_end(&cpu->event, &cpu->file, &cpu->args, b);
		forget_pending(cpu);
	}
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
	if (!(bareevent_is_pending(&cpu->event) || cpu->opened.pending) ||
	    cpu->head_seq != ev->seq)
		return NULL;	/* its head is whole already, or was lost */
	if (!pieces_add(to, offset, words) ||
	    (event_get(ev, "xe", &last) && !pieces_add_end(to, last)))
		return bareevent_not_hex;
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
		return bareevent_not_hex;
	if (pieces_whole(&cpu->name))
		baredirs_name(&cpu->dirs, index, &cpu->name.bytes);
	return NULL;
}

static const char *
push_head(struct bare *f, struct bare_cpu *cpu, const struct event *ev)
{
	const char *why = bareevent_begin(&cpu->event, ev, &cpu->dirs, &cpu->file,
	    &cpu->args);

	if (why) {
		forget_pending(cpu);
		return why;
	}
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
	    bareevent_not_hex;
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

static bool
is_lost_events(const char *line, size_t len)
{
	static const char lost[] = "Lost ", events[] = " events";
	const size_t head = sizeof lost - 1, tail = sizeof events - 1;
	uint64_t n;

	return len > head + tail && !memcmp(line, lost, head) &&
	    !memcmp(line + len - tail, events, tail) &&
	    text_number(line + head, len - head - tail, UINT64_MAX, &n);
}

/* "stdin:174:4-19: WARNING: Map full; ...", and three lines that explain it: its
 * helper, the assignment to a map, and a line below that: 0.23 */
static bool
is_map_full(const char *line, size_t len)
{
	static const char warning[] = " WARNING: Map full; ",
	    helper[] = "Additional Info - helper: map_update_elem, ";
	const char *blank = memchr(line, ' ', len);
	size_t i, rest = blank ? len - (size_t)(blank - line) : 0;

	for (i = 0; i < len && line[i] == ' '; i++)
		;
	return (i > 0 && i < len && (line[i] == '@' || line[i] == '~')) ||
	    (rest >= sizeof warning && !memcmp(blank, warning, sizeof warning - 1)) ||
	    (len >= sizeof helper && !memcmp(line, helper, sizeof helper - 1));
}

bool
bare_bpftrace(const char *line, size_t len)
{
	return !len || is_lost_events(line, len) || is_map_full(line, len);
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
		bareevent_free(&f->cpus[i].event);
		free(f->cpus[i].file.bytes.p);
		free(f->cpus[i].args.bytes.p);
		free(f->cpus[i].name.bytes.p);
		barefile_free(&f->cpus[i].opened);
		baredirs_free(&f->cpus[i].dirs);
	}
	free(f->cpus);
	baremissed_free(&f->missed);
	free(f->ready.p);
	*f = (struct bare){ 0 };
}
