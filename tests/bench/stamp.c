/* stamp - when something happens, for measure
 *
 * usage: stamp NAME			appends "NAME TAB now" to the file $STAMPS
 *        stamp BEGIN END COMMAND...	runs the command between two of these
 *
 * Times are seconds of CLOCK_MONOTONIC. */
#define _GNU_SOURCE
#include <sys/wait.h>

#include <err.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static void
stamp(const char *name)
{
	const char *file = getenv("STAMPS");
	struct timespec t;
	FILE *fp;

	clock_gettime(CLOCK_MONOTONIC, &t);
	fp = file ? fopen(file, "a") : NULL;
	if (!fp)
		err(2, "STAMPS");
	fprintf(fp, "%s\t%lld.%09ld\n", name, (long long)t.tv_sec, t.tv_nsec);
	if (fclose(fp) == EOF)
		err(2, "%s", file);
}

int
main(int argc, char *argv[])
{
	int status = 0;
	pid_t pid;

	if (argc < 2 || argc == 3)
		errx(2, "usage: stamp NAME | stamp BEGIN END COMMAND...");
	stamp(argv[1]);
	if (argc == 2)
		return 0;
	if (posix_spawnp(&pid, argv[3], NULL, NULL, argv + 3, environ))
		errx(2, "%s", argv[3]);
	if (waitpid(pid, &status, 0) != pid)
		err(2, "wait");
	stamp(argv[2]);
	return status != 0;
}
