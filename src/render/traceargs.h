/* traceargs - what is told of an event in the arguments of trace events
 *
 * Each appends members of an object of JSON that is open, with a comma before
 * them unless they are its first. */
#ifndef TRACEARGS_H
#define TRACEARGS_H

#include <stdint.h>

#include "base/buf.h"
#include "event/event.h"

/* those that are not negative */
void traceargs_ids(struct buf *, int32_t pid, int32_t ppid, int32_t pgid,
    int32_t sid);

/* The fields of the event, but argv, its IDs and what places it in time. */
void traceargs_fields(struct buf *, const struct event *);

/* "argv", if the event has it */
void traceargs_argv(struct buf *, const struct event *);

/* Of the only exec of a process, beside what its exit tells: "argv", and all
 * else in "exec", since its keys can be those of the exit. "ts" there counts
 * from base, in microseconds as all times of a trace. */
void traceargs_exec(struct buf *, const struct event *, uint64_t base);

#endif
