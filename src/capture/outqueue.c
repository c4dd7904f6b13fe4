#define _GNU_SOURCE	/* memrchr() */
#include "capture/outqueue.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "capture/signals.h"

/* These bytes have been written. */
static void
count(struct outqueue *b, const char *p, size_t len)
{
	const char *nl = len > OUTQUEUE_SPARE ?
	    memrchr(p, '\n', len - OUTQUEUE_SPARE) : NULL;

	if (nl)
		b->whole = b->total + (uint64_t)(nl + 1 - p);
	b->total += len;
}

void
outqueue_write(struct outqueue *b)
{
	size_t len = b->bytes.len - b->written;
	ssize_t n;

	n = write(STDOUT_FILENO, b->bytes.p + b->written,
	    len < PIPE_BUF ? len : PIPE_BUF);
	if (n < 0) {
		if (errno == EINTR || errno == EAGAIN)
			return;
		b->error = errno;
		n = (ssize_t)len;
	} else {
		count(b, b->bytes.p + b->written, (size_t)n);
	}
	b->written += (size_t)n;
	if (b->written == b->bytes.len)
		b->bytes.len = b->written = 0;
}

int
outqueue_finish(struct outqueue *b, int signals)
{
	struct pollfd fds[] = {
		{ .fd = STDOUT_FILENO, .events = POLLOUT },
		{ .fd = signals, .events = POLLIN },
	};
	int ended_by = 0;

	while (OUTQUEUE_WAITS(b) && !ended_by) {
		if (poll(fds, 2, -1) < 0)
			continue;
		if (fds[0].revents)
			outqueue_write(b);
		else
			ended_by = signals_ending(signals);
	}
	return ended_by;
}

void
outqueue_put_end(const struct outqueue *b, const char *p, size_t len)
{
	const off_t end = (off_t)b->whole;

	if (b->whole && ftruncate(STDOUT_FILENO, end) == 0)
		(void)!pwrite(STDOUT_FILENO, p, len, end);
}
