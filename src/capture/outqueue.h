/* outqueue - bytes for standard output, written when somebody takes them
 *
 * It is for a program that must go on while its reader stands still. */
#ifndef OUTQUEUE_H
#define OUTQUEUE_H

#include "base/buf.h"

/* all zero is empty */
struct outqueue {
	struct buf bytes;	/* to be added to */
	size_t written;		/* of these */
	int error;		/* of write(2); what comes after it is dropped */
};

/* There is something to write. */
#define OUTQUEUE_WAITS(b) ((b)->bytes.len > 0)

/* Writes what goes without waiting; to be called when poll(2) says POLLOUT,
 * which promises room for PIPE_BUF bytes in a pipe. */
void outqueue_write(struct outqueue *);

/* Writes all of it, waiting for the reader; or until a signal comes (signals.h)
 * that ends a program and the reader does not take it: that signal, or else 0. */
int outqueue_finish(struct outqueue *, int signals);

#endif
