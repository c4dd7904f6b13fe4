/* processes - does what is hard to trace, and tells what it did
 *
 * For each process that it makes: a line "PID PPID END" on standard output,
 * END being status=N or signal=SIGX, written by the parent. Nothing depends
 * on time. */
#define _GNU_SOURCE
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <err.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern char **environ;

static void
tell(pid_t pid, int status)
{
	char line[80];
	int n;

	if (WIFSIGNALED(status))
		n = snprintf(line, sizeof line, "%d %d signal=%s\n",
		    (int)pid, (int)getpid(),
		    WTERMSIG(status) == SIGABRT ? "SIGABRT" :
		    WTERMSIG(status) == SIGKILL ? "SIGKILL" : "another");
	else
		n = snprintf(line, sizeof line, "%d %d status=%d\n", (int)pid,
		    (int)getpid(), WEXITSTATUS(status));
	if (write(STDOUT_FILENO, line, (size_t)n) != n)
		_exit(99);
}

static void
finish(pid_t pid)
{
	int status;

	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		err(99, "child");
	tell(pid, status);
}

static pthread_t leader;

static void *
outlive_leader(void *arg)
{
	pthread_join(leader, NULL);
	_exit(5);
	return arg;
}

/* the first thread ends, the process goes on */
static void
lose_leader(void)
{
	pthread_t thread;

	leader = pthread_self();
	pthread_create(&thread, NULL, outlive_leader, NULL);
	pthread_exit(NULL);
}

/* a thread that is not the first one makes processes and becomes another
 * program */
static void *
exec_in_thread(void *arg)
{
	char name[] = "true", *argv[] = { name, NULL };
	pid_t pid;

	if (posix_spawn(&pid, "/bin/true", NULL, NULL, argv, environ))
		_exit(98);
	finish(pid);
	if (!(pid = fork()))
		_exit(4);
	finish(pid);
	execl("/bin/sh", "sh", "-c", "exit 7", (char *)NULL);
	_exit(97);
	return arg;
}

static void
exec_from_thread(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, exec_in_thread, NULL);
	for (;;)
		pause();
}

/* names that do not exist or cannot be executed, then one with hard
 * arguments, by execveat() */
static void
exec_hard(void)
{
	char a[] = "prog", b[] = "x\"y\\z\1\n\t\xff\\x41", c[] = "",
	    d[] = "\xc3\xa9) = 0", *argv[] = { a, b, c, d, NULL };

	setpgid(0, 0);
	execl("/nosuch", "x", (char *)NULL);
	execl("/etc/passwd", "x", (char *)NULL);
	syscall(SYS_execveat, -100, "/bin/true", argv, environ, 0);
	_exit(96);
}

/* A vfork() whose child is seen at work, and waits for that of another
 * process, so that two of them are open at once. */
static void
vfork_at_once(int in, int out, int status)
{
	char c = 0;
	pid_t pid = vfork();

	if (!pid) {
		setpgid(0, 0);
		if (write(out, &c, 1) != 1 || read(in, &c, 1) != 1)
			_exit(95);
		_exit(status);
	}
	finish(pid);
	_exit(0);
}

static pid_t
start(void (*what)(void))
{
	pid_t pid = fork();

	if (!pid) {
		what();
		_exit(94);
	}
	return pid;
}

int
main(void)
{
	const struct rlimit none = { 0, 0 };
	int one[2], two[2];
	pid_t pid, other;

	setrlimit(RLIMIT_CORE, &none);
	finish(start(lose_leader));
	finish(start(exec_from_thread));
	finish(start(abort));
	finish(start(exec_hard));
	if (!(pid = fork())) {
		setsid();
		raise(SIGKILL);
	}
	finish(pid);
	if (pipe(one) < 0 || pipe(two) < 0)
		err(99, "pipe");
	if (!(pid = fork()))
		vfork_at_once(one[0], two[1], 11);
	if (!(other = fork()))
		vfork_at_once(two[0], one[1], 12);
	finish(pid);
	finish(other);
	return 0;
}
