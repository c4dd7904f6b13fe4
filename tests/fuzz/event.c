/* a line: what parses survives writing in canonical form and parsing again */
#include "fuzz.h"

static struct buf text;

static void
rewrite(struct buf *to, const struct event *ev)
{
	const char *iter = event_fields(ev), *tab;
	struct slice key, val, args, arg;
	char *name;
	bool first = true;

	tab = memchr(ev->line.p, '\t', ev->line.len);
	must(tab != NULL);
	name = xmemdup(ev->line.p, (size_t)(tab - ev->line.p));
	event_begin(to, name);
	free(name);
	while (event_next_field(ev, &iter, &key, &val)) {
		name = xmemdup(key.p, key.len);
		text.len = 0;
		text_unescape(&text, val.p, val.len);
		event_add(to, name, text.p, text.len);
		free(name);
	}
	if (!event_argv(ev, &args)) {
		must(iter == ev->line.p + ev->line.len);
		return;
	}
	event_add_argv(to);
	for (; event_next_arg(&args, &arg); first = false) {
		text.len = 0;
		text_unescape(&text, arg.p, arg.len);
		event_add_arg(to, first, text.p, text.len);
	}
	must(!first);
}

static void
take(void *arg, const char *line, size_t len)
{
	static struct buf once, twice;
	struct event ev, again;
	struct slice val;
	uint64_t n;
	int has_ts;

	(void)arg;
	has_ts = event_line_ts(line, len, &n);
	if (event_parse(&ev, line, len))
		return;
	must(ev.line.p == line && ev.line.len == len);
	must(has_ts == !!(ev.has & HAS_TS) && (!has_ts || n == ev.ts));
	must(event_get(&ev, "pid", &val) == !!(ev.has & HAS_PID));
	must(!event_get(&ev, "argv", &val));

	once.len = twice.len = 0;
	rewrite(&once, &ev);
	must(!event_parse(&again, once.p, once.len));
	must(ev.kind == again.kind && ev.has == again.has && ev.ts == again.ts &&
	    ev.pid == again.pid && ev.ppid == again.ppid &&
	    ev.pgid == again.pgid && ev.sid == again.sid &&
	    ev.cpu == again.cpu && ev.seq == again.seq);
	rewrite(&twice, &again);
	must(once.len == twice.len && !memcmp(once.p, twice.p, once.len));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_lines(data, size, take, NULL);
	return 0;
}
