#include "event/bareevent.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/sysnames.h"
#include "base/text.h"
#include "event/bareopen.h"

enum { PAGE_KIB = 4, COMM_SIZE = 16 };

const char bareevent_not_hex[] = "a word of the tracer is not hexadecimal";
static const char not_number[] = "a number of the tracer is none";

/* an event that is put together from the fields of a line */
struct gathering {
	struct bareevent *event;
	const struct event *line;
	const struct baredirs *dirs;
	struct pieces *file, *args;
};

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
add_number(const struct gathering *g, enum field field, struct slice val)
{
	struct buf *b = &g->event->head;
	char name[SYSNAMES_MAX];
	uint64_t n;

	if (!text_number(val.p, val.len, INT32_MAX, &n))
		return not_number;
	switch (field) {
	case FIELD_ARGS_SIZE: g->args->size = n; break;
	case FIELD_FILE_SIZE: g->file->size = n; break;
	case FIELD_STATUS: add_status(b, n); break;
	case FIELD_DIR: baredirs_add(g->dirs, n, b); break;
	case FIELD_SIGNAL:
		g->event->signal = (unsigned)n;
		sysnames_signal(g->event->signal, name);
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
add_code(const struct gathering *g, struct slice val)
{
	bool negative = slice_take(&val, "-");
	char name[SYSNAMES_MAX];
	uint64_t n;

	if (!text_number(val.p, val.len, INT32_MAX, &n))
		return not_number;
	sysnames_signal_code(g->event->signal, negative ? -(int)n : (int)n, name);
	event_add(&g->event->head, "code", name, strlen(name));
	return NULL;
}

/* Translates one field of the event's line; what it does not know is kept. */
static const char *
add_field(const struct gathering *g, struct slice key, struct slice val)
{
	const struct event *ev = g->line;
	struct bareevent *e = g->event;
	struct buf *b = &e->head;
	enum field field = find_field(key);
	uint64_t n;

	/* other kinds may mean something else by these words */
	if ((field == FIELD_DIR || field == FIELD_OPEN) && ev->kind != EVENT_EXEC)
		field = FIELD_KEEP;
	switch (field) {
	case FIELD_KEEP: keep_field(b, key, val); return NULL;
	case FIELD_DROP: return NULL;
	case FIELD_ARGS_WORDS:
		return pieces_add(g->args, 0, val) ? NULL : bareevent_not_hex;
	case FIELD_FILE_WORDS:
		return pieces_add(g->file, 0, val) ? NULL : bareevent_not_hex;
	case FIELD_ARGS_END:
		return pieces_add_end(g->args, val) ? NULL : bareevent_not_hex;
	case FIELD_FILE_END:
		return pieces_add_end(g->file, val) ? NULL : bareevent_not_hex;
	case FIELD_COMM:
		return e->unsent || add_comm(b, val) ? NULL : bareevent_not_hex;
	case FIELD_CODE: return add_code(g, val);
	case FIELD_OPEN: return bareopen_add(b, key, val) ? NULL : bareevent_not_hex;
	case FIELD_SENDER:	/* told when there is one */
		e->unsent = slice_is(val, "0");
		/* FALLTHROUGH */
	case FIELD_UID:
		if (!e->unsent)
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
	default: return add_number(g, field, val);
	}
}

const char *
bareevent_begin(struct bareevent *e, const struct event *line,
    const struct baredirs *dirs, struct pieces *file, struct pieces *args)
{
	const struct gathering g = { e, line, dirs, file, args };
	const char *iter = event_fields(line), *why = NULL;
	struct slice key, val;

	buf_add(&e->head, line->line.p, line->kind_len);
	while (!why && event_next_field(line, &iter, &key, &val))
		why = add_field(&g, key, val);
	if (!why && event_argv(line, &val))
		buf_add(&e->argv, iter - 1, (size_t)(val.p + val.len - iter + 1));
	return why;
}

bool
bareevent_is_pending(const struct bareevent *e)
{
	return e->head.len > 0;
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

void
bareevent_end(struct bareevent *e, const struct pieces *file,
    const struct pieces *args, struct buf *events)
{
	buf_add(events, e->head.p, e->head.len);
	if (file->size)
		event_add(events, "file", file->bytes.p, file->bytes.len);
	if (!pieces_whole(file))
		event_add_number(events, "filelen", file->size);
	if (!pieces_whole(args))
		event_add_number(events, "argvlen", args->size);
	if (e->argv.len)
		buf_add(events, e->argv.p, e->argv.len);
	else
		add_args(events, args);
	buf_addc(events, '\n');
	bareevent_forget(e);
}

void
bareevent_forget(struct bareevent *e)
{
	e->head.len = e->argv.len = 0;
	e->signal = 0;
	e->unsent = false;
}

void
bareevent_free(struct bareevent *e)
{
	free(e->head.p);
	free(e->argv.p);
}
