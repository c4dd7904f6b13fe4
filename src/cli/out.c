#ifdef __linux__
#define _GNU_SOURCE	/* O_TMPFILE */
#endif
#include "cli/out.h"

#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

enum {
	BUFFER_SIZE = 64 * 1024,
	TRIES = 100,		/* of names */
	LINKS_MAX = 40,		/* as Linux follows */
};

static const char *name = "<stdout>";
static bool private_file;
static char *target;		/* the file to be, links resolved; NULL: none */
static char *volatile tmp;	/* what it is called so far; NULL: nothing */

/* The file has its name, or is gone. */
static void
forget_tmp(void)
{
	char *file = tmp;

	tmp = NULL;
	free(file);
}

static void
remove_tmp(void)
{
	if (tmp)
		unlink(tmp);
	forget_tmp();
}

static void
on_signal(int sig)
{
	char *file = tmp;

	if (file)
		unlink(file);
	signal(sig, SIG_DFL);
	raise(sig);
}

/* The file goes when a signal ends the program; one that is ignored stays
 * ignored. */
static void
catch_signals(void)
{
	static const int ends[] = { SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGQUIT };
	struct sigaction act = { .sa_handler = on_signal }, old;
	size_t i;

	for (i = 0; i < sizeof ends / sizeof *ends; i++)
		if (!sigaction(ends[i], NULL, &old) && old.sa_handler == SIG_DFL)
			sigaction(ends[i], &act, NULL);
}

/* From now on this file is removed unless it gets its name. */
static void
guard(char *path)
{
	tmp = path;
	atexit(remove_tmp);
	catch_signals();
}

#ifdef O_TMPFILE
/* a file without a name beside the target, which is gone with this program
 * whatever ends it; -1: the file system has none */
static int
make_nameless(void)
{
	const char *slash = strrchr(target, '/');
	char *dir = slash ? xmemdup(target, (size_t)(slash - target) + 1) :
	    xstrdup(".");
	int fd = open(dir, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);

	free(dir);
	if (fd >= 0 && access("/proc/self/fd", X_OK) < 0) {
		/* it could never be named */
		close(fd);
		fd = -1;
	}
	return fd;
}

/* Gives what has no name one that nobody has, nor can have made in time: rename()
 * needs one. */
static int
name_tmp(void)
{
	struct buf path = { 0 };
	unsigned i, any;

	for (i = 0; i < TRIES && !getentropy(&any, sizeof any); i++) {
		path.len = 0;
		buf_printf(&path, "%s.%08x", target, any);
		if (!linkat(AT_FDCWD, "/proc/self/fd/1", AT_FDCWD, path.p,
		    AT_SYMLINK_FOLLOW)) {
			guard(path.p);
			return 0;
		}
		if (errno != EEXIST)
			break;
	}
	free(path.p);
	return -1;
}
#else
static int
make_nameless(void)
{
	return -1;
}

/* what make_nameless() made: nothing */
static int
name_tmp(void)
{
	return -1;
}
#endif

static int
make_named(void)
{
	static const char suffix[] = ".XXXXXX";
	struct buf path = { 0 };
	int fd;

	buf_adds(&path, target);
	buf_add(&path, suffix, sizeof suffix);
	fd = mkstemp(path.p);
	if (fd < 0)
		err(exit_failure, "%s", name);
	guard(path.p);
	return fd;
}

/* a new file beside the target, with the mode that the target has or would
 * get */
static int
make_tmp(mode_t mode)
{
	int fd = make_nameless();

	if (fd < 0)
		fd = make_named();
	if (fchmod(fd, private_file ? mode & ~(mode_t)077 : mode) < 0)
		err(exit_failure, "%s", name);
	return fd;
}

/* The file that links lead to, which need not be there; NULL: see errno. Not
 * realpath(3), which looks at all directories above: a relative path needs none of
 * them. */
static char *
follow_links(const char *file)
{
	struct buf path = { 0 };
	char link[PATH_MAX], *slash;
	ssize_t len;
	int i;

	buf_add(&path, file, strlen(file) + 1);
	for (i = 0; i < LINKS_MAX; i++) {
		len = readlink(path.p, link, sizeof link);
		if (len < 0 || len == sizeof link)
			return path.p;	/* no link, or none that can be opened */
		slash = strrchr(path.p, '/');
		path.len = *link == '/' || !slash ? 0 :
		    (size_t)(slash + 1 - path.p);
		buf_add(&path, link, (size_t)len);
		buf_addc(&path, '\0');
	}
	free(path.p);
	errno = ELOOP;
	return NULL;
}

static mode_t
new_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

void
out_private(void)
{
	private_file = true;
}

void
out_open(const char *file)
{
	/* of its own: glibc takes no size without one */
	static char buffer[BUFFER_SIZE];
	struct stat st;
	int fd;

	setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
	if (!strcmp(file, "-"))
		return;
	name = file;
	if (stat(file, &st) < 0) {
		if (errno != ENOENT)
			err(exit_failure, "%s", file);
		/* a link that leads nowhere yet; stat() has asked whether it may
		 * be followed */
		target = !lstat(file, &st) && S_ISLNK(st.st_mode) ?
		    follow_links(file) : xstrdup(file);
		if (!target)
			err(exit_failure, "%s", file);
		fd = make_tmp(new_mode());
	} else if (S_ISREG(st.st_mode)) {
		if (faccessat(AT_FDCWD, file, W_OK, AT_EACCESS) < 0 ||
		    !(target = follow_links(file)))
			err(exit_failure, "%s", file);
		fd = make_tmp(st.st_mode & 07777);
	} else if ((fd = open(file, O_WRONLY | O_CLOEXEC)) < 0) {
		err(exit_failure, "%s", file);
	}
	if (dup2(fd, STDOUT_FILENO) < 0 || (fd != STDOUT_FILENO && close(fd) < 0))
		err(exit_failure, "%s", file);
}

const char *
out_name(void)
{
	return name;
}

int
out_close(void)
{
	/* A write that failed long ago ended the filter's work, so that errno
	 * is still its reason. */
	bool failed = ferror(stdout);
	int reason = errno;

	if (!failed) {
		failed = fflush(stdout) == EOF ||
		    (target && !tmp && name_tmp() < 0) ||
		    close(STDOUT_FILENO) < 0 ||
		    (tmp && rename(tmp, target) < 0);
		reason = errno;
	}
	if (failed) {
		errno = reason;
		warn("%s", name);
		return -1;
	}
	forget_tmp();
	free(target);
	target = NULL;
	return 0;
}

void
out_keep(void)
{
	struct stat st;

	if (!target || (!tmp && name_tmp() < 0) || stat(tmp, &st) < 0 || !st.st_size)
		return;
	if (!link(tmp, target)) {
		unlink(tmp);
		warnx("%s: what was written until then is kept", name);
	} else {
		warnx("%s: what was written is kept in %s", name, tmp);
	}
	forget_tmp();
}
