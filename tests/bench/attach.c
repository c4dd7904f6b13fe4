/* attach - how long bpftrace itself takes to start with a script, and to end
 *
 * usage: attach SCRIPT
 *
 * Runs "bpftrace -q -e" with the text of the file, marks as src/capture/marks.h has it
 * until the first mark is answered, stops reading, and appends to the file
 * $STAMPS the seconds that both took: attach, detach. */
#define _GNU_SOURCE
#include <sys/wait.h>

#include <err.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { MARK_PID = 1886679653, MARK_MS = 2, TEXT_MAX = 100000 };

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static pid_t
start(char *script, int *out)
{
	static char bpftrace[] = "bpftrace", quiet[] = "-q", buffer[] = "-B",
	    line[] = "line", eval[] = "-e";
	char cookie[16], *argv[] = { bpftrace, quiet, buffer, line, eval, script,
	    cookie, NULL };
	posix_spawn_file_actions_t actions;
	int ends[2];
	pid_t pid;

	/* the script prints the marks that have its cookie */
	snprintf(cookie, sizeof cookie, "%d", getpid());
	if (pipe2(ends, O_CLOEXEC) < 0)
		err(2, "pipe");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
	    O_WRONLY, 0);
	if (posix_spawnp(&pid, bpftrace, &actions, NULL, argv, environ))
		errx(2, "%s", bpftrace);
	close(ends[1]);
	*out = ends[0];
	return pid;
}

/* Reads until a mark has come. */
static void
await_mark(int fd)
{
	static char text[TEXT_MAX + 1];
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	size_t len = 0;
	ssize_t n;

	while (!strstr(text, "\nmark\t")) {
		if (poll(&ready, 1, MARK_MS) == 0) {
			setpgid(MARK_PID, getpid());
			continue;
		}
		if (len == TEXT_MAX) {
			len = TEXT_MAX / 2;
			memcpy(text, text + len, len);
		}
		n = read(fd, text + len, TEXT_MAX - len);
		if (n <= 0)
			errx(2, "bpftrace has ended");
		len += (size_t)n;
		text[len] = '\0';
	}
}

/* Ends bpftrace. A SIGINT just before it waits can be missed, so once more after
 * a while. */
static void
end(int fd, pid_t pid)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	char chunk[4096];

	kill(pid, SIGINT);
	for (;;)
		if (poll(&ready, 1, 1000) == 0)
			kill(pid, SIGINT);
		else if (read(fd, chunk, sizeof chunk) <= 0)
			return;
}

static char *
read_script(const char *file)
{
	static char script[TEXT_MAX];
	FILE *fp = fopen(file, "r");

	if (!fp || !fread(script, 1, sizeof script - 1, fp))
		err(2, "%s", file);
	fclose(fp);
	return script;
}

int
main(int argc, char *argv[])
{
	double begin, attached;
	FILE *stamps;
	pid_t pid;
	int out;

	if (argc != 2 || !getenv("STAMPS"))
		errx(2, "usage: STAMPS=FILE attach SCRIPT");
	begin = now();
	pid = start(read_script(argv[1]), &out);
	await_mark(out);
	attached = now();
	end(out, pid);
	waitpid(pid, NULL, 0);
	stamps = fopen(getenv("STAMPS"), "a");
	if (!stamps)
		err(2, "STAMPS");
	fprintf(stamps, "attach\t%.6f\ndetach\t%.6f\n", attached - begin,
	    now() - attached);
	return fclose(stamps) == EOF ? 2 : 0;
}
