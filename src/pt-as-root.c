/* pt-as-root - bpftrace with the built-in script, and nothing else, as root
 *
 * For sudo: who may run this may record, and has nothing else of root. It takes no
 * arguments, which everybody could read, and of its environment nothing; a line of
 * numbers (script.h) comes through standard input. What it prints goes to pipes or
 * terminals only: some files of the kernel ask who writes. */
#include <sys/stat.h>

#include <err.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "capture/launch.h"
#include "capture/script.h"

enum {
	REFUSED = 125,
	WAIT_S = 10,		/* for that line */
};

#ifndef BPFTRACE
#define BPFTRACE "/usr/bin/bpftrace"
#endif

static void
check_output(int fd)
{
	struct stat st;

	if (fstat(fd, &st) < 0 || (!S_ISFIFO(st.st_mode) && !isatty(fd)))
		errx(REFUSED, "descriptor %d is neither a pipe nor a terminal", fd);
}

/* up to its newline, which is left out: the length, or -1 if there is none */
static ssize_t
read_line(char *line)
{
	ssize_t len = 0;

	for (; len < SCRIPT_LINE_MAX && read(STDIN_FILENO, line + len, 1) == 1; len++)
		if (line[len] == '\n')
			return len;
	return -1;
}

int
main(int argc, char *argv[])
{
	char line[SCRIPT_LINE_MAX];
	struct script_numbers numbers;
	ssize_t len;

	(void)argv;
	launch_clean();
	check_output(STDERR_FILENO);
	check_output(STDOUT_FILENO);
	if (argc != 1)
		errx(REFUSED, "this is for pt-capture(1), and takes no arguments");
	if (getuid() || geteuid())
		errx(REFUSED, "not root: this is to be run by sudo(8)");
	alarm(WAIT_S);
	len = read_line(line);
	alarm(0);
	if (len < 0 || !script_read(&numbers, line, (size_t)len))
		errx(REFUSED, "standard input is not what pt-capture(1) writes");
	launch_alone(BPFTRACE, &numbers);
}
