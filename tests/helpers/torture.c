/* torture - does what tracers get wrong, and says what it has done
 *
 * Standard output is what a recording of it must show: the lines of
 * proctrace-events(5) that have a pid, without ts and the other keys, as this
 * program knows them from its own system calls. Each step runs in children,
 * which have ended when the step has. */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static char program[] = "/proc/self/exe", own[4096];

/* --- what must be seen ---------------------------------------------------- */

static void __attribute__((format(printf, 1, 2)))
say(const char *fmt, ...)
{
	char line[512];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	if (write(STDOUT_FILENO, line, (size_t)n) != n)
		_exit(99);
}

static void
say_bytes(const char *p)
{
	char b[256 * 1024];
	size_t n = 0;

	for (; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if (c == '\t' || c == '\n' || c == '\r' || c == '\\') {
			b[n++] = '\\';
			b[n++] = c == '\t' ? 't' : c == '\n' ? 'n' :
			    c == '\r' ? 'r' : '\\';
		} else if (c < ' ' || c == 0x7f || c >= 0xf8) {
			n += (size_t)sprintf(b + n, "\\x%02x", c);
		} else {
			b[n++] = *p;
		}
	}
	if (write(STDOUT_FILENO, b, n) != (ssize_t)n)
		_exit(99);
}

static void
say_exec(pid_t pid, char *const argv[])
{
	say("exec\tpid=%d\targv=", pid);
	say_bytes(argv[0]);
	while (*++argv) {
		say("\t");
		say_bytes(*argv);
	}
	say("\n");
}

static void
say_fork(pid_t parent, pid_t child)
{
	say("fork\tpid=%d\tppid=%d\n", child, parent);
}

/* waits for a child and says how it ended */
static void
reap(pid_t pid)
{
	int status;

	if (waitpid(pid, &status, 0) != pid)
		err(99, "waitpid");
	if (WIFSIGNALED(status))
		say("exit\tpid=%d\tsignal=SIG%s\n", pid, sigabbrev_np(WTERMSIG(status)));
	else
		say("exit\tpid=%d\tstatus=%d\n", pid, WEXITSTATUS(status));
}

/* --- steps: what a child does, and what is said of it --------------------- */

/* forks: 0 in the child; the child's PID, said, in the parent */
static pid_t
spawn(void)
{
	pid_t pid = fork();

	if (pid < 0)
		err(99, "fork");
	if (pid)
		say_fork(getpid(), pid);
	return pid;
}

static void
run(char *const argv[])
{
	pid_t pid = spawn();

	if (!pid) {
		execv(program, argv);
		_exit(99);
	}
	say_exec(pid, argv);
	reap(pid);
}

/* a new process of this program which ends with 0; NULL-terminated */
static char noop[] = "noop";

static void
many_arguments(void)
{
	char *argv[202], text[200][16];
	int i;

	argv[0] = noop;
	for (i = 1; i <= 200; i++) {
		snprintf(text[i - 1], sizeof *text, "arg%d", i);
		argv[i] = text[i - 1];
	}
	argv[201] = NULL;
	run(argv);
}

static void
long_argument(size_t len)
{
	char *text = malloc(len + 1);

	memset(text, 'x', len);
	text[len] = '\0';
	text[len / 2] = 'y';
	run((char *[]){ noop, text, (char[]){ "behind" }, NULL });
	free(text);
}

static void
odd_arguments(void)
{
	static char text[][48] = {
		"", "a b", "new\nline", "quote\"'", "tab\there", "\x01\x1b[31m",
		"\xff\xfe", "back\\slash", "\\x41", "\xc3\xa9\xe2\x82\xac", "",
		"exec\tts=1\tpid=1\tppid=1\nexit\tts=2\tpid=1", "argv=x", "a=b", "",
	};
	char *argv[sizeof text / sizeof *text + 2];
	size_t i;

	argv[0] = noop;
	for (i = 0; i < sizeof text / sizeof *text; i++)
		argv[i + 1] = text[i];
	argv[i + 1] = NULL;
	run(argv);
	/* every length around the words of the tracer */
	for (i = 0; i < 20; i++) {
		char word[32];

		memset(word, 'w', sizeof word);
		word[i] = '\0';
		run((char *[]){ noop, word, NULL });
	}
}

static void
failed_execs(void)
{
	char path[300];
	pid_t pid = spawn();

	memset(path, 'p', sizeof path);
	memcpy(path, "/nonexistent/", 13);
	path[200] = '\0';
	if (!pid) {
		execl("/nonexistent/literal", "x", (char *)NULL);
		execv(path, (char *[]){ noop, NULL });
		execl("/etc/passwd", "x", (char *)NULL);
		execl("/nonexistent/new\nline\t\xff", "x", (char *)NULL);
		syscall(SYS_execveat, AT_FDCWD, "/nonexistent/at", NULL, NULL, 0);
		_exit(5);
	}
	say("execfail\tpid=%d\terrno=ENOENT\tfile=/nonexistent/literal\n", pid);
	say("execfail\tpid=%d\terrno=ENOENT\tfile=%s\n", pid, path);
	say("execfail\tpid=%d\terrno=EACCES\tfile=/etc/passwd\n", pid);
	say("execfail\tpid=%d\terrno=ENOENT\tfile=/nonexistent/new\\nline\\t\\xff\n", pid);
	say("execfail\tpid=%d\terrno=ENOENT\tfile=/nonexistent/at\n", pid);
	reap(pid);
}

static void
exits(void)
{
	static const int signals[] = { SIGKILL, SIGSEGV, SIGTERM, SIGABRT };
	pid_t pid;
	size_t i;

	if (!(pid = spawn()))
		_exit(7);
	reap(pid);
	if (!(pid = spawn()))
		syscall(SYS_exit, 9);
	reap(pid);
	for (i = 0; i < sizeof signals / sizeof *signals; i++) {
		if (!(pid = spawn())) {
			raise(signals[i]);
			_exit(99);
		}
		reap(pid);
	}
}

static void
ways_to_fork(void)
{
	static char *argv[] = { noop, NULL };
	struct clone_args args = { .exit_signal = SIGCHLD };
	pid_t pid;

	pid = vfork();
	if (!pid) {
		execv(own, argv);
		_exit(99);
	}
	say_fork(getpid(), pid);
	say_exec(pid, argv);
	reap(pid);

	if (posix_spawn(&pid, own, NULL, NULL, argv, environ))
		errx(99, "posix_spawn");
	say_fork(getpid(), pid);
	say_exec(pid, argv);
	reap(pid);

	pid = (pid_t)syscall(SYS_clone3, &args, sizeof args);
	if (!pid)
		_exit(3);
	if (pid > 0) {
		say_fork(getpid(), pid);
		reap(pid);
	}

	pid = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
	if (!pid)
		_exit(4);
	say_fork(getpid(), pid);
	reap(pid);
}

static void *
sleep_long(void *arg)
{
	pause();
	return arg;
}

static void *
exec_noop(void *arg)
{
	execv(own, (char *[]){ noop, (char[]){ "from a thread" }, NULL });
	return arg;
}

static void *
exit_5(void *arg)
{
	/* the leader is a zombie by now */
	char path[64], state = 0;
	FILE *fp;

	snprintf(path, sizeof path, "/proc/self/task/%d/stat", getpid());
	while (state != 'Z') {
		fp = fopen(path, "r");
		if (!fp || fscanf(fp, "%*d (%*[^)]) %c", &state) != 1)
			_exit(98);
		fclose(fp);
	}
	_exit(5);
	return arg;
}

static void
threads(void)
{
	pthread_t t;
	pid_t pid;
	int i;

	/* threads are no processes, and their ends are none */
	if (!(pid = spawn())) {
		for (i = 0; i < 8; i++)
			pthread_create(&t, NULL, sleep_long, NULL);
		_exit(6);
	}
	reap(pid);
	/* exec by a thread that is not the leader */
	if (!(pid = spawn())) {
		pthread_create(&t, NULL, sleep_long, NULL);
		pthread_create(&t, NULL, exec_noop, NULL);
		sleep_long(NULL);
	}
	say_exec(pid, (char *[]){ noop, (char[]){ "from a thread" }, NULL });
	reap(pid);
	/* the leader ends first */
	if (!(pid = spawn())) {
		pthread_create(&t, NULL, exit_5, NULL);
		pthread_exit(NULL);
	}
	reap(pid);
}

static void
exec_of_descriptor(void)
{
	int fd = open(own, O_RDONLY);
	pid_t pid = spawn();
	char *argv[] = { noop, (char[]){ "execveat" }, NULL };

	if (!pid) {
		syscall(SYS_execveat, fd, "", argv, environ, AT_EMPTY_PATH);
		_exit(99);
	}
	say_exec(pid, argv);
	reap(pid);
	close(fd);
}

static void
groups_and_sessions(void)
{
	int ready[2];
	char c;
	pid_t pid;

	if (!(pid = spawn())) {
		setsid();
		_exit(0);
	}
	say("setsid\tpid=%d\tpgid=%d\tsid=%d\n", pid, pid, pid);
	reap(pid);
	if (!(pid = spawn())) {
		setpgid(0, 0);
		_exit(0);
	}
	say("setpgid\tpid=%d\tpgid=%d\n", pid, pid);
	reap(pid);
	/* of a child, and into the group of its parent again */
	if (pipe(ready) < 0)
		err(99, "pipe");
	if (!(pid = spawn())) {
		close(ready[1]);
		_exit(read(ready[0], &c, 1) ? 98 : 0);
	}
	if (setpgid(pid, 0) < 0 || setpgid(pid, getpgrp()) < 0)
		err(99, "setpgid");
	say("setpgid\tpid=%d\tpgid=%d\n", pid, pid);
	say("setpgid\tpid=%d\tpgid=%d\n", pid, getpgrp());
	close(ready[1]);
	reap(pid);
	close(ready[0]);
	/* fails, and is no event */
	if (setpgid(1, 1) == 0)
		errx(99, "setpgid(1, 1)");
}

/* a grandchild that outlives its parent, in a session of its own */
static void
orphan(void)
{
	int alive[2];
	char c;
	pid_t pid, first;

	if (pipe(alive) < 0)
		err(99, "pipe");
	first = spawn();
	if (!first) {
		pid_t parent = getpid();

		if (!(pid = spawn())) {
			setsid();
			while (getppid() == parent)
				sched_yield();
			execv(own, (char *[]){ noop, (char[]){ "orphan" }, NULL });
			_exit(99);
		}
		say("setsid\tpid=%d\tpgid=%d\tsid=%d\n", pid, pid, pid);
		say_exec(pid, (char *[]){ noop, (char[]){ "orphan" }, NULL });
		say("exit\tpid=%d\tstatus=0\n", pid);
		_exit(0);
	}
	reap(first);
	/* the orphan's copy of the pipe closes when it ends */
	close(alive[1]);
	while (read(alive[0], &c, 1) > 0)
		;
	close(alive[0]);
}

/* argv that no process has touched since its fork: literals */
static void
literals(void)
{
	pid_t pid;
	int i;

	for (i = 0; i < 50; i++) {
		if (!(pid = fork())) {
			execl("/proc/self/exe", "noop", "a literal", (char *)NULL);
			_exit(99);
		}
		say_fork(getpid(), pid);
		say_exec(pid, (char *[]){ noop, (char[]){ "a literal" }, NULL });
		reap(pid);
	}
}

static void
exec_chain(void)
{
	pid_t pid = spawn();
	char *first[] = { (char[]){ "again" }, (char[]){ "1" }, NULL };

	if (!pid) {
		execv(program, first);
		_exit(99);
	}
	say_exec(pid, first);
	say_exec(pid, (char *[]){ (char[]){ "again" }, (char[]){ "2" }, NULL });
	say_exec(pid, (char *[]){ noop, (char[]){ "last" }, NULL });
	reap(pid);
}

int
main(int argc, char *argv[])
{
	if (!strcmp(argv[0], "noop"))
		return 0;
	if (!strcmp(argv[0], "again") && !strcmp(argv[1], "1"))
		execv(program, (char *[]){ argv[0], (char[]){ "2" }, NULL });
	if (!strcmp(argv[0], "again"))
		execv(program, (char *[]){ noop, (char[]){ "last" }, NULL });
	if (readlink(program, own, sizeof own - 1) < 0)
		err(99, "%s", program);
	say_exec(getpid(), argv);
	many_arguments();
	long_argument(20000);
	long_argument(65000);
	odd_arguments();
	failed_execs();
	exits();
	ways_to_fork();
	threads();
	exec_of_descriptor();
	groups_and_sessions();
	orphan();
	literals();
	exec_chain();
	return argc > 1 ? atoi(argv[1]) : 0;
}
