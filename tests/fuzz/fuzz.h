/* fuzz - what the fuzz targets share */
#ifndef FUZZ_H
#define FUZZ_H

#include <sys/mman.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "event/event.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* what must be true of every input */
static inline void
must(bool it)
{
	if (!it)
		abort();
}

/* A list of files for linebuf_open() of which one has these bytes; the same
 * at each call. */
static inline char **
fuzz_files(const uint8_t *data, size_t size)
{
	static char path[32], *files[] = { path, NULL };
	static int fd = -1;

	if (fd < 0) {
		fd = memfd_create("fuzz", 0);
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	}
	must(fd >= 0 && ftruncate(fd, 0) == 0 &&
	    pwrite(fd, data, size, 0) == (ssize_t)size);
	return files;
}

/* Calls take() with each whole line of the input, without its newline, in
 * memory of its own, so that a step behind it is seen. */
static inline void
fuzz_lines(const uint8_t *data, size_t size,
    void (*take)(void *, const char *, size_t), void *arg)
{
	const uint8_t *end = data + size, *nl;
	char *line;
	size_t len;

	while (data < end && (nl = memchr(data, '\n', (size_t)(end - data)))) {
		len = (size_t)(nl - data);
		line = malloc(len + !len);
		must(line);
		memcpy(line, data, len);
		take(arg, line, len);
		free(line);
		data = nl + 1;
	}
}

/* The bytes are whole lines, each of them an event. */
static inline void
fuzz_are_events(const char *p, size_t len)
{
	const char *end, *nl;
	struct event ev;

	if (!len)
		return;
	for (end = p + len; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		must(nl != NULL);
		must(!event_parse(&ev, p, (size_t)(nl - p)));
	}
}

#endif
