#include "import/import.h"

#include "base/ascii.h"
#include "base/slice.h"
#include "event/event.h"

/* "cc  4157 [001] 77.123456: sched:sched_process_exec: ...", with or without
 * the CPU: what perf script prints, and trace-cmd */
static bool
is_perf(struct slice s)
{
	struct slice rest;
	uint64_t n;

	for (; s.len; slice_skip(&s, 1)) {
		rest = s;
		if (!slice_take(&rest, ".") ||
		    !slice_take_number(&rest, UINT64_MAX, &n) ||
		    !slice_take(&rest, ": "))
			continue;
		while (slice_take(&rest, " "))
			;
		while (rest.len && (ascii_is_lower(rest.p[0]) ||
		    ascii_is_digit(rest.p[0]) || rest.p[0] == '_' ||
		    rest.p[0] == '-'))
			slice_skip(&rest, 1);
		return slice_starts(rest, ":");
	}
	return false;
}

static bool
is_execsnoop(struct slice s)
{
	return slice_has(s, "PID ") && slice_has(s, "PPID ") &&
	    slice_has(s, "ARGS");
}

const char *
import_foreign(const char *line, size_t len)
{
	struct slice s = { line, len };
	struct event ev;

	if (slice_starts(s, "# ninja log v"))
		return "a log of ninja, which tells of build steps and of no "
		    "processes: it is not imported";
	if (slice_starts(s, "{\"traceEvents\"") || slice_starts(s, "[{\"") ||
	    slice_is(s, "[") || slice_starts(s, "[ {"))
		return "a Chrome trace, or another array of JSON: only lines of "
		    "JSON as of pt-render-jsonl are imported";
	if (is_execsnoop(s))
		return "the output of execsnoop, which tells of no ends: it is not "
		    "imported";
	if (is_perf(s))
		return "the output of perf script: it is not imported";
	if (slice_starts(s, "trace\t") && !event_parse(&ev, line, len))
		return "a recording already: the other programs read it as it is";
	return NULL;
}

const char *
import_check(struct buf *events, size_t start)
{
	struct event ev;
	const char *why;

	why = event_parse(&ev, events->p + start, events->len - start);
	if (why)
		events->len = start;
	return why;
}

const char *
import_end(struct buf *events, size_t start)
{
	const char *why = import_check(events, start);

	if (!why)
		buf_addc(events, '\n');
	return why;
}
