/* a recording through pt-redact: events remain events of their kind */
#include "secret/redact.h"

#include "event/reader.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader in = { 0 };
	struct redact r = { 0 };
	struct event ev, again;
	enum event_kind kind;
	struct buf b = { 0 };
	size_t i;
	int got;

	reader_open(&in, fuzz_files(data, size));
	while ((got = reader_next(&in, &ev)) > 0) {
		kind = ev.kind;
		if (!redact_event(&r, &ev))
			continue;
		must(ev.kind == kind);
		must(!event_parse(&again, ev.line.p, ev.line.len));
		for (i = 0; i < r.found.n; i++)
			redact_show(&r, i, &b);
	}
	reader_close(&in, got);
	redact_free(&r);
	free(b.p);
	return 0;
}
