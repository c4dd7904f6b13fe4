#ifdef __linux__
#define _GNU_SOURCE	/* O_TMPFILE */
#endif
#include "sort/spill.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

enum { READ_MAX = 256 * 1024, WRITE_SIZE = 64 * 1024 };

/* stands before each line */
struct head {
	uint64_t ts;
	uint64_t len;
};

/* a run being read */
struct spill_source {
	int fd;
	off_t pos, end;		/* what is not in buf yet */
	char *buf;
	size_t at, len, size;	/* of buf: the next byte, filled, all */
	struct head head;
};

static int
unnamed_file(const char *dir)
{
	static const char template[] = "/pt-sort.XXXXXX";
	struct buf path = { 0 };
	sigset_t all, old;
	int fd;

#ifdef O_TMPFILE
	fd = open(dir, O_TMPFILE | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
		return fd;
	/* the file system, or the kernel, cannot do that */
#endif
	buf_adds(&path, dir);
	buf_add(&path, template, sizeof template);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	fd = mkstemp(path.p);
	if (fd >= 0)
		unlink(path.p);
	sigprocmask(SIG_SETMASK, &old, NULL);
	free(path.p);
	return fd;
}

int
spill_open(struct spill *r, const char *dir)
{
	int fd = unnamed_file(dir);

	if (fd < 0 || !(r->fp = fdopen(fd, "w+")))
		return -1;
	r->buf = xmalloc(WRITE_SIZE);
	setvbuf(r->fp, r->buf, _IOFBF, WRITE_SIZE);
	flockfile(r->fp);	/* once, and not in each fwrite() */
	return 0;
}

void
spill_close(struct spill *r)
{
	if (r->fp) {
		funlockfile(r->fp);
		fclose(r->fp);
	}
	free(r->buf);
	free(r->runs);
	free(r->sources);
	merge_free(&r->merge);
	*r = (struct spill){ 0 };
}

/* begins a line, whose bytes are to be written behind it */
static int
add_head(struct spill *r, struct head head)
{
	struct run *run = r->n > 0 ? &r->runs[r->n - 1] : NULL;
	off_t end = run ? run->end : 0;

	if (!run || head.ts < run->last) {
		r->runs = grow(r->runs, r->n, &r->cap, sizeof *r->runs);
		run = &r->runs[r->n++];
		run->start = end;
	}
	run->last = head.ts;
	run->end = end + (off_t)(sizeof head + head.len);
	return fwrite(&head, sizeof head, 1, r->fp) == 1 ? 0 : -1;
}

int
spill_add(struct spill *r, uint64_t ts, const char *line, size_t len)
{
	if (add_head(r, (struct head){ ts, len }) < 0)
		return -1;
	return fwrite(line, 1, len, r->fp) == len ? 0 : -1;
}

/* The next bytes of the run: how many of the n that are wanted, at buf + at,
 * or 0 with errno set. */
static size_t
available(struct spill_source *src, size_t n)
{
	size_t want;
	ssize_t got;

	if (src->at == src->len) {
		want = (off_t)src->size < src->end - src->pos ? src->size :
		    (size_t)(src->end - src->pos);
		do
			got = pread(src->fd, src->buf, want, src->pos);
		while (got < 0 && errno == EINTR);
		if (got == 0)
			errno = EIO;	/* somebody made it shorter */
		if (got <= 0)
			return 0;
		src->pos += got;
		src->at = 0;
		src->len = (size_t)got;
	}
	return n < src->len - src->at ? n : src->len - src->at;
}

/* 1: the next line's head is in src->head; 0: the run has ended; -1: errno */
static int
next_head(struct spill_source *src)
{
	char *to = (char *)&src->head;
	size_t left = sizeof src->head, n;

	if (src->at == src->len && src->pos == src->end)
		return 0;
	for (; left > 0; left -= n) {
		if (!(n = available(src, left)))
			return -1;
		memcpy(to, src->buf + src->at, n);
		src->at += n;
		to += n;
	}
	return 1;
}

/* the bytes behind the head */
static int
copy_line(struct spill_source *src, FILE *fp)
{
	size_t left = (size_t)src->head.len, n;

	for (; left > 0 && !ferror(fp); left -= n) {
		if (!(n = available(src, left)))
			return -1;
		fwrite(src->buf + src->at, 1, n, fp);
		src->at += n;
	}
	return 0;
}

/* makes sources of n runs */
static int
open_sources(struct spill *r, size_t first, size_t n, void *memory, size_t size)
{
	size_t i;
	int got;

	size /= n;
	if (size > READ_MAX)
		size = READ_MAX;
	r->sources = xreallocarray(r->sources, n, sizeof *r->sources);
	for (i = 0; i < n; i++) {
		r->sources[i] = (struct spill_source){
			.fd = fileno(r->fp), .pos = r->runs[first + i].start,
			.end = r->runs[first + i].end,
			.buf = (char *)memory + i * size, .size = size,
		};
		got = next_head(&r->sources[i]);
		if (got < 0)
			return -1;
		if (got > 0)
			merge_add(&r->merge, r->sources[i].head.ts, i);
	}
	return 0;
}

/* merges the sources: only the lines, or, into other runs, with their heads */
static int
merge_sources(struct spill *r, struct spill *to, FILE *fp)
{
	struct spill_source *src;
	int got;

	while (r->merge.n > 0 && !ferror(fp)) {
		src = &r->sources[r->merge.heads[0].source];
		if (to && add_head(to, src->head) < 0)
			return -1;
		if (copy_line(src, fp) < 0)
			return -1;
		got = next_head(src);
		if (got < 0)
			return -1;
		if (got > 0)
			merge_next(&r->merge, src->head.ts);
		else
			merge_end(&r->merge);
	}
	return 0;
}

int
spill_write(struct spill *r, void *memory, size_t size, FILE *fp)
{
	if (fflush(r->fp) == EOF ||
	    open_sources(r, 0, r->n, memory, size) < 0)
		return -1;
	return merge_sources(r, NULL, fp);
}

int
spill_pass(struct spill *from, struct spill *to, void *memory, size_t size)
{
	size_t most = size / SPILL_BUFFER_MIN, i, n;

	if (fflush(from->fp) == EOF)
		return -1;
	for (i = 0; i < from->n; i += n) {
		n = from->n - i < most ? from->n - i : most;
		if (open_sources(from, i, n, memory, size) < 0 ||
		    merge_sources(from, to, to->fp) < 0 || ferror(to->fp))
			return -1;
	}
	return 0;
}
