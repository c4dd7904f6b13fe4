#include "import/straceline.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "event/event.h"

enum { SECOND = 1000000000 };

static void
skip_blanks(struct slice *s)
{
	while (slice_take(s, " "))
		;
}

static size_t
count_digits(struct slice s)
{
	size_t n = 0;

	while (n < s.len && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n;
}

/* ".5" is half a second; nothing is none */
static bool
take_fraction(struct slice *s, uint64_t *ns)
{
	size_t n;

	*ns = 0;
	if (!slice_take(s, "."))
		return true;
	n = count_digits(*s);
	if (n > 9 || !slice_take_number(s, SECOND - 1, ns))
		return false;
	for (; n < 9; n++)
		*ns *= 10;
	return true;
}

static bool
take_time(struct slice *s, struct straceline *line)
{
	uint64_t whole, minutes, seconds, ns;

	if (!slice_take_number(s, INT64_MAX / SECOND - 1, &whole))
		return false;
	if (slice_take(s, ":")) {
		if (!slice_take_number(s, 59, &minutes) || !slice_take(s, ":") ||
		    !slice_take_number(s, 60, &seconds) || whole > 23)
			return false;
		line->clock = STRACELINE_DAY;
		whole = (whole * 60 + minutes) * 60 + seconds;
	} else {
		/* 1973 or later, or three years between two lines */
		line->clock = whole < 100000000 ? STRACELINE_DELTA :
		    STRACELINE_EPOCH;
	}
	if (!take_fraction(s, &ns) || !slice_take(s, " "))
		return false;
	line->ns = whole * SECOND + ns;
	return true;
}

/* "1234 ", "[pid  1234] ", or nothing */
static bool
take_pid(struct slice *s, struct straceline *line)
{
	struct slice rest = *s;
	uint64_t n;

	line->pid = 0;
	line->brackets = slice_take(&rest, "[pid");
	if (line->brackets) {
		skip_blanks(&rest);
		if (!slice_take_number(&rest, EVENT_PID_MAX, &n) || !slice_take(&rest, "]"))
			return false;
	} else if (!slice_take_number(&rest, EVENT_PID_MAX, &n) ||
	    !slice_starts(rest, " ")) {
		return true;
	}
	line->pid = (int32_t)n;
	skip_blanks(&rest);
	*s = rest;
	return true;
}

const char *
straceline_parse(struct straceline *parsed, const char *line, size_t len)
{
	struct slice s = { line, len };
	uint64_t ns;

	skip_blanks(&s);
	if (!take_pid(&s, parsed))
		return "no PID behind [pid";
	if (!take_time(&s, parsed))
		return "no time: strace needs -ttt";
	/* -r beside another clock */
	if (slice_take(&s, "(+")) {
		skip_blanks(&s);
		if (!slice_take_number(&s, INT64_MAX, &ns) ||
		    !take_fraction(&s, &ns) || !slice_take(&s, ")"))
			return "no time behind (+";
		skip_blanks(&s);
	}
	parsed->text = s;
	return s.len ? NULL : "nothing but a time";
}

bool
straceline_unfinished(struct slice *call)
{
	struct slice rest = *call;
	uint64_t leader;

	if (slice_drop(call, "<unfinished ...>"))
		return true;
	if (!slice_drop(&rest, " ...>") ||
	    !slice_drop_number(&rest, EVENT_PID_MAX, &leader) ||
	    !slice_drop(&rest, "<pid changed to "))
		return false;
	*call = rest;
	return true;
}

/* Moves *s to what stands behind the last ") = ". */
static bool
find_result(struct slice *s)
{
	size_t i, paren;

	for (i = s->len; i >= 2; i--) {
		if (s->p[i - 1] != ' ' || s->p[i - 2] != '=')
			continue;
		for (paren = i - 2; paren && s->p[paren - 1] == ' '; paren--)
			;
		if (paren && s->p[paren - 1] == ')' && paren < i - 2) {
			slice_skip(s, i);
			return true;
		}
	}
	return false;
}

bool
straceline_result(struct slice call, struct straceline_result *result)
{
	struct slice s = call;
	const char *blank;
	uint64_t val;

	result->error = (struct slice){ NULL, 0 };
	if (!find_result(&s))
		return false;
	if (slice_take(&s, "-1 E")) {
		blank = memchr(s.p, ' ', s.len);
		result->value = -1;
		result->error = (struct slice){ s.p - 1,
		    (blank ? (size_t)(blank - s.p) : s.len) + 1 };
		return true;
	}
	if (!straceline_integer(&s, INT32_MAX, &val))
		return false;
	result->value = (int64_t)val;
	return true;
}

bool
straceline_integer(struct slice *s, uint64_t max, uint64_t *val)
{
	if (!slice_take_number(s, max, val))
		return false;
	if (slice_take(s, " /* ") && count_digits(*s)) {
		if (!slice_take_number(s, max, val) ||
		    !slice_take(s, " in strace's PID NS */"))
			return false;
	}
	slice_take(s, ", ");
	return true;
}

/* The byte of the escape whose backslash has been taken. */
static bool
take_escape(struct slice *s, char *c)
{
	static const char names[] = "tnvfr\"\\", bytes[] = "\t\n\v\f\r\"\\",
	    hex[] = "0123456789abcdef";
	const char *at, *high, *low;
	unsigned val = 0;
	size_t n;

	if (!s->len)
		return false;
	if (*s->p == 'x') {
		if (s->len < 3 || !(high = memchr(hex, s->p[1], 16)) ||
		    !(low = memchr(hex, s->p[2], 16)))
			return false;
		*c = (char)((high - hex) << 4 | (low - hex));
		slice_skip(s, 3);
	} else if (*s->p >= '0' && *s->p <= '7') {
		for (n = 0; n < 3 && n < s->len && s->p[n] >= '0' &&
		    s->p[n] <= '7'; n++)
			val = val * 8 + (unsigned)(s->p[n] - '0');
		*c = (char)val;
		slice_skip(s, n);
	} else {
		at = memchr(names, *s->p, sizeof names - 1);
		if (!at)
			return false;
		*c = bytes[at - names];
		slice_skip(s, 1);
	}
	return true;
}

/* Takes a string in quotes off *s: its bytes, and whether "..." behind it says
 * that it was longer. */
static bool
take_string(struct slice *s, struct buf *bytes, bool *cut)
{
	char c;

	bytes->len = 0;
	if (!slice_take(s, "\""))
		return false;
	while (s->len && *s->p != '"') {
		c = *s->p;
		slice_skip(s, 1);
		if (c == '\\' && !take_escape(s, &c))
			return false;
		buf_addc(bytes, c);
	}
	if (!slice_take(s, "\""))
		return false;
	*cut = slice_take(s, "...");
	return true;
}

/* What strace prints instead of a string or a list that it cannot read. */
static bool
take_address(struct slice *s)
{
	if (slice_take(s, "NULL"))
		return true;
	if (!slice_take(s, "0x"))
		return false;
	while (s->len && ((*s->p >= '0' && *s->p <= '9') ||
	    (*s->p >= 'a' && *s->p <= 'f')))
		slice_skip(s, 1);
	return true;
}

/* Takes the elements of a list off *s, up to its end, and appends them as an
 * event has them, "argv=" in front if there are any; *cut if there are more,
 * or not all of one. */
static bool
take_list(struct slice *s, struct buf *argv, bool *cut)
{
	struct buf bytes = { 0 };
	bool first = true, good = true, part;

	while (good && !slice_take(s, "]")) {
		if ((argv->len || *cut) && !slice_take(s, ", ")) {
			good = false;
		} else if (slice_take(s, "...") || take_address(s)) {
			*cut = true;
		} else if ((good = take_string(s, &bytes, &part))) {
			*cut |= part;
			if (first)
				event_add_argv(argv);
			event_add_arg(argv, first, bytes.p, bytes.len);
			first = false;
		}
	}
	free(bytes.p);
	return good;
}

static bool
add_file(struct slice *s, struct buf *event)
{
	struct buf bytes = { 0 };
	bool cut = false, good = true;

	if (!take_address(s)) {
		good = take_string(s, &bytes, &cut);
		if (good && bytes.len)
			event_add(event, "file", bytes.p, bytes.len);
		if (cut)
			event_add_number(event, "filecut", 1);
	}
	free(bytes.p);
	return good && slice_take(s, ", ");
}

/* The descriptor of execveat; with -y its path follows in angle brackets, and
 * those of the path are escaped. */
static bool
skip_descriptor(struct slice *s)
{
	bool path = false;

	for (; s->len; slice_skip(s, 1))
		if (*s->p == '<')
			path = true;
		else if (*s->p == '>')
			path = false;
		else if (!path && slice_take(s, ", "))
			return true;
	return false;
}

bool
straceline_exec(struct slice args, bool at, bool with_argv, struct buf *event)
{
	struct buf argv = { 0 };
	bool cut = false, good;

	if ((at && !skip_descriptor(&args)) || !add_file(&args, event))
		return false;
	if (!with_argv)
		return true;
	good = take_address(&args) ||
	    (slice_take(&args, "[") && take_list(&args, &argv, &cut));
	if (cut)
		event_add_number(event, "argvlen", 0);
	buf_add(event, argv.p, argv.len);
	free(argv.p);
	return good;
}
