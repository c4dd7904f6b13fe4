#include "event/event.h"

#include <inttypes.h>

#include "tap.h"

int
main(void)
{
	static const struct {
		struct slice line;
		int found;
		uint64_t ts;
		const char *name;
	} cases[] = {
		{ S("fork\tts=12\tpid=3"), 1, 12, "first field" },
		{ S("tick\tcpu=0\tts=7"), 1, 7, "last field" },
		{ S("x\tts=0"), 1, 0, "zero" },
		{ S("x\tts=9223372036854775807"), 1, INT64_MAX, "largest" },
		{ S("x\tts=0000000000000000000000009"), 1, 9, "leading zeros" },
		{ S("x\tts=9223372036854775808"), -1, 0, "one too large" },
		{ S("x\tts=18446744073709551617"), -1, 0, "beyond 64 bits" },
		{ S("x\tts="), -1, 0, "empty" },
		{ S("x\tts=-1"), -1, 0, "negative" },
		{ S("x\tts=1 "), -1, 0, "space behind" },
		{ S("x\tts=1\0"), -1, 0, "NUL behind" },
		{ S("x\tts=1a\tts=2"), -1, 0, "the first one counts" },
		{ S("x\targv=a\tts=3"), 0, 0, "an argument is none" },
		{ S("x\tfile=ts=3"), 0, 0, "a value is none" },
		{ S("x\tats=3\tt=1\ts=1\tts\tts3"), 0, 0, "other keys" },
		{ S("ts=3\tpid=1"), 0, 0, "the kind is none" },
		{ S("@seq[0]: 12"), 0, 0, "no TAB" },
		{ S("\t\tts=4"), 1, 4, "no kind, an empty field" },
		{ S("x\tt"), 0, 0, "cut in the key" },
		{ S("x\t"), 0, 0, "TAB at the end" },
		{ S("\0\xff\tts=5\t\0"), 1, 5, "bytes of any value" },
		{ S(""), 0, 0, "empty line" },
	};
	char *copy;
	uint64_t ts;
	size_t i;
	int found;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		/* as long as it is, for AddressSanitizer */
		copy = malloc(cases[i].line.len + 1);
		memcpy(copy + 1, cases[i].line.p, cases[i].line.len);
		ts = 0;
		found = event_line_ts(copy + 1, cases[i].line.len, &ts);
		free(copy);
		if (is_num(ts, cases[i].ts, cases[i].name))
			is_num((unsigned)found, (unsigned)cases[i].found,
			    cases[i].name);
	}
	return done();
}
