/* tracer - bpftrace running our script, and the marks that tell how far it is
 *
 * A mark is a call that fails without effect, setpgid() of a PID beyond all
 * PIDs, which the script prints as a line: "mark ts= pid= cpu= cookie=". Seen
 * in its output, a mark says that every probe is attached, and that all lines
 * that CPU had before it have been read. Linux only. */
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

/* A number for marks that no other capture uses now, whose low TRACER_BITS are
 * 0: the numbers that differ from it in these are its owner's as well, but for
 * the last of them, which is the flush's. */
enum { TRACER_BITS = 12, TRACER_IDLE = (1 << TRACER_BITS) - 1 };
unsigned tracer_cookie(void);

/* Marks the CPU on which this runs. */
void tracer_mark(unsigned cookie);

/* A process whose descendants are to be recorded as well, in the recording of
 * a tree; only after the first mark was seen, and only by the owner. */
void tracer_follow(int32_t pid);

/* Makes it write out what it has printed: marks that mean nothing, as many as
 * its buffer has room for. The cookie is any of its owner's. */
void tracer_flush(unsigned cookie);

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
