/* mark COOKIE COMMAND [ARG ...] - marks itself for the tracer script, as
 * pt-capture does (src/capture/marks.h), and becomes the command */
#include <err.h>
#include <stdlib.h>
#include <unistd.h>

int
main(int argc, char *argv[])
{
	if (argc < 3)
		errx(2, "usage: mark COOKIE COMMAND [ARG ...]");
	if (setpgid(1886679653, (pid_t)strtol(argv[1], NULL, 10)) == 0)
		errx(2, "no mark");
	execvp(argv[2], argv + 2);
	err(127, "%s", argv[2]);
}
