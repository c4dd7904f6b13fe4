/* traceplace - which process and thread of a Chrome trace a process is on */
#ifndef TRACEPLACE_H
#define TRACEPLACE_H

#include "analysis/tracks.h"

/* the process of the trace: one for each recording in the stream */
static inline uint32_t
traceplace_pid(const struct forest_run *run)
{
	return run->number + 1;
}

/* its thread, which is the track; 0 is that of all */
static inline size_t
traceplace_tid(const struct tracks *t, const struct process *p)
{
	return t->of[p->id] + 1;
}

#endif
