#include "proc/procfs.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

enum { PATH_SIZE = 64, READ_SIZE = 4096 };

static bool
read_head(struct buf *b, size_t max, const char *path)
{
	size_t size;
	ssize_t n;
	int fd;

	b->len = 0;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	do {
		size = max - b->len < READ_SIZE ? max - b->len : READ_SIZE;
		buf_reserve(b, READ_SIZE);
		n = read(fd, b->p + b->len, size);
		if (n > 0)
			b->len += (size_t)n;
	} while (n > 0 || (n < 0 && errno == EINTR));
	close(fd);
	buf_addc(b, '\0');
	b->len--;
	return b->len > 0;
}

bool
procfs_read_file(struct buf *b, const char *path)
{
	return read_head(b, SIZE_MAX, path);
}

bool
procfs_read_head(struct buf *b, size_t max, int32_t pid, const char *name)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof path, "/proc/%" PRId32 "/%s", pid, name);
	return read_head(b, max, path);
}

bool
procfs_read(struct buf *b, int32_t pid, const char *name, ...)
{
	char path[PATH_SIZE];
	va_list ap;
	int len;

	len = snprintf(path, sizeof path, "/proc/%" PRId32 "/", pid);
	va_start(ap, name);
	vsnprintf(path + len, sizeof path - (size_t)len, name, ap);
	va_end(ap);
	return procfs_read_file(b, path);
}
