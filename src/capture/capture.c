#include "capture/capture.h"

#include <inttypes.h>

#include "base/clock.h"
#include "cli/progress.h"

enum { AGAIN_MS = 300 };

void
capture_begin(struct capture *c)
{
	c->began = clock_ns();
	if (c->progress)
		c->progress_at = c->began + (uint64_t)AGAIN_MS * 1000000;
}

void
capture_tell(struct capture *c, const struct capture_state *state)
{
	uint64_t now = clock_ns();

	if (!c->progress_at || now < c->progress_at)
		return;
	progress_show("%" PRIu64 " events, %" PRIu64 " processes, %zu running, %"
	    PRIu64 " lost, %" PRIu64 " s", state->events, state->forks,
	    state->running, state->lost, (now - c->began) / 1000000000);
	c->progress_at = now + (uint64_t)AGAIN_MS * 1000000;
}
