#define _GNU_SOURCE
#include "capture/launch.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "capture/kerneltypes.h"

/* A buffer of 2 MiB per CPU rides out a reader that is stalled for seconds; a
 * tree may have as many members as there are PIDs on most systems. Root may
 * have set them otherwise. */
static char perf_pages[] = "BPFTRACE_PERF_RB_PAGES=512";
static char map_keys[] = "BPFTRACE_MAP_KEYS_MAX=65536";

/* A pipe that holds the script: what is in the arguments, sudo writes to the
 * system's log, and everybody can read; what is in a file may be limited in
 * size. */
static int
script_pipe(const char *script)
{
	size_t len = strlen(script);
	int ends[2];

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		return -1;
	fcntl(ends[1], F_SETPIPE_SZ, (int)len);
	if (write(ends[1], script, len) != (ssize_t)len) {
		close(ends[0]);
		ends[0] = -1;
	}
	close(ends[1]);
	if (ends[0] >= 0)
		fcntl(ends[0], F_SETFL, 0);
	return ends[0];
}

static void
raise_limit(unsigned which)
{
	struct rlimit r;

	if (!getrlimit(which, &r)) {
		r.rlim_cur = r.rlim_max;
		setrlimit(which, &r);
	}
}

/* The limits of the command are none of the tracer's. */
static void
raise_limits(void)
{
	raise_limit(RLIMIT_AS);
	raise_limit(RLIMIT_CPU);
	raise_limit(RLIMIT_DATA);
	raise_limit(RLIMIT_MEMLOCK);
	raise_limit(RLIMIT_NOFILE);
}

static void
set_environment(void)
{
	if (!getenv("BPFTRACE_PERF_RB_PAGES"))
		putenv(perf_pages);
	if (!getenv("BPFTRACE_MAP_KEYS_MAX"))
		putenv(map_keys);
	/* one that it inherits: it may not look into other processes */
	if (kerneltypes_inherit())
		putenv(kerneltypes_setting("self"));
}

static void
become_own_group(pid_t parent)
{
	set_environment();
	if (setpgid(0, 0) < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 ||
	    getppid() != parent)
		_exit(127);
}

/* Arguments for sudo: to ask in the foreground what it must, and then to go
 * into the background, with a process group of its own. */
static size_t
add_sudo(char *argv[], enum launch_how how, pid_t parent)
{
	static char sudo[] = "sudo", background[] = "-b", ask_nothing[] = "-n",
	    prompt[] = "-p", question[] = "[sudo] password for %p, to run "
	    "bpftrace: ";
	char whose[16];
	size_t n = 0;

	argv[n++] = sudo;
	argv[n++] = background;
	if (how == LAUNCH_HELPER || how == LAUNCH_SUDO) {
		argv[n++] = prompt;
		argv[n++] = question;
	}
	if (how == LAUNCH_SUDO) {
		argv[n++] = perf_pages;
		argv[n++] = map_keys;
		snprintf(whose, sizeof whose, "%ld", (long)parent);
		if (kerneltypes_setting(whose))
			argv[n++] = kerneltypes_setting(whose);
	} else if (how == LAUNCH_SUDO_AGAIN) {
		argv[n++] = ask_nothing;
	}
	return n;
}

/* Arguments for doas, which cannot go into the background by itself, nor take
 * settings: a shell does. */
static size_t
add_doas(char *argv[], pid_t parent)
{
	static char doas[] = "doas", sh[] = "sh", command[] = "-c", env[] = "env",
	    background[] = "exec 3<&0; setsid \"$@\" <&3 3<&- &";
	char whose[16];
	size_t n = 0;

	argv[n++] = doas;
	argv[n++] = sh;
	argv[n++] = command;
	argv[n++] = background;
	argv[n++] = sh;
	argv[n++] = env;
	argv[n++] = perf_pages;
	argv[n++] = map_keys;
	snprintf(whose, sizeof whose, "%ld", (long)parent);
	if (kerneltypes_setting(whose))
		argv[n++] = kerneltypes_setting(whose);
	return n;
}

/* Adds what runs bpftrace for a script on standard input: how many arguments. */
static size_t
add_bpftrace(char *argv[], const char *path)
{
	static const char *const options[] = { "-q", "-B", "full", "-" };
	size_t n = 0, i;

	argv[n++] = xstrdup(path);
	for (i = 0; i < sizeof options / sizeof *options; i++)
		argv[n++] = xstrdup(options[i]);
	return n;
}

/* in the child: never returns */
_Noreturn static void
exec_bpftrace(const struct launch_options *opt, enum launch_how how, pid_t parent)
{
	char *argv[16];
	size_t n = 0;

	if (how == LAUNCH_AS_ROOT)
		become_own_group(parent);
	else
		n = how == LAUNCH_DOAS ? add_doas(argv, parent) :
		    add_sudo(argv, how, parent);
	raise_limits();
	if (how == LAUNCH_HELPER)
		argv[n++] = xstrdup(launch_helper());
	else
		n += add_bpftrace(argv + n, opt->bpftrace);
	argv[n] = NULL;
	execvp(argv[0], argv);
	if (errno == ENOENT)
		warnx("%s: command not found", argv[0]);
	else
		warn("%s", argv[0]);
	_exit(127);
}

/* what it reads: to be freed */
static char *
standard_input(const struct launch_options *opt, enum launch_how how)
{
	char *text;

	if (how == LAUNCH_HELPER) {
		text = xmalloc(SCRIPT_LINE_MAX);
		script_write(text, &opt->numbers);
		return text;
	}
	text = script_fill(opt->script, &opt->numbers);
	kerneltypes_find(text);
	return text;
}

pid_t
launch_bpftrace(const struct launch_options *opt, enum launch_how how, int out,
    int errors)
{
	char *text = standard_input(opt, how);
	int script = script_pipe(text);
	pid_t self = getpid(), pid;
	sigset_t none;

	if (script < 0)
		err(exit_failure, "a pipe for the script");
	free(text);
	pid = fork();
	if (pid < 0)
		err(exit_failure, "fork");
	if (pid) {
		close(script);
		return pid;
	}
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	if (dup2(script, 0) < 0 || dup2(out, 1) < 0 || dup2(errors, 2) < 0)
		_exit(127);
	exec_bpftrace(opt, how, self);
}

const char *
launch_helper(void)
{
	static const char name[] = "libexec/proctrace/pt-as-root";
	static char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof path - sizeof name);
	char *slash;
	int up;

	path[len > 0 ? len : 0] = '\0';
	/* of PREFIX/bin/pt-capture: PREFIX */
	for (up = 0; up < 2; up++) {
		slash = strrchr(path, '/');
		if (!slash)
			return NULL;
		slash[up ? 1 : 0] = '\0';
	}
	memcpy(path + strlen(path), name, sizeof name);
	return access(path, X_OK) == 0 ? path : NULL;
}

pid_t
launch_question(const char *program)
{
	pid_t pid = fork();
	sigset_t none;
	int null;

	if (pid < 0)
		err(exit_failure, "fork");
	if (pid)
		return pid;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0)
		_exit(127);
	execlp("sudo", "sudo", "-n", "-l", program, (char *)NULL);
	_exit(127);
}

void
launch_clean(void)
{
	sigset_t none;
	int i;

	for (i = 1; i < NSIG; i++)
		if (i != SIGKILL && i != SIGSTOP)
			signal(i, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	clearenv();
	umask(077);
	while ((i = open("/dev/null", O_RDWR)) >= 0 && i <= STDERR_FILENO)
		;
	if (i < 0 || chdir("/") < 0 ||
	    syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0) < 0)
		err(exit_failure, "cannot start from nothing");
}

void
launch_alone(const char *bpftrace, const struct script_numbers *numbers)
{
	static char path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
	char *text = script_built_in(numbers->signals, false, false), *argv[8];
	char *script = script_fill(text, numbers);
	int in = script_pipe(script);

	kerneltypes_find(script);
	putenv(path);
	set_environment();
	raise_limits();
	if (in < 0 || dup2(in, STDIN_FILENO) < 0)
		err(exit_failure, "a pipe for the script");
	argv[add_bpftrace(argv, bpftrace)] = NULL;
	execv(bpftrace, argv);
	err(exit_failure, "%s", bpftrace);
}

bool
launch_was_refused(const char *said, size_t len)
{
	return len && memmem(said, len, map_keys, strcspn(map_keys, "="));
}
