#include "import/straceline.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"
#include "base/text.h"
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

	while (n < s.len && ascii_is_digit(s.p[n]))
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
	struct slice rest = *s;

	if (!slice_take_number(&rest, INT64_MAX / SECOND - 1, &whole))
		return false;
	if (slice_take(&rest, ":")) {
		if (!slice_take_number(&rest, 59, &minutes) ||
		    !slice_take(&rest, ":") ||
		    !slice_take_number(&rest, 60, &seconds) || whole > 23)
			return false;
		line->clock = STRACELINE_DAY;
		whole = (whole * 60 + minutes) * 60 + seconds;
	} else {
		/* 1973 or later, or three years between two lines */
		line->clock = whole < 100000000 ? STRACELINE_DELTA :
		    STRACELINE_EPOCH;
	}
	if (!take_fraction(&rest, &ns) || !slice_take(&rest, " "))
		return false;
	line->ns = whole * SECOND + ns;
	*s = rest;
	return true;
}

/* the name of a process behind its PID (-Y); there is no '>' in it */
static void
skip_comm(struct slice *s)
{
	const char *end;

	if (slice_starts(*s, "<") && (end = memchr(s->p, '>', s->len)))
		slice_skip(s, (size_t)(end - s->p) + 1);
}

/* "1234 ", "1234<sh> ", "[pid  1234] ", or nothing */
static bool
take_pid(struct slice *s, struct straceline *line)
{
	struct slice rest = *s;
	uint64_t n;

	line->pid = 0;
	line->brackets = slice_take(&rest, "[pid");
	if (line->brackets)
		skip_blanks(&rest);
	if (!slice_take_number(&rest, EVENT_PID_MAX, &n) || !n)
		return !line->brackets;
	skip_comm(&rest);
	if (line->brackets ? !slice_take(&rest, "]") : !slice_starts(rest, " "))
		return !line->brackets;
	line->pid = (int32_t)n;
	skip_blanks(&rest);
	*s = rest;
	return true;
}

/* A call or what else strace tells of a process begins here. */
static bool
is_text(struct slice s)
{
	size_t n = 0;

	if (slice_starts(s, "+++ ") || slice_starts(s, "--- ") ||
	    slice_starts(s, "<... "))
		return true;
	while (n < s.len && s.p[n] != '(' && s.p[n] != ' ' && s.p[n] != '"')
		n++;
	return n > 0 && n < s.len && s.p[n] == '(' && !ascii_is_digit(s.p[0]);
}

/* "[  59] " of -n, "[00007f96fecc4ad7] " of -i, "[user_u:role_r:type_t:s0] " of
 * --secontext */
static void
skip_brackets(struct slice *s)
{
	const char *end;

	while (slice_starts(*s, "[") && (end = memchr(s->p, ']', s->len)) &&
	    (size_t)(end - s->p) + 1 < s->len && end[1] == ' ' &&
	    !memchr(s->p, '(', (size_t)(end - s->p)))
		slice_skip(s, (size_t)(end - s->p) + 2);
}

const char *
straceline_parse(struct straceline *parsed, const char *line, size_t len)
{
	struct slice s = { line, len };
	uint64_t ns;

	*parsed = (struct straceline){ .broken = true };
	skip_blanks(&s);
	if (!take_pid(&s, parsed))
		return "no PID behind [pid";
	if (!take_time(&s, parsed))
		parsed->clock = STRACELINE_NONE;
	/* -r beside another clock */
	if (slice_take(&s, "(+")) {
		skip_blanks(&s);
		if (!slice_take_number(&s, INT64_MAX, &ns) ||
		    !take_fraction(&s, &ns) || !slice_take(&s, ")"))
			return "no time behind (+";
		skip_blanks(&s);
	}
	skip_brackets(&s);
	parsed->broken = false;
	parsed->text = s;
	if (parsed->clock == STRACELINE_NONE && !is_text(s))
		return "no line of strace";
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

bool
straceline_detached(struct slice *call)
{
	return slice_drop(call, "<detached ...>");
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

	*result = (struct straceline_result){ .cut = !find_result(&s) };
	if (result->cut)
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

/* decimal, or hexadecimal behind "0x" */
static bool
take_number(struct slice *s, uint64_t max, uint64_t *val)
{
	struct slice rest = *s;
	const char *p, *end = rest.p + rest.len;

	if (!slice_take(&rest, "0x"))
		return slice_take_number(s, max, val);
	p = rest.p;
	if (!text_hex(&p, end, val) || *val > max)
		return false;
	*s = (struct slice){ p, (size_t)(end - p) };
	return true;
}

bool
straceline_integer(struct slice *s, uint64_t max, uint64_t *val)
{
	if (!take_number(s, max, val))
		return false;
	skip_comm(s);
	if (slice_take(s, " /* ") && count_digits(*s)) {
		if (!slice_take_number(s, max, val))
			return false;
		skip_comm(s);
		if (!slice_take(s, " in strace's PID NS */"))
			return false;
	}
	slice_take(s, ", ");
	return true;
}
