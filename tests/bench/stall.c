/* stall - cat(1) that is stopped for a while
 *
 * usage: stall BYTES SECONDS
 *
 * When it has copied so many bytes, it is stopped (SIGSTOP) for so long. */
#include <sys/wait.h>

#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void
stop(unsigned duration)
{
	pid_t self = getpid(), waker = fork();

	if (waker < 0)
		err(2, "fork");
	if (!waker) {
		sleep(duration);
		kill(self, SIGCONT);
		_exit(0);
	}
	raise(SIGSTOP);
	waitpid(waker, NULL, 0);
}

int
main(int argc, char *argv[])
{
	static char chunk[65536];
	long long left;
	ssize_t n;

	if (argc != 3)
		errx(2, "usage: stall BYTES SECONDS");
	left = strtoll(argv[1], NULL, 10);
	while ((n = read(STDIN_FILENO, chunk, sizeof chunk)) > 0) {
		if (write(STDOUT_FILENO, chunk, (size_t)n) != n)
			err(2, "<stdout>");
		if (left > 0 && (left -= n) <= 0)
			stop((unsigned)strtoul(argv[2], NULL, 10));
	}
	return 0;
}
