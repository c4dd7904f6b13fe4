/* outqueue - bytes for standard output, written when somebody takes them
 *
 * It is for a program that must go on while its reader stands still. */
#ifndef OUTQUEUE_H
#define OUTQUEUE_H

#include <stdint.h>

#include "base/buf.h"

/* all zero is empty */
struct outqueue {
	struct buf bytes;	/* to be added to */
	size_t written;		/* of these */
	int error;		/* of write(2); what comes after it is dropped */
	uint64_t total;		/* bytes that were ever written */
	uint64_t whole;		/* of these, lines that OUTQUEUE_SPARE bytes follow */
};

enum { OUTQUEUE_SPARE = 128 };

/* There is something to write. */
#define OUTQUEUE_WAITS(b) ((b)->bytes.len > 0)

/* Writes what goes without waiting; to be called when poll(2) says POLLOUT,
 * which promises room for PIPE_BUF bytes in a pipe. */
void outqueue_write(struct outqueue *);

/* Writes all of it, waiting for the reader; or until a signal comes (signals.h)
 * that ends a program and the reader does not take it: that signal, or else 0. */
int outqueue_finish(struct outqueue *, int signals);

/* After an error, when standard output is a file with nothing else in it, which
 * need not have room for more: puts these bytes, OUTQUEUE_SPARE at most, behind
 * the last whole line that leaves room for them. Nothing if there is none. */
void outqueue_put_end(const struct outqueue *, const char *p, size_t len);

#endif
