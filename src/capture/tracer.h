/* tracer - bpftrace running our script: how it is started, heard and ended
 *
 * Linux only. */
#ifndef TRACER_H
#define TRACER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "capture/launch.h"

struct tracer {
	pid_t pid;	/* of bpftrace, if it is our child, or 0 */
	int out, err;	/* its standard output (-1: it was not started) and
			 * standard error, which ends when it has; -1: closed */
	struct buf said;	/* what it has said on stderr */
	int status;	/* as wait(2) has it, once it is gone */
	unsigned cookie;	/* its owner's */
	int ended_by;	/* this signal, before it was started; 0: none */
};

/* Starts bpftrace, through sudo when this is not root: sudo may ask for a
 * password on the terminal first. It is in a process group of its own, so a
 * ^C does not reach it, and ends when nobody reads its output any more, or with
 * its owner. False after a message that names the cure, or if one of the
 * signals (signals.h) came first that end a program. */
bool tracer_start(struct tracer *, const struct launch_options *, int signals);

/* Takes what it says on stderr: 0 at its end. Printed at once if debug. */
ssize_t tracer_listen(struct tracer *, bool debug);

/* A child has ended: true if that is bpftrace. Others may still have its
 * descriptors. */
bool tracer_has_ended(struct tracer *);

/* It has ended before it should, because the part of the kernel's types that it
 * was given was perhaps not enough: another one is given none. */
bool tracer_drops_types(struct tracer *);

/* Says on stderr why it ended before it should, or is stuck, and what can be
 * done; in one line, if it was at work already. */
void tracer_explain(struct tracer *, bool stuck, bool at_work);

/* Ends it, but does not wait until it has ended: the kernel detaches its probes
 * one after the other, which takes most of a second and adds nothing. Whoever
 * may not kill it stops reading it; if that tells it nothing, the end of this
 * process does (proctrace.bt, @owner). Nothing if it was not started. */
void tracer_stop(struct tracer *);

#endif
