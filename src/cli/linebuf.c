#include "cli/linebuf.h"

#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/progress.h"

enum { READ_SIZE = 128 * 1024, SHOWN = 10 };

static char *const standard_input[] = { (char[]){ "-" }, NULL };

void
linebuf_open(struct linebuf *in, char *const files[])
{
	in->files = *files ? files : standard_input;
	in->fd = -1;
}

static int
open_next(struct linebuf *in)
{
	const char *file = *in->files;
	struct stat st;

	/* whatever bytes are in it: it goes to a terminal */
	in->shown.len = 0;
	text_visible(&in->shown, file, strlen(file));
	buf_addc(&in->shown, '\0');
	in->name = in->shown.p;
	in->lineno = 0;
	in->eof = false;
	if (strcmp(file, "-")) {
		in->fd = open(file, O_RDONLY | O_CLOEXEC);
	} else {
		in->name = "<stdin>";
		in->fd = STDIN_FILENO;
	}
	in->done = 0;
	if (in->fd < 0)
		return -1;
	in->size = !fstat(in->fd, &st) && S_ISREG(st.st_mode) ? st.st_size : 0;
	return in->fd;
}

static int
close_current(struct linebuf *in)
{
	int fd = in->fd;

	progress_clear();
	in->fd = -1;
	in->files++;
	return fd == STDIN_FILENO ? 0 : close(fd);
}

/* reads more behind what is there: -1 as read(2) */
static int
fill(struct linebuf *in)
{
	struct pollfd ready = { .fd = in->fd, .events = POLLIN };
	ssize_t n;

	if (in->pos) {
		in->buf.len -= in->pos;
		memmove(in->buf.p, in->buf.p + in->pos, in->buf.len);
		in->pos = 0;
	}
	buf_reserve(&in->buf, READ_SIZE);
	if (poll(&ready, 1, 0) == 0)
		fflush(stdout);
	do
		n = read(in->fd, in->buf.p + in->buf.len, in->buf.cap - in->buf.len);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -1;
	in->buf.len += (size_t)n;
	in->done += n;
	if (in->size)
		progress_read(in->done, in->size);
	in->eof = n == 0;
	return 0;
}

/* The current file, of which no line was read yet, is compressed (RFC 1952). */
static bool
is_gzip(const struct linebuf *in)
{
	return !in->lineno && in->buf.len - in->pos >= 2 &&
	    !memcmp(in->buf.p + in->pos, "\x1f\x8b", 2);
}

int
linebuf_next(struct linebuf *in)
{
	size_t seen;
	char *nl;

	for (;;) {
		if (in->fd < 0) {
			if (!*in->files)
				return 0;
			if (open_next(in) < 0)
				return -1;
		}
		for (seen = in->pos;; ) {
			nl = in->buf.len > seen ? memchr(in->buf.p + seen, '\n',
			    in->buf.len - seen) : NULL;
			if (nl || in->eof)
				break;
			seen = in->buf.len - in->pos;
			if (fill(in) < 0)
				return -1;
		}
		if (is_gzip(in)) {
			in->lineno = 1;
			linebuf_bad(in, "compressed, not used: gzip -dc %s | ...",
			    in->name);
			in->pos = in->buf.len;
			nl = NULL;
		}
		if (nl) {
			in->line = in->buf.p + in->pos;
			in->len = (size_t)(nl - in->line);
			in->pos += in->len + 1;
			in->lineno++;
			return 1;
		}
		if (in->pos < in->buf.len) {
			in->lineno++;
			in->pos = in->buf.len;
			linebuf_bad(in, "cut record at the end (no newline), not used");
		}
		if (close_current(in) < 0)
			return -1;
	}
}

void
linebuf_bad(struct linebuf *in, const char *fmt, ...)
{
	char reason[256];
	va_list ap;

	if (in->nbad++ >= SHOWN)
		return;
	va_start(ap, fmt);
	vsnprintf(reason, sizeof reason, fmt, ap);
	va_end(ap);
	progress_clear();
	warnx("%s:%zu: %s", in->name, in->lineno, reason);
}

void
linebuf_close(struct linebuf *in)
{
	if (in->nbad > SHOWN)
		warnx("%zu more bad lines, %zu in all", in->nbad - SHOWN, in->nbad);
	free(in->buf.p);
	free(in->shown.p);
	in->buf = in->shown = (struct buf){ 0 };
}
