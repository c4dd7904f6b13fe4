/* pace - how often bpftrace is read, and how often it is woken to be
 *
 * A tracer that is not read comes to rest: it does not wake for every event,
 * which costs the traced processes more than all the rest. So it is read in
 * bursts, unless marks are waited for; while there are many events, it is woken
 * seldom besides (wakeups.h). Linux only. */
#ifndef PACE_H
#define PACE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "capture/recorder.h"

struct wakeups;

/* all zero but for recorder */
struct pace {
	struct recorder *recorder;	/* the caller's */
	struct wakeups *wakeups;	/* NULL: as bpftrace has them */
	uint64_t read_at;	/* when to read again; 0: now */
	bool flushed;		/* bpftrace's own buffer, since it was read last */
	bool seldom;		/* bpftrace is woken, but for catching up */
	uint64_t nread;		/* events up to the last nap */
	uint64_t caught_up;	/* when bpftrace had read all, the last time */
};

/* The probes of bpftrace are attached. 0: its PID is not known, and it is woken
 * with each line. */
void pace_begin(struct pace *, pid_t bpftrace);

/* Asks for all that has been printed up to now, and does not wait for it: it is
 * there when no mark is waited for any more (recorder_await()). */
void pace_catch_up(struct pace *);

/* It is to be read now. */
bool pace_is_reading(const struct pace *);
/* Something was read. */
void pace_read(struct pace *);

/* Nothing came for a while: enough for now. What has been printed since, and
 * still sits in bpftrace's buffer, comes with the next burst. room: what it
 * prints can be taken; else it is left alone. */
void pace_nap(struct pace *, bool room);

/* At this time a nap may be over. How long to wait for output until one begins,
 * in ms; -1: until read_at. */
int pace_wait(struct pace *, uint64_t now);

void pace_free(struct pace *);

#endif
