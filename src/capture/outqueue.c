#include "capture/outqueue.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

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
	}
	b->written += (size_t)n;
	if (b->written == b->bytes.len)
		b->bytes.len = b->written = 0;
}

void
outqueue_finish(struct outqueue *b)
{
	while (OUTQUEUE_WAITS(b))
		outqueue_write(b);
}
