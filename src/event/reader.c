#include "event/reader.h"

#include <err.h>
#include <stdlib.h>

/* a recording of the stream */
struct reader_run {
	bool begun, ended;	/* its trace line was there; its end line */
};

void
reader_open(struct reader *r, char *const files[])
{
	linebuf_open(&r->in, files);
}

/* which recordings there are, and whether they are whole */
static void
note(struct reader *r, const struct event *ev)
{
	size_t i = runs_number(&r->runs, ev);

	while (r->nruns <= i) {
		r->all = grow(r->all, r->nruns, &r->runs_cap, sizeof *r->all);
		r->all[r->nruns++] = (struct reader_run){ false, false };
	}
	if (ev->kind == EVENT_TRACE)
		r->all[i].begun = true;
	else
		r->all[i].ended = true;
}

/* A trace line that tells of another recording than the first one, where
 * nothing tells whose the lines are. */
static bool
is_other(struct reader *r, const struct event *trace)
{
	struct runs_id first, now;
	struct event ev;

	if (trace->has & HAS_RUN)
		return false;
	if (!r->first.len) {
		buf_add(&r->first, trace->line.p, trace->line.len);
		return false;
	}
	event_parse(&ev, r->first.p, r->first.len);
	runs_identify(&first, &ev);
	runs_identify(&now, trace);
	return !runs_same(&first, &now);
}

/* Whether the event is to be left out, being of another recording. */
static bool
left_out(struct reader *r, const struct event *ev)
{
	if (ev->kind == EVENT_TRACE && !(ev->has & HAS_RUN)) {
		r->other = is_other(r, ev);
		if (r->other)
			linebuf_bad(&r->in, "another recording begins here and is "
			    "left out: pt-sort -m puts several together");
	}
	return r->other && !(ev->has & HAS_RUN);
}

/* The event is one of those that are wanted. */
static bool
accept(struct reader *r, const struct event *ev)
{
	if (r->one_only && left_out(r, ev))
		return false;
	if (ev->kind == EVENT_TRACE || ev->kind == EVENT_END)
		note(r, ev);
	return true;
}

int
reader_next(struct reader *r, struct event *ev)
{
	const char *why;
	int got;

	for (;;) {
		while (bare_take(&r->bare, ev))
			if (accept(r, ev))
				return 1;
		if (r->finished)
			return 0;
		got = linebuf_next(&r->in);
		if (got < 0)
			return -1;
		if (got == 0) {
			bare_finish(&r->bare);
			r->finished = true;
			continue;
		}
		if (bare_bpftrace(r->in.line, r->in.len))
			continue;
		why = event_parse(ev, r->in.line, r->in.len);
		if (!why && !(ev->has & HAS_SEQ)) {
			if (accept(r, ev))
				return 1;
			continue;
		}
		if (!why)
			why = bare_push(&r->bare, ev);
		if (why)
			linebuf_bad(&r->in, "%s", why);
	}
}

static void
warn_of_ends(const struct reader *r)
{
	size_t i, n = 0, last = 0;

	for (i = 0; i < r->nruns; i++)
		if (r->all[i].begun && !r->all[i].ended) {
			n++;
			last = i;
		}
	if (n > 1)
		warnx("%zu recordings have no end: they were cut, or go on", n);
	else if (n && r->runs.names.list[last].len)
		warnx("the recording of %.*s has no end: it was cut, or goes on",
		    (int)r->runs.names.list[last].len,
		    r->runs.names.list[last].p);
	else if (n)
		warnx("the recording has no end: it was cut, or goes on");
}

bool
reader_close(struct reader *r, int last)
{
	bool bad;

	if (last < 0)
		err(exit_failure, "%s", r->in.name);
	bad = r->in.nbad > 0;
	linebuf_close(&r->in);
	if (r->finished)
		warn_of_ends(r);
	bare_free(&r->bare);
	runs_free(&r->runs);
	free(r->all);
	free(r->first.p);
	return bad;
}
