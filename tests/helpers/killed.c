/* killed - processes that are sent signals, by each other and by the kernel
 *
 * Prints what a recording must say of each, a line each: "signal", then pid=, sig=, code=, from=, uid= and comm=, as far
 * as somebody has sent it. It takes two seconds, because CPU time is counted in
 * seconds. Whoever is not root leaves out the signals of another user. */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>

#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { NOBODY = 65534 };

static int ready[2];

static void
sent(pid_t pid, const char *sig, const char *code, pid_t from)
{
	char comm[16];

	prctl(PR_GET_NAME, comm);
	printf("signal\tpid=%d\tsig=%s\tcode=%s", (int)pid, sig, code);
	if (from)
		printf("\tfrom=%d\tuid=%d\tcomm=%s", (int)from, (int)getuid(), comm);
	putchar('\n');
	fflush(stdout);
}

static void
say_ready(void)
{
	if (write(ready[1], "", 1) != 1)
		err(1, "write");
}

static void
await(void)
{
	char c;

	if (read(ready[0], &c, 1) != 1)
		err(1, "read");
}

static pid_t
start(void (*run)(void))
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		err(1, "fork");
	if (!pid) {
		run();
		_exit(0);
	}
	return pid;
}

/* run() in a process of its own, to its end */
static void
let(void (*run)(void))
{
	if (waitpid(start(run), NULL, 0) < 0)
		err(1, "waitpid");
}

static void
idle(void)
{
	say_ready();
	for (;;)
		pause();
}

/* a process that waits for its end, and is ready for it */
static pid_t
victim(void)
{
	pid_t pid = start(idle);

	await();
	return pid;
}

static void
reap(pid_t pid)
{
	if (waitpid(pid, NULL, 0) < 0)
		err(1, "waitpid");
}

/* by processes */

static void
by_itself(void)
{
	sent(getpid(), "SIGTERM", "SI_USER", getpid());
	kill(getpid(), SIGTERM);
}

static void
by_abort(void)
{
	sent(getpid(), "SIGABRT", "SI_TKILL", getpid());
	abort();
}

static void
by_parent(void)
{
	pid_t pid = victim();

	sent(pid, "SIGKILL", "SI_USER", getpid());
	kill(pid, SIGKILL);
	reap(pid);
}

static pid_t target;

static void
kill_target(void)
{
	prctl(PR_SET_NAME, "a killer");
	sent(target, "SIGINT", "SI_USER", getpid());
	kill(target, SIGINT);
}

static void
by_one_that_has_ended(void)
{
	target = victim();
	let(kill_target);
	reap(target);
}

static void
by_queue(void)
{
	pid_t pid = victim();

	sent(pid, "SIGRT_5", "SI_QUEUE", getpid());
	sigqueue(pid, 37, (union sigval){ .sival_int = 1 });
	reap(pid);
}

static void
by_another_user(void)
{
	if (setuid(NOBODY) < 0)
		err(1, "setuid");
	by_parent();
}

static void
to_a_group(void)
{
	pid_t pids[3];
	size_t i;

	setpgid(0, 0);
	signal(SIGUSR2, SIG_IGN);	/* this one is not sent it */
	for (i = 0; i < 3; i++) {
		signal(SIGUSR2, SIG_DFL);
		pids[i] = victim();
		signal(SIGUSR2, SIG_IGN);
		sent(pids[i], "SIGUSR2", "SI_USER", getpid());
	}
	kill(0, SIGUSR2);
	for (i = 0; i < 3; i++)
		reap(pids[i]);
}

static void
handle(int sig)
{
	(void)sig;
}

static void
that_does_not_kill(void)
{
	sigset_t usr1;

	signal(SIGHUP, SIG_IGN);
	kill(getpid(), SIGHUP);
	signal(SIGTERM, handle);
	sent(getpid(), "SIGTERM", "SI_USER", getpid());
	kill(getpid(), SIGTERM);
	/* of two that are pending, one is delivered */
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	sigprocmask(SIG_BLOCK, &usr1, NULL);
	sent(getpid(), "SIGUSR1", "SI_USER", getpid());
	kill(getpid(), SIGUSR1);
	kill(getpid(), SIGUSR1);
}

/* by the kernel */

static void
by_a_fault(void)
{
	int *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	munmap(page, 4096);
	sent(getpid(), "SIGSEGV", "SEGV_MAPERR", 0);
	*(volatile int *)page = 1;
}

static void
by_a_mapping(void)
{
	int fd = open("/proc/self/exe", O_RDONLY);
	char *p = mmap(NULL, 1 << 30, PROT_READ, MAP_PRIVATE, fd, 0);
	volatile char c;

	if (p == MAP_FAILED)
		err(1, "mmap");
	sent(getpid(), "SIGBUS", "BUS_ADRERR", 0);
	c = p[(1 << 30) - 1];
	(void)c;
}

static void
by_a_pipe(void)
{
	int fds[2];

	if (pipe(fds) < 0)
		err(1, "pipe");
	close(fds[0]);
	sent(getpid(), "SIGPIPE", "SI_USER", 0);
	if (write(fds[1], "", 1) < 0)
		err(1, "write");
}

static void
by_the_size_of_a_file(void)
{
	int fd = memfd_create("f", 0);

	sent(getpid(), "SIGXFSZ", "SI_USER", 0);
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 0, 0 });
	if (write(fd, "", 1) < 0)
		err(1, "write");
}

static void
by_cpu_time(void)
{
	setrlimit(RLIMIT_CPU, &(struct rlimit){ 1, RLIM_INFINITY });
	sent(getpid(), "SIGXCPU", "SI_KERNEL", 0);
	for (;;)
		;
}

static void
by_alarm(void)
{
	sent(getpid(), "SIGALRM", "SI_KERNEL", 0);
	setitimer(ITIMER_REAL, &(struct itimerval){ .it_value.tv_usec = 1000 },
	    NULL);
	for (;;)
		pause();
}

static void
by_timer(void)
{
	struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL,
	    .sigev_signo = SIGVTALRM };
	struct itimerspec soon = { .it_value.tv_nsec = 1000000 };
	timer_t timer;

	if (timer_create(CLOCK_MONOTONIC, &ev, &timer) < 0)
		err(1, "timer_create");
	sent(getpid(), "SIGVTALRM", "SI_TIMER", 0);
	timer_settime(timer, 0, &soon, NULL);
	for (;;)
		pause();
}

int
main(void)
{
	static void (*const all[])(void) = {
		by_itself, by_abort, by_parent, by_one_that_has_ended, by_queue,
		to_a_group, that_does_not_kill, by_a_fault, by_a_mapping, by_a_pipe,
		by_the_size_of_a_file, by_cpu_time, by_alarm, by_timer,
	};
	size_t i;

	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	if (pipe(ready) < 0)
		err(1, "pipe");
	for (i = 0; i < sizeof all / sizeof *all; i++)
		let(all[i]);
	if (!geteuid())
		let(by_another_user);
	return 0;
}
