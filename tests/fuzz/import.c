/* lines of other formats (the first byte says which): what comes of them are
 * events */
#include "import/import.h"

#include "fuzz.h"

struct log {
	const struct import_format *format;
	void *log;
	struct buf events;
};

static void
take(void *arg, const char *line, size_t len)
{
	struct log *to = arg;

	to->format->matches(line, len);
	to->events.len = 0;
	to->format->push(to->log, line, len, &to->events);
	fuzz_are_events(to->events.p, to->events.len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct import_format *const formats[] = {
		&import_jsonl, &import_proctrace, &import_strace,
	};
	struct log to = { 0 };

	if (!size)
		return 0;
	to.format = formats[data[0] == '{' ? 0 :
	    data[0] >= 'A' && data[0] <= 'Z' ? 1 : 2];
	to.log = to.format->open();
	fuzz_lines(data, size, take, &to);
	to.events.len = 0;
	to.format->close(to.log, &to.events);
	fuzz_are_events(to.events.p, to.events.len);
	free(to.events.p);
	return 0;
}
