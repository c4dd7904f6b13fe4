#include "capture/samples.h"

#include "base/clock.h"
#include "proc/machine.h"

enum { SECOND = 1000000000 };

void
samples_begin(struct samples *s)
{
	s->machine = machine_new();
	s->due = clock_ns();
}

void
samples_heard(struct samples *s, uint64_t ts, uint64_t at)
{
	if (at >= ts && (!s->known || at - ts < s->behind)) {
		s->behind = at - ts;
		s->known = true;
	}
}

uint64_t
samples_due(const struct samples *s)
{
	return s->known ? s->due : 0;
}

void
samples_take(struct samples *s, struct buf *out)
{
	uint64_t now = clock_ns();

	if (!samples_due(s) || now < s->due)
		return;
	s->last = now - s->behind;
	machine_add(s->machine, out, s->last);
	s->due = now + SECOND;
}

uint64_t
samples_end(struct samples *s, struct buf *out, uint64_t ts)
{
	if (ts < s->last)
		ts = s->last;
	if (s->due)
		machine_add(s->machine, out, ts);
	s->due = 0;
	return ts;
}

void
samples_free(struct samples *s)
{
	machine_free(s->machine);
}
