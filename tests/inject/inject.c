/* inject - for LD_PRELOAD: an allocation fails
 *
 * INJECT=N	the Nth call of malloc, calloc, realloc and their kin fails with
 *		ENOMEM, counted from when the program is loaded
 * INJECT=N+	that one, and all which follow
 * INJECT_HIT	the file which is made when a call fails
 * INJECT_SPARE	a function whose calls, and those below it, neither fail nor count
 *
 * When the program is loaded, it calls getpgid(INJECT_MARK), which strace
 * shows: what is before belongs to the dynamic linker. */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { INJECT_MARK = 1886679653 };

static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static int (*real_posix_memalign)(void **, size_t, size_t);
static void (*real_free)(void *);

/* what is allocated before this library was started: by dlsym(), libstdc++ */
static union {
	char bytes[1024 * 1024];
	max_align_t align;
} early;
static size_t early_used;

static unsigned long fail_at, count;	/* fail_at 0: nothing fails */
static bool fail_on, looking;
static const char *spare;

static bool
is_early(const void *p)
{
	uintptr_t at = (uintptr_t)p, start = (uintptr_t)early.bytes;

	return at >= start && at < start + sizeof early.bytes;
}

static void *
early_calloc(size_t size)
{
	size_t align = sizeof(max_align_t);
	char *p = early.bytes + early_used;

	if (size > sizeof early.bytes / 2)
		_exit(126);
	size = (size + align - 1) / align * align;
	if (size > sizeof early.bytes - early_used)
		_exit(126);
	early_used += size;
	return p;
}

static bool
is_spared(void)
{
	void *callers[64];
	Dl_info info;
	int i, n;
	bool found = false;

	if (!spare)
		return false;
	looking = true;
	n = backtrace(callers, 64);
	for (i = 0; i < n && !found; i++)
		found = dladdr(callers[i], &info) && info.dli_sname &&
		    !strcmp(info.dli_sname, spare);
	looking = false;
	return found;
}

static bool
fails(void)
{
	const char *hit;
	int fd;

	if (!fail_at || looking || is_spared())
		return false;
	if (++count < fail_at || (count > fail_at && !fail_on))
		return false;
	hit = getenv("INJECT_HIT");
	if (count == fail_at && hit) {
		fd = open(hit, O_WRONLY | O_CREAT, 0666);
		if (fd < 0 || close(fd) < 0)
			_exit(126);
	}
	errno = ENOMEM;
	return true;
}

void *
malloc(size_t size)
{
	if (!real_malloc)
		return early_calloc(size);
	return fails() ? NULL : real_malloc(size);
}

void *
calloc(size_t n, size_t size)
{
	if (!real_calloc)
		return early_calloc(n * size);
	return fails() ? NULL : real_calloc(n, size);
}

void *
realloc(void *p, size_t size)
{
	void *copy;

	if (p && is_early(p)) {
		copy = malloc(size);
		if (copy)
			memcpy(copy, p, size < 1024 ? size : 1024);
		return copy;
	}
	if (!real_realloc)
		return early_calloc(size);
	return fails() ? NULL : real_realloc(p, size);
}

int
posix_memalign(void **p, size_t align, size_t size)
{
	return fails() ? ENOMEM : real_posix_memalign(p, align, size);
}

void
free(void *p)
{
	if (p && !is_early(p))
		real_free(p);
}

static void *
find(const char *name)
{
	void *p = dlsym(RTLD_NEXT, name);

	if (!p)
		_exit(126);
	return p;
}

__attribute__((constructor)) static void
start(void)
{
	const char *at = getenv("INJECT");
	char *end;

	*(void **)&real_free = find("free");
	*(void **)&real_realloc = find("realloc");
	*(void **)&real_calloc = find("calloc");
	*(void **)&real_posix_memalign = find("posix_memalign");
	*(void **)&real_malloc = find("malloc");
	spare = getenv("INJECT_SPARE");
	is_spared();	/* the first backtrace() allocates */
	(void)!getpgid(INJECT_MARK);
	if (at) {
		fail_at = strtoul(at, &end, 10);
		fail_on = *end == '+';
	}
}
