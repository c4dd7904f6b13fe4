/* bpfsession - a recording by bpftrace, from its first mark to its last line
 *
 * It starts the command when all probes are attached, takes what bpftrace prints
 * while that runs, and ends with it or with its last descendant. One module because
 * all that it does when something comes, or a time has come, is decided by the same
 * state: who has ended, what is still to be read, what is to be looked at. Linux
 * only. */
#ifndef BPFSESSION_H
#define BPFSESSION_H

#include <stdbool.h>

#include "capture/capture.h"

struct bpfsession;

/* The capture is the caller's, and is read and written until bpfsession_free(). */
struct bpfsession *bpfsession_new(struct capture *);

/* Makes the recording and returns when all of it is in capture.out. False
 * if nothing was run: a signal came first, which ended_by tells, or bpftrace
 * cannot trace here, after a message. */
bool bpfsession_run(struct bpfsession *);

/* Ends bpftrace, but does not wait until it has ended (tracer_stop()). */
void bpfsession_free(struct bpfsession *);

#endif
