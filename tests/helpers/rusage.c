/* rusage - what a command takes
 *
 * usage: rusage FILE COMMAND [ARG ...]
 *
 * Runs the command and writes to FILE: the most memory it had (KiB) and its
 * CPU time (ms). Exits as it does. */
#include <sys/resource.h>
#include <sys/wait.h>

#include <err.h>
#include <stdio.h>
#include <unistd.h>

static long
milliseconds(struct timeval t)
{
	return t.tv_sec * 1000 + t.tv_usec / 1000;
}

int
main(int argc, char *argv[])
{
	struct rusage used;
	int status;
	pid_t pid;
	FILE *fp;

	if (argc < 3)
		errx(127, "usage: rusage FILE COMMAND [ARG ...]");
	fp = fopen(argv[1], "we");
	if (!fp)
		err(127, "%s", argv[1]);
	pid = fork();
	if (pid < 0)
		err(127, "fork");
	if (pid == 0) {
		execvp(argv[2], argv + 2);
		err(127, "%s", argv[2]);
	}
	if (waitpid(pid, &status, 0) != pid || getrusage(RUSAGE_CHILDREN, &used))
		err(127, "wait");
	fprintf(fp, "%ld %ld\n", used.ru_maxrss,
	    milliseconds(used.ru_utime) + milliseconds(used.ru_stime));
	if (fclose(fp))
		err(127, "%s", argv[1]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
