/* a file: every line of it is an event, or folded, or counted as bad */
#include "event/reader.h"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader r = { 0 };
	struct event ev, again;
	int got;

	reader_open(&r, fuzz_files(data, size));
	while ((got = reader_next(&r, &ev)) > 0)
		must(!event_parse(&again, ev.line.p, ev.line.len));
	must(got == 0);
	must(!size || r.in.lineno > 0 || r.in.nbad > 0);
	if (size && data[size - 1] != '\n')
		must(r.in.nbad > 0);
	reader_close(&r, got);
	return 0;
}
