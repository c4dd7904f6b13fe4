#include "event/runs.h"

#include <string.h>

#include "base/slice.h"
#include "base/text.h"

static bool
same(struct slice a, struct slice b)
{
	return a.len == b.len && (!a.len || !memcmp(a.p, b.p, a.len));
}

size_t
runs_number(struct runs *r, const struct event *ev)
{
	struct slice name = { "", 0 };

	if (ev->has & HAS_RUN)
		event_get(ev, "run", &name);
	if (!r->names.n || !same(name, r->last)) {
		r->last_number = strings_add(&r->names, name.p, name.len);
		r->last = r->names.list[r->last_number];
	}
	return r->last_number;
}

void
runs_free(struct runs *r)
{
	strings_free(&r->names);
	*r = (struct runs){ 0 };
}

void
runs_identify(struct runs_id *id, const struct event *trace)
{
	*id = (struct runs_id){ 0 };
	event_get(trace, "host", &id->host);
	event_get(trace, "run", &id->run);
	event_get_number(trace, "start", &id->start);
}

bool
runs_same(const struct runs_id *a, const struct runs_id *b)
{
	return a->start == b->start && same(a->host, b->host) &&
	    same(a->run, b->run);
}

void
runs_name(const struct runs_id *id, struct buf *b)
{
	buf_add(b, id->host.p ? id->host.p : "", id->host.len);
	buf_addc(b, '@');
	buf_addu(b, id->start);
}

static void
add_field(struct buf *b, const char *key, struct slice val)
{
	buf_addc(b, '\t');
	buf_adds(b, key);
	buf_addc(b, '=');
	buf_add(b, val.p, val.len);
}

void
runs_mark(struct buf *b, const struct event *ev, struct slice name,
    uint64_t shift, uint64_t start)
{
	const char *iter = event_fields(ev), *end = ev->line.p + ev->line.len;
	bool trace = ev->kind == EVENT_TRACE;
	struct slice key, val;
	uint64_t ns;

	buf_add(b, ev->line.p, ev->kind_len);
	while (event_next_field(ev, &iter, &key, &val)) {
		if (trace && slice_is(key, "cpus"))
			continue;
		if (trace && slice_is(key, "start")) {
			event_add_number(b, "start", start);
		} else if ((slice_is(key, "ts") || slice_is(key, "since")) &&
		    text_number(val.p, val.len, INT64_MAX, &ns)) {
			event_add_number(b, slice_is(key, "ts") ? "ts" :
			    "since", ns + shift);
		} else {
			buf_addc(b, '\t');
			buf_add(b, key.p, (size_t)(val.p + val.len - key.p));
		}
	}
	if (!(ev->has & HAS_RUN))
		add_field(b, "run", name);
	if (iter < end) {
		buf_addc(b, '\t');
		buf_add(b, iter, (size_t)(end - iter));
	}
}
