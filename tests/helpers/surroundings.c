/* surroundings - what a program finds around it, one thing per line
 *
 * usage: surroundings FILE [ARG...]
 *
 * Adds to FILE all that a parent hands on, but for the parent itself: it is
 * equal when both were run in the same way. */
#define _GNU_SOURCE
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

extern char **environ;

static FILE *out;

static void
tell_file(const char *path)
{
	char line[4096];
	FILE *fp = fopen(path, "r");

	while (fp && fgets(line, sizeof line, fp))
		fprintf(out, "%s: %s%s", path, line, strchr(line, '\n') ? "" : "\n");
	if (fp)
		fclose(fp);
}

static void
tell_link(const char *path)
{
	char target[4096];
	ssize_t n = readlink(path, target, sizeof target - 1);

	target[n < 0 ? 0 : n] = '\0';
	fprintf(out, "%s: %s\n", path, target);
}

/* of /proc/self/status, what is inherited */
static void
tell_status(void)
{
	static const char *const keys[] = { "Umask:", "Uid:", "Gid:", "Groups:",
	    "Sig", "ShdPnd:", "Cap", "NoNewPrivs:", "Seccomp:", "Cpus_allowed:",
	    "Mems_allowed:", "CoreDumping:", "THP_enabled:" };
	char line[4096];
	FILE *fp = fopen("/proc/self/status", "r");
	size_t i;

	while (fp && fgets(line, sizeof line, fp))
		for (i = 0; i < sizeof keys / sizeof *keys; i++)
			/* SigQ counts those of all processes */
			if (!strncmp(line, keys[i], strlen(keys[i])) &&
			    strncmp(line, "SigQ", 4))
				fputs(line, out);
	if (fp)
		fclose(fp);
}

static void
tell_limits(void)
{
	struct rlimit r;
	int i;

	for (i = 0; i < (int)RLIM_NLIMITS; i++)
		if (!getrlimit((__rlimit_resource_t)i, &r))
			fprintf(out, "limit %d: %lld %lld\n", i, (long long)r.rlim_cur,
			    (long long)r.rlim_max);
}

/* those that are open, but for that of out */
static void
tell_descriptors(void)
{
	char path[64];
	int fd, last = fileno(out);

	for (fd = 0; fd < 1024; fd++) {
		if (fd == last || fcntl(fd, F_GETFD) < 0)
			continue;
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		tell_link(path);
		fprintf(out, "flags of %d: %x %x\n", fd,
		    (unsigned)fcntl(fd, F_GETFL), (unsigned)fcntl(fd, F_GETFD));
	}
}

static void
tell_terminal(void)
{
	int fd = open("/dev/tty", O_RDWR | O_NOCTTY);
	struct termios t;

	fprintf(out, "group %s session's, terminal: %s\n",
	    getpgrp() == getsid(0) ? "is" : "is not", fd < 0 ? "none" : "");
	if (fd < 0)
		return;
	fprintf(out, "foreground: %d\n", tcgetpgrp(fd) == getpgrp());
	if (!tcgetattr(fd, &t))
		fprintf(out, "modes: %x %x %x %x\n", t.c_iflag, t.c_oflag, t.c_cflag,
		    t.c_lflag);
	close(fd);
}

int
main(int argc, char *argv[])
{
	int i;

	out = argc > 1 ? fopen(argv[1], "a") : NULL;
	if (!out)
		errx(2, "usage: surroundings FILE [ARG...]");
	for (i = 0; i < argc; i++)
		fprintf(out, "argument: %s\n", argv[i]);
	for (i = 0; environ[i]; i++)
		fprintf(out, "environment: %s\n", environ[i]);
	tell_link("/proc/self/cwd");
	tell_link("/proc/self/root");
	tell_link("/proc/self/ns/pid");
	tell_link("/proc/self/ns/mnt");
	tell_link("/proc/self/ns/net");
	tell_link("/proc/self/ns/user");
	tell_status();
	tell_file("/proc/self/oom_score_adj");
	tell_file("/proc/self/coredump_filter");
	tell_file("/proc/self/loginuid");
	tell_file("/proc/self/cgroup");
	tell_file("/proc/self/timerslack_ns");
	tell_file("/proc/self/personality");
	tell_limits();
	tell_descriptors();
	tell_terminal();
	fprintf(out, "pgid: %d sid: %d\n", getpgrp(), getsid(0));
	errno = 0;
	fprintf(out, "nice: %d, policy: %d, io priority: %ld\n",
	    getpriority(PRIO_PROCESS, 0), sched_getscheduler(0),
	    syscall(SYS_ioprio_get, 1, 0));
	fprintf(out, "dumpable: %d, subreaper: ", prctl(PR_GET_DUMPABLE));
	i = -1;
	prctl(PR_GET_CHILD_SUBREAPER, &i);
	fprintf(out, "%d, death signal: ", i);
	prctl(PR_GET_PDEATHSIG, &i);
	fprintf(out, "%d\n", i);
	return fclose(out) == EOF;
}
