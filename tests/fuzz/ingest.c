/* a recording through pt-ingest, all but its options and its end */
int ingest_main(int, char *[]);
#define main ingest_main
#include "../../src/pt-ingest.c"
#undef main

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ingest in = { 0 };
	struct timeline *events = timeline_open(fuzz_files(data, size));
	struct event ev, again;
	uint64_t last = 0;
	int got;

	while ((got = timeline_next(events, &ev)) > 0) {
		must(!event_parse(&again, ev.line.p, ev.line.len));
		if (ev.has & HAS_TS) {
			must(ev.ts >= last);
			last = ev.ts;
		}
		take(&in, &ev);
	}
	timeline_close(events, got);
	fuzz_are_events(in.trace.p, in.trace.len);
	fuzz_are_events(in.held.p, in.held.len);
	lives_free(&in.root);
	members_free(&in.tree);
	free(in.trace.p);
	free(in.roots.p);
	free(in.held.p);
	return 0;
}
