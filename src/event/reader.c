#include "event/reader.h"

#include <err.h>

void
reader_open(struct reader *r, char *const files[])
{
	linebuf_open(&r->in, files);
}

int
reader_next(struct reader *r, struct event *ev)
{
	const char *why;
	int got;

	for (;;) {
		if (bare_take(&r->bare, ev))
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
		if (!why && !(ev->has & HAS_SEQ))
			return 1;
		if (!why)
			why = bare_push(&r->bare, ev);
		if (why)
			linebuf_bad(&r->in, "%s", why);
	}
}

bool
reader_close(struct reader *r, int last)
{
	bool bad;

	if (last < 0)
		err(2, "%s", r->in.name);
	bad = r->in.nbad > 0;
	linebuf_close(&r->in);
	bare_free(&r->bare);
	return bad;
}
