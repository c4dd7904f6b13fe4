#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/text.h"
#include "event/event.h"
#include "import/import.h"
#include "import/stracecalls.h"
#include "import/straceline.h"
#include "import/stracenoise.h"
#include "import/stracerelease.h"

/* how far back in time a line may be */
enum { LATE_NS = 1000000000 };

/* the time of a line in a log without times */
enum { LINE_NS = 1000000 };

struct log {
	struct stracenoise noise;
	struct stracecalls calls;
	bool begun;
	enum straceline_clock clock;
	uint64_t start, now, day;	/* ns */
};

static bool
matches(const char *p, size_t len)
{
	struct stracenoise noise = { 0 };
	struct slice line = { p, len };
	struct straceline parsed;
	int32_t attached;

	if (stracenoise_is(&noise, line) ||
	    stracenoise_message(&line, &attached))
		return true;
	if (straceline_parse(&parsed, p, len))
		return false;
	/* without a time it must be a whole call, and not only look like one */
	return parsed.clock != STRACELINE_NONE || slice_has(line, ") = ") ||
	    slice_has(line, " +++") || slice_has(line, "<unfinished ...>") ||
	    slice_has(line, " resumed>");
}

static void *
open_log(void)
{
	return xcalloc(1, sizeof(struct log));
}

void
import_strace_start(void *state, const struct import_strace_start *start)
{
	struct log *log = state;

	log->calls.all_signals = start->all_signals;
	log->calls.no_signals = start->no_signals;
	if (start->cwd)
		stracetree_set_cwd(&log->calls.tree, start->cwd);
}

static void
several(void *state)
{
	struct log *log = state;

	log->calls.several = true;
}

/* ns since the log began, which a clock set back does not change */
static uint64_t
tell_time(struct log *log, const struct straceline *line)
{
	const uint64_t hour = UINT64_C(3600) * 1000000000;
	uint64_t now = line->ns;

	if (line->clock == STRACELINE_NONE)
		now = log->begun ? log->now + LINE_NS : 0;
	if (line->clock == STRACELINE_DELTA)
		now += log->now;
	if (line->clock == STRACELINE_DAY) {
		if (now + log->day + 12 * hour < log->now)
			log->day += 24 * hour;
		now += log->day;
	}
	if (!log->begun)
		log->start = now;
	if (now > log->now)
		log->now = now;
	if (now < log->start || log->now - now > LATE_NS)
		now = log->now;
	log->calls.own = now - log->start;
	return log->calls.now = log->now - log->start;
}

static void
begin(struct log *log, const struct straceline *line, struct buf *events)
{
	static const char order[] = "order";

	event_begin(events, event_kind_name(EVENT_TRACE));
	event_add_number(events, "version", 1);
	if (line->clock == STRACELINE_EPOCH)
		event_add_number(events, "start", line->ns);
	event_add(events, "tracer", "strace", strlen("strace"));
	if (line->clock == STRACELINE_NONE)
		event_add(events, "clock", order, strlen(order));
	buf_addc(events, '\n');
	log->clock = line->clock;
	log->calls.timeless = line->clock == STRACELINE_NONE;
	log->begun = true;
}

/* Its line is one of a log whose lines have times, and has none itself. */
static const char *
wrong_clock(const struct log *log, const struct straceline *line,
    const char *why)
{
	if (log->begun && line->clock == STRACELINE_NONE && !line->broken &&
	    log->clock != STRACELINE_NONE)
		return "no time: strace needs -ttt";
	if (!why && log->begun && line->clock != log->clock)
		return "another kind of time than before";
	return why;
}

static const char *
push(void *state, const char *p, size_t len, struct buf *events)
{
	struct log *log = state;
	struct slice text = { p, len };
	struct straceline line = { .clock = STRACELINE_NONE };
	const char *why;
	int32_t tid, first = 0;
	uint64_t ts;

	log->calls.nlines++;
	if (!log->calls.term.part.len && stracenoise_is(&log->noise, text))
		return NULL;
	if (!straceterm_join(&log->calls.term, &text))
		return NULL;
	why = straceline_parse(&line, text.p, text.len);
	if ((why = wrong_clock(log, &line, why)))
		return why;
	ts = tell_time(log, &line);
	if (!log->begun)
		begin(log, &line, events);
	tid = straceterm_whose(&log->calls.term, &line, &first);
	if (first)
		stracequeue_name(&log->calls.queue, first);
	why = stracecalls_push(&log->calls, tid, ts, line.text);
	stracerelease(&log->calls, events);
	return why;
}

static const char *
take_notes(const struct log *log, struct stracequeue_rest left,
    struct buf *notes)
{
	if (!log->begun)
		return log->noise.summary ? "only the summary of strace -c, which "
		    "tells of no process: leave -c out, or take -C" : NULL;
	if (!log->calls.rooted)
		return "no line tells of a process: strace needs -f -e "
		    "trace=process,setpgid,setsid";
	if (log->clock == STRACELINE_NONE)
		buf_adds(notes, "the log has no times: its lines count as a "
		    "millisecond each (strace -ttt tells times)\n");
	if (left.nforks > 1)
		buf_printf(notes, "the log ends within %zu forks: which process "
		    "is whose child is a guess\n", left.nforks);
	if (left.nunfinished)
		buf_printf(notes, "%zu call%s no end in the log: what came of "
		    "%s is not known\n", left.nunfinished,
		    left.nunfinished > 1 ? "s have" : " has",
		    left.nunfinished > 1 ? "them" : "it");
	if (log->calls.tree.tasks.norphans > 1)
		buf_printf(notes, "%zu processes were not forked in the log: "
		    "their parents are not known\n",
		    log->calls.tree.tasks.norphans);
	return NULL;
}

/* A log of one process does not have to tell its PID, which is 1 then. The log
 * is whole if everybody's end is in it. */
static const char *
finish(void *state, struct buf *events, struct buf *notes)
{
	struct log *log = state;
	struct stracequeue_rest left;

	log->calls.finished = true;
	stracequeue_name(&log->calls.queue, 1);
	left = stracequeue_settle(&log->calls.queue, &log->calls.tree);
	stracerelease(&log->calls, events);
	if (log->calls.rooted && !log->calls.tree.tasks.alive) {
		event_begin(events, event_kind_name(EVENT_END));
		event_add_number(events, "ts", log->now - log->start);
		buf_addc(events, '\n');
	}
	return take_notes(log, left, notes);
}

static void
close_log(void *state, struct buf *events)
{
	struct log *log = state;
	struct buf notes = { 0 };

	if (!log->calls.finished)
		finish(log, events, &notes);
	free(notes.p);
	stracecalls_free(&log->calls);
	free(log);
}

const struct import_format import_strace = {
	"strace", matches, open_log, several, push, finish, close_log,
};
