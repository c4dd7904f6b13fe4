#include "capture/pace.h"

#include "base/clock.h"
#include "capture/marks.h"
#include "capture/wakeups.h"

enum {
	QUIET_MS = 2,		/* without output: it was drained */
	NAP_MS = 200,		/* until it is read again */
	BUSY_EVENTS = 100,	/* from one nap to the next: this is many */
	CATCH_UP_MS = 1000,	/* until a CPU that has few of them is heard of */
	MS = 1000000,
};

void
pace_begin(struct pace *p, pid_t bpftrace)
{
	if (bpftrace)
		p->wakeups = wakeups_new(bpftrace);
}

void
pace_catch_up(struct pace *p)
{
	wakeups_set(p->wakeups, true);
	recorder_await(p->recorder);
	p->caught_up = clock_ns();
}

static bool
is_hurried(const struct pace *p)
{
	return p->recorder->cookie != 0;
}

bool
pace_is_reading(const struct pace *p)
{
	return is_hurried(p) || !p->read_at;
}

void
pace_read(struct pace *p)
{
	p->flushed = false;
}

/* What a CPU has that has few events, or no more, must not wait for others. */
static void
set_wakeups(struct pace *p)
{
	bool busy = p->recorder->nevents - p->nread >= BUSY_EVENTS;
	bool late = clock_ns() - p->caught_up >= (uint64_t)CATCH_UP_MS * MS;

	if (p->seldom && (late || !busy))
		pace_catch_up(p);
	else
		wakeups_set(p->wakeups, !busy);
	p->seldom = busy && p->wakeups;
	p->nread = p->recorder->nevents;
}

void
pace_nap(struct pace *p, bool room)
{
	if (is_hurried(p) || p->read_at)
		return;
	if (room) {
		set_wakeups(p);
		if (!p->flushed)
			marks_flush(p->recorder->owner);
		p->flushed = true;
	}
	p->read_at = clock_ns() + (uint64_t)NAP_MS * MS;
}

int
pace_wait(struct pace *p, uint64_t now)
{
	if (p->read_at && now >= p->read_at)
		p->read_at = 0;
	return p->read_at ? -1 : QUIET_MS;
}

void
pace_free(struct pace *p)
{
	wakeups_free(p->wakeups);
}
