#define _GNU_SOURCE
#include "capture/said.h"

#include <err.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/slice.h"
#include "base/stringtable.h"
#include "base/text.h"

enum {
	LINES_SHOWN = 10,
	SILENT_MS = 500,
	HEARD_MS = 1000,
	SAID_MAX = 64 * 1024,
};

/* but for its newlines */
static void
print_visible(const char *p, size_t len)
{
	const char *end = p + len, *nl;
	struct buf b = { 0 };

	for (; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		text_visible(&b, p, (size_t)((nl ? nl : end) - p));
		if (!nl)
			break;
		buf_addc(&b, '\n');
	}
	fwrite(b.p, 1, b.len, stderr);
	free(b.p);
}

ssize_t
said_listen(struct buf *said, int fd, bool debug)
{
	char chunk[4096];
	ssize_t n;

	do
		n = read(fd, chunk, sizeof chunk);
	while (n < 0 && errno == EINTR);
	if (n <= 0)
		return n;
	if (debug)
		print_visible(chunk, (size_t)n);
	if (said->len < SAID_MAX)
		buf_add(said, chunk, (size_t)n);
	return n;
}

void
said_hear_out(struct buf *said, int fd)
{
	struct pollfd from = { .fd = fd, .events = POLLIN };
	uint64_t until = clock_ns() + (uint64_t)HEARD_MS * 1000000;

	while (clock_ns() < until && poll(&from, 1, SILENT_MS) > 0 &&
	    said_listen(said, fd, false) > 0)
		;
}

bool
said_has(const struct buf *said, const char *words)
{
	return slice_has((struct slice){ said->p, said->len }, words);
}

/* said on each start, and harmless */
static bool
is_noise(struct slice line)
{
	return slice_has(line, "RLIMIT_MEMLOCK");
}

/* how often each line was said, by its number in lines */
static size_t *
count_lines(const struct buf *said, struct strings *lines)
{
	const char *p, *end = said->p + said->len, *nl;
	bool errors = said_has(said, "ERROR: ");
	size_t *times = NULL, cap = 0, n, i;
	struct slice line;

	for (p = said->p; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (!nl)
			nl = end;
		line = (struct slice){ p, (size_t)(nl - p) };
		if (is_noise(line) || (errors && !slice_has(line, "ERROR: ")))
			continue;
		n = lines->n;
		i = strings_add(lines, line.p, line.len);
		if (i == n) {
			times = grow(times, n, &cap, sizeof *times);
			times[n] = 0;
		}
		times[i]++;
	}
	return times;
}

void
said_print(const struct buf *said)
{
	struct strings lines = { 0 };
	size_t *times = count_lines(said, &lines), i;

	for (i = 0; i < lines.n && i < LINES_SHOWN; i++) {
		print_visible(lines.list[i].p, lines.list[i].len);
		if (times[i] > 1)
			fprintf(stderr, " (%zu times)", times[i]);
		putc('\n', stderr);
	}
	if (lines.n > LINES_SHOWN)
		warnx("and %zu lines more, see --debug", lines.n - LINES_SHOWN);
	strings_free(&lines);
	free(times);
}
