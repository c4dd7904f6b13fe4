#include "out.h"

#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"

enum { BUFFER_SIZE = 64 * 1024 };

static const char *name = "<stdout>";
static char *target;		/* what tmp will be named, links resolved */
static char *volatile tmp;	/* the file being written; NULL: none to remove */

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

/* The temporary file goes when a signal ends the program; one that is
 * ignored stays ignored. */
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

/* a new file beside the target, with the mode that the target has or would
 * get */
static int
make_tmp(mode_t mode)
{
	static const char suffix[] = ".XXXXXX";
	struct buf path = { 0 };
	int fd;

	buf_adds(&path, target);
	buf_add(&path, suffix, sizeof suffix);
	fd = mkstemp(path.p);
	if (fd < 0)
		err(exit_failure, "%s", name);
	tmp = path.p;
	atexit(remove_tmp);
	catch_signals();
	if (fchmod(fd, mode) < 0)
		err(exit_failure, "%s", name);
	return fd;
}

static mode_t
new_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
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
		target = xstrdup(file);
		fd = make_tmp(new_mode());
	} else if (S_ISREG(st.st_mode)) {
		if (access(file, W_OK) < 0 || !(target = realpath(file, NULL)))
			err(exit_failure, "%s", file);
		fd = make_tmp(st.st_mode & 07777);
	} else if ((fd = open(file, O_WRONLY | O_CLOEXEC)) < 0) {
		err(exit_failure, "%s", file);
	}
	if (dup2(fd, STDOUT_FILENO) < 0 || (fd != STDOUT_FILENO && close(fd) < 0))
		err(exit_failure, "%s", file);
}

int
out_close(void)
{
	/* A write that failed long ago ended the filter's work, so that errno
	 * is still its reason. */
	int failed = ferror(stdout), reason = errno;

	if (!failed && (fflush(stdout) == EOF || close(STDOUT_FILENO) < 0)) {
		failed = 1;
		reason = errno;
	}
	if (failed) {
		errno = reason;
		warn("%s", name);
		return -1;
	}
	if (!tmp)
		return 0;
	if (rename(tmp, target) < 0) {
		warn("%s", name);
		return -1;
	}
	forget_tmp();
	free(target);
	return 0;
}
