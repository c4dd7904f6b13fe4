#include "event/event.h"

#include <string.h>

#include "base/ascii.h"
#include "base/text.h"

/* What follows the lives of processes (lives.c, forest.c, pt-ingest) goes by
 * the rules, so that a new kind has all it needs in its line here. */
static const struct {
	const char *name;
	unsigned needs;
	unsigned rules;
} kinds[] = {
	[EVENT_OTHER] = { "", 0, 0 },
	[EVENT_TRACE] = { "trace", 0, 0 },
	[EVENT_ROOT] = { "root", HAS_TS | HAS_PID, 0 },
	[EVENT_FORK] = { "fork", HAS_PROCESS, EVENT_BEGINS },
	[EVENT_EXEC] = { "exec", HAS_PROCESS, EVENT_DOES },
	[EVENT_EXECFAIL] = { "execfail", HAS_PROCESS, EVENT_DOES },
	/* a parent may do setpgid to a zombie */
	[EVENT_SETPGID] = { "setpgid", HAS_PROCESS, EVENT_TOLD | EVENT_MOVES },
	[EVENT_SETSID] = { "setsid", HAS_PROCESS, EVENT_DOES | EVENT_MOVES },
	[EVENT_EXIT] = { "exit", HAS_PROCESS, EVENT_TOLD | EVENT_ENDS },
	[EVENT_LOST] = { "lost", HAS_TS, 0 },
	[EVENT_TICK] = { "tick", HAS_TS | HAS_CPU, 0 },
	[EVENT_FD] = { "fd", HAS_TS | HAS_PID, EVENT_TOLD },
	[EVENT_WAIT] = { "wait", HAS_TS | HAS_PID, EVENT_TOLD },
	[EVENT_SIGNAL] = { "signal", HAS_TS | HAS_PID, 0 },
	[EVENT_WRITE] = { "write", HAS_TS | HAS_PID, 0 },
	[EVENT_READ] = { "read", HAS_TS | HAS_PID, 0 },
	[EVENT_CONNECT] = { "connect", HAS_TS | HAS_PID, 0 },
	[EVENT_MACHINE] = { "machine", HAS_TS, 0 },
	[EVENT_HOLDER] = { "holder", HAS_TS | HAS_PID, EVENT_TOLD },
	[EVENT_TIMEOUT] = { "timeout", HAS_TS, 0 },
	[EVENT_END] = { "end", HAS_TS, 0 },
};

const char *
event_kind_name(enum event_kind kind)
{
	return kinds[kind].name;
}

unsigned
event_kind_rules(enum event_kind kind)
{
	return kinds[kind].rules;
}

static bool
is_key(const char *p, size_t len, const char *key)
{
	return strlen(key) == len && !memcmp(p, key, len);
}

static enum event_kind
find_kind(const char *p, size_t len)
{
	enum event_kind kind;

	for (kind = EVENT_TRACE; len && kind <= EVENT_END; kind++)
		if (*p == *kinds[kind].name && is_key(p, len, kinds[kind].name))
			return kind;
	return EVENT_OTHER;
}

static const char *
field_end(const char *p, const char *end)
{
	const char *tab = memchr(p, '\t', (size_t)(end - p));

	return tab ? tab : end;
}

/* Kinds and keys are words, so that text which is no recording is not taken
 * for events of a later version. */
static bool
is_word_byte(char c)
{
	return ascii_is_alnum(c) || c == '_' || c == '-' || c == '.';
}

/* the first byte that is none of a word */
static const char *
word_end(const char *p, const char *end)
{
	while (p < end && is_word_byte(*p))
		p++;
	return p;
}

/* Takes the number of a common key; false: out of its range, or none. */
static bool
set_number(struct event *ev, unsigned bit, const char *p, size_t len)
{
	int32_t *ids[] = { &ev->pid, &ev->ppid, &ev->pgid, &ev->sid };
	uint64_t n;

	switch (bit) {
	case HAS_TS:
		if (!text_number(p, len, INT64_MAX, &ev->ts))
			return false;
		break;
	case HAS_SEQ:
		if (!text_number(p, len, INT64_MAX, &ev->seq))
			return false;
		break;
	case HAS_RUN:
		break;	/* a name: see runs.h */
	case HAS_CPU:
		if (!text_number(p, len, EVENT_CPU_MAX - 1, &n))
			return false;
		ev->cpu = (int32_t)n;
		break;
	default:
		if (!text_number(p, len, EVENT_PID_MAX, &n))
			return false;
		*ids[bit == HAS_PID ? 0 : bit == HAS_PPID ? 1 :
		    bit == HAS_PGID ? 2 : 3] = (int32_t)n;
		break;
	}
	ev->has |= bit;
	return true;
}

static unsigned
common_key(const char *p, size_t len)
{
	switch (len) {
	case 2: return is_key(p, len, "ts") ? HAS_TS : 0;
	case 3: return is_key(p, len, "pid") ? HAS_PID :
	    is_key(p, len, "sid") ? HAS_SID :
	    is_key(p, len, "cpu") ? HAS_CPU :
	    is_key(p, len, "seq") ? HAS_SEQ :
	    is_key(p, len, "run") ? HAS_RUN : 0;
	case 4: return is_key(p, len, "ppid") ? HAS_PPID :
	    is_key(p, len, "pgid") ? HAS_PGID : 0;
	default: return 0;
	}
}

/* One of 24 bits for any other key. Keys share them, so that it only tells which
 * ones a line does not have, as it mostly is when one is asked for. */
static unsigned
other_key(const char *p, size_t len)
{
	unsigned first = (unsigned char)*p, last = (unsigned char)p[len - 1];

	return 1U << (HAS_OTHERS + (5 * first + 3 * last + (unsigned)len) % 24);
}

static const char *
missing(unsigned has)
{
	return !(has & HAS_TS) ? "no ts=" : !(has & HAS_PID) ? "no pid=" :
	    !(has & HAS_PPID) ? "no ppid=" : !(has & HAS_PGID) ? "no pgid=" :
	    !(has & HAS_SID) ? "no sid=" : "no cpu=";
}

static const char *
parse_fields(struct event *ev, const char *p, const char *end)
{
	const char *stop, *eq;
	unsigned bit;

	for (; p < end; p = stop + 1) {
		eq = word_end(p, end);
		if (eq == p || eq == end || *eq != '=')
			return "a field is not key=value";
		if (is_key(p, (size_t)(eq - p), "argv"))
			break;
		stop = field_end(eq, end);
		bit = common_key(p, (size_t)(eq - p));
		if (bit & ev->has)
			return "a key stands twice";
		if (!bit)
			ev->has |= other_key(p, (size_t)(eq - p));
		else if (!set_number(ev, bit, eq + 1, (size_t)(stop - eq - 1)))
			return "ts, cpu, seq or an ID is not a number or too large";
		if (stop == end)
			break;
		if (stop + 1 == end)
			return "an empty field";
	}
	return NULL;
}

const char *
event_parse(struct event *ev, const char *line, size_t len)
{
	const char *end = line + len, *kind_end, *why;

	if (text_raw_bad(line, len) < len)
		return "a raw control byte or invalid UTF-8";
	kind_end = field_end(line, end);
	*ev = (struct event){
		.kind = find_kind(line, (size_t)(kind_end - line)),
		.pid = -1, .ppid = -1, .pgid = -1, .sid = -1, .cpu = -1,
		.line = { line, len },
		.kind_len = (uint32_t)(kind_end - line),
	};
	if (kind_end == line || word_end(line, kind_end) < kind_end)
		return "no kind of event at its start";
	if (kind_end == end)
		return "no fields";
	if (kind_end + 1 == end)
		return "an empty field";
	why = parse_fields(ev, kind_end + 1, end);
	if (!why && (ev->has & kinds[ev->kind].needs) != kinds[ev->kind].needs)
		why = missing(ev->has | ~kinds[ev->kind].needs);
	return why;
}

static bool
starts(const char *p, const char *end, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(end - p) >= len && !memcmp(p, word, len);
}

int
event_line_ts(const char *line, size_t len, uint64_t *ts)
{
	const char *end = line + len, *p, *stop = field_end(line, end);

	while (stop < end) {
		p = stop + 1;
		if (starts(p, end, "argv="))
			return 0;
		stop = field_end(p, end);
		if (starts(p, stop, "ts=")) {
			p += strlen("ts=");
			return text_number(p, (size_t)(stop - p), INT64_MAX, ts) ?
			    1 : -1;
		}
	}
	return 0;
}

static bool
is_argv(const char *p, const char *end)
{
	return *p == 'a' && starts(p, end, "argv=");
}

bool
event_next_field(const struct event *ev, const char **iter,
    struct slice *key, struct slice *val)
{
	const char *end = ev->line.p + ev->line.len, *stop, *eq;

	if (*iter >= end)
		return false;
	stop = field_end(*iter, end);
	eq = memchr(*iter, '=', (size_t)(stop - *iter));
	if (!eq || is_key(*iter, (size_t)(eq - *iter), "argv"))
		return false;
	*key = (struct slice){ *iter, (size_t)(eq - *iter) };
	*val = (struct slice){ eq + 1, (size_t)(stop - eq - 1) };
	*iter = stop < end ? stop + 1 : end;
	return true;
}

/* whether the field at p, which is before end, has this key */
static bool
has_key(const char *p, const char *end, const char *key, size_t len)
{
	return (size_t)(end - p) > len && p[len] == '=' && !memcmp(p, key, len);
}

/* The first field that has this key, or argv, where the fields end; end if there
 * is neither. Most of the time is spent here. */
static const char *
find_field(const struct event *ev, const char *end, const char *key, size_t len)
{
	const char *p = event_fields(ev);

	for (; p < end; p = field_end(p, end) + 1)
		if (has_key(p, end, key, len) || is_argv(p, end))
			return p;
	return end;
}

bool
event_get(const struct event *ev, const char *key, struct slice *val)
{
	const char *end = ev->line.p + ev->line.len, *p;
	size_t len = strlen(key);
	unsigned bit = common_key(key, len);

	if (!(ev->has & (bit ? bit : other_key(key, len))))
		return false;
	p = find_field(ev, end, key, len);
	if (p == end || is_argv(p, end))
		return false;
	p += len + 1;
	*val = (struct slice){ p, (size_t)(field_end(p, end) - p) };
	return true;
}

bool
event_get_number(const struct event *ev, const char *key, uint64_t *val)
{
	struct slice s;

	return event_get(ev, key, &s) && text_number(s.p, s.len, UINT64_MAX, val);
}

void
event_count_lost(const struct event *ev, uint64_t *total)
{
	uint64_t count;

	if (!event_get_number(ev, "count", &count))
		count = 1;
	event_add_lost(total, count);
}

void
event_add_lost(uint64_t *total, uint64_t n)
{
	*total = n > UINT64_MAX - *total ? UINT64_MAX : *total + n;
}

bool
event_argv(const struct event *ev, struct slice *args)
{
	static const char name[] = "argv";
	const char *end = ev->line.p + ev->line.len, *p;

	p = find_field(ev, end, name, sizeof name - 1);
	if (p == end)
		return false;
	p += sizeof name;	/* and the '=' */
	*args = (struct slice){ p, (size_t)(end - p) };
	return true;
}

bool
event_next_arg(struct slice *args, struct slice *arg)
{
	const char *end, *stop;

	if (!args->p)
		return false;
	end = args->p + args->len;
	stop = field_end(args->p, end);
	*arg = (struct slice){ args->p, (size_t)(stop - args->p) };
	if (stop < end)
		*args = (struct slice){ stop + 1, (size_t)(end - stop - 1) };
	else
		args->p = NULL;
	return true;
}

void
event_add_without(struct buf *b, const struct event *ev, const char *key)
{
	const char *iter = event_fields(ev), *end = ev->line.p + ev->line.len;
	struct slice name, val;

	buf_add(b, ev->line.p, ev->kind_len);
	while (event_next_field(ev, &iter, &name, &val))
		if (!is_key(name.p, name.len, key)) {
			buf_addc(b, '\t');
			buf_add(b, name.p, (size_t)(val.p + val.len - name.p));
		}
	if (iter < end) {
		buf_addc(b, '\t');
		buf_add(b, iter, (size_t)(end - iter));
	}
}

void
event_write(const struct event *ev, FILE *fp)
{
	fwrite(ev->line.p, 1, ev->line.len, fp);
	putc('\n', fp);
}

void
event_begin(struct buf *b, const char *kind)
{
	buf_adds(b, kind);
}

static void
add_key(struct buf *b, const char *key)
{
	buf_addc(b, '\t');
	buf_adds(b, key);
	buf_addc(b, '=');
}

void
event_add_number(struct buf *b, const char *key, uint64_t n)
{
	add_key(b, key);
	buf_addu(b, n);
}

void
event_add(struct buf *b, const char *key, const char *p, size_t len)
{
	add_key(b, key);
	text_escape(b, p, len);
}

void
event_add_argv(struct buf *b)
{
	add_key(b, "argv");
}

void
event_add_arg(struct buf *b, bool first, const char *p, size_t len)
{
	if (!first)
		buf_addc(b, '\t');
	text_escape(b, p, len);
}
