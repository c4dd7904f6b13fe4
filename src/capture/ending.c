#include "capture/ending.h"

#include "event/event.h"

enum {
	ASKED_MS = 1000,	/* between SIGTERM and SIGKILL */
	KILLED_MS = 100,	/* between one SIGKILL and the next */
	KILLS = 100,
};

enum ending_step
ending_next(struct ending *e, uint64_t now)
{
	const unsigned step = e->steps;

	if (!e->at || now < e->at)
		return ENDING_NOTHING;
	e->steps++;
	e->at = step > KILLS ? 0 :
	    now + (uint64_t)(step ? KILLED_MS : ASKED_MS) * 1000000;
	return !step ? ENDING_ASK : step > KILLS ? ENDING_GIVE_UP : ENDING_KILL;
}

void
ending_add(struct buf *b, uint64_t ts, uint64_t after)
{
	event_begin(b, event_kind_name(EVENT_TIMEOUT));
	event_add_number(b, "ts", ts);
	event_add_number(b, "after", after);
	buf_addc(b, '\n');
}
