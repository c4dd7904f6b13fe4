#include "import/stracenoise.h"

#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"
#include "event/event.h"

/* "------ ----------- ---------", one below the head, one above the sum */
static bool
is_rule(struct slice s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (s.p[i] != '-' && s.p[i] != ' ')
			return false;
	return s.len > 3 && slice_starts(s, "----");
}

/* -U chooses other columns */
static bool
is_head(struct slice s)
{
	static const char *const columns[] = {
		"% time", "seconds", "total-time", "min-time", "max-time",
		"avg-time", "usecs/call", "calls", "errors", "syscall", NULL
	};
	size_t i, n = 0, named = 0;

	while (n < s.len) {
		slice_skip(&s, n);
		while (slice_take(&s, " "))
			;
		for (i = 0, n = 0; columns[i] && !n; i++)
			if (slice_starts(s, columns[i]))
				n = strlen(columns[i]);
		if (!n)
			return !s.len && named > 1;
		named++;
	}
	return named > 1;
}

/* The table of -c or -C, and a blank line between those of two modes. */
static bool
is_summary(struct stracenoise *n, struct slice s)
{
	if (slice_starts(s, "System call usage summary for ") || is_head(s)) {
		n->summary = true;
		n->rules = 0;
		return true;
	}
	if (!n->summary)
		return false;
	if (is_rule(s)) {
		n->rules++;
		return true;
	}
	if (n->rules == 2) {	/* the sum */
		n->rules = 3;
		return true;
	}
	return n->rules == 1 || (n->rules == 3 && !s.len);
}

bool
stracenoise_is(struct stracenoise *n, struct slice s)
{
	return slice_starts(s, " > ") || slice_starts(s, " | ") ||
	    slice_starts(s, "[ Process PID=") || is_summary(n, s);
}

static bool
is_path_byte(char c)
{
	return ascii_is_alnum(c) || memchr("/._-+", c, 5);
}

/* Takes "strace: " off the end, with the path by which it was called. The line
 * that it breaks may end in a letter: where a path begins shows only its first
 * slash, or the dots before it. */
static void
drop_name(struct slice *s)
{
	size_t run, i;

	if (!slice_drop(s, ": ") || !slice_drop(s, "strace"))
		return;
	for (run = s->len; run && is_path_byte(s->p[run - 1]); run--)
		;
	if (run == s->len || s->p[s->len - 1] != '/')
		return;
	for (i = run; s->p[i] != '/'; i++)
		;
	while (i > run && s->p[i - 1] == '.')
		i--;
	s->len = i;
}

/* "strace: ..." and "/usr/bin/strace: ..." */
static bool
is_named(struct slice line)
{
	const char *blank = memchr(line.p, ' ', line.len);
	struct slice name = { line.p, blank ? (size_t)(blank - line.p) : 0 };

	return slice_drop(&name, ":") && name.len &&
	    slice_starts(slice_basename(name), "strace");
}

bool
stracenoise_message(struct slice *line, int32_t *attached)
{
	static const char *const said[] = {
		" detached", " suspended", " resumed", " attached",
	};
	struct slice rest = *line;
	uint64_t n, pid;
	size_t i = 0;

	*attached = 0;
	slice_drop(&rest, " (waiting for parent)");
	slice_drop(&rest, " - interrupt to quit");
	if (slice_drop(&rest, " ready)") &&
	    slice_drop_number(&rest, EVENT_PID_MAX, &n))
		slice_drop(&rest, " (parent ");
	if (slice_drop(&rest, " threads") &&
	    slice_drop_number(&rest, EVENT_PID_MAX, &n))
		slice_drop(&rest, " with ");
	while (i < 4 && !slice_drop(&rest, said[i]))
		i++;
	if (i < 4 && slice_drop_number(&rest, EVENT_PID_MAX, &pid) &&
	    slice_drop(&rest, "Process ")) {
		if (i == 3)
			*attached = (int32_t)pid;
		drop_name(&rest);
		*line = rest;
		return true;
	}
	if (!is_named(*line))
		return false;
	line->len = 0;
	return true;
}
