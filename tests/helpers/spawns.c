/* spawns N JOBS - runs /bin/true N times, JOBS of them at a time */
#include <sys/wait.h>

#include <err.h>
#include <spawn.h>
#include <stdlib.h>

extern char **environ;

int
main(int argc, char *argv[])
{
	static char path[] = "/bin/true";
	long n = argc > 1 ? strtol(argv[1], NULL, 10) : 1;
	long jobs = argc > 2 ? strtol(argv[2], NULL, 10) : 1;
	pid_t pid;

	for (; n > 0; n--, jobs--) {
		if (jobs <= 0) {
			wait(NULL);
			jobs++;
		}
		if (posix_spawn(&pid, path, NULL, NULL,
		    (char *[]){ path, NULL }, environ))
			errx(1, "%s", path);
	}
	while (wait(NULL) > 0)
		;
	return 0;
}
