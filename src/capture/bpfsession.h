/* bpfsession - a recording by bpftrace, from its first mark to its last line
 *
 * Starts the command when all probes are attached, takes what bpftrace prints
 * while it runs, and ends with it or with its last descendant. Linux only. */
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

/* Waits for the end of bpftrace, which takes a second. */
void bpfsession_free(struct bpfsession *);

#endif
