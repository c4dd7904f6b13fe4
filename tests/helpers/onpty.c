/* onpty - runs a program on a pseudo-terminal of its own, and talks to it
 *
 * usage: onpty [-t SECS] CMD [ARG...] <SCRIPT
 *
 * The lines of SCRIPT:
 *
 *	expect TEXT	waits until the program has written TEXT
 *	send TEXT	types TEXT
 *	insist KEY TEXT	types KEY, again and again, until the program has
 *			written TEXT: for one that overlooks it at times
 *	hangup		closes the terminal
 *
 * TEXT has the escapes \n \r \e \\ and \xHH. What the program writes goes to
 * standard output. After the last line it waits for the program's end: exit
 * status as a shell has it, or 124 after SECS (30), when something that was
 * expected has not come. */
#define _GNU_SOURCE
#include <sys/ioctl.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FAILED = 125, TIME_OUT = 124, AGAIN_MS = 300 };

static int terminal;
static char seen[1024 * 1024];	/* written, and not matched yet */
static size_t nseen;
static time_t deadline;

static size_t
unescape(char *p)
{
	char *out = p, *start = p;
	unsigned byte;

	for (; *p; p++)
		if (*p != '\\') {
			*out++ = *p;
		} else if (*++p == 'x' && sscanf(p + 1, "%2x", &byte) == 1) {
			*out++ = (char)byte;
			p += 2;
		} else {
			*out++ = *p == 'n' ? '\n' : *p == 'r' ? '\r' :
			    *p == 'e' ? '\033' : *p;
		}
	*out = '\0';
	return (size_t)(out - start);
}

/* more of what the program writes: false at the end */
static bool
hear(const char *awaited)
{
	struct pollfd fd = { .fd = terminal, .events = POLLIN };
	ssize_t n;

	while (poll(&fd, 1, 100) <= 0)
		if (time(NULL) > deadline) {
			warnx("time is up: %s", awaited);
			exit(TIME_OUT);
		}
	if (nseen == sizeof seen)
		nseen = 0;
	n = read(terminal, seen + nseen, sizeof seen - nseen);
	if (n <= 0)
		return false;
	fwrite(seen + nseen, 1, (size_t)n, stdout);
	fflush(stdout);
	nseen += (size_t)n;
	return true;
}

static void
type(const char *text, size_t len)
{
	if (write(terminal, text, len) != (ssize_t)len)
		err(FAILED, "send");
}

/* key: what to type now and then, or NULL */
static void
expect(const char *text, size_t len, const char *key)
{
	struct pollfd fd = { .fd = terminal, .events = POLLIN };
	char *found;

	while (!(found = memmem(seen, nseen, text, len))) {
		if (key && poll(&fd, 1, AGAIN_MS) == 0)
			type(key, strlen(key));
		else if (!hear(text))
			errx(TIME_OUT, "has ended, without %s", text);
	}
	found += len;
	nseen -= (size_t)(found - seen);
	memmove(seen, found, nseen);
}

static void
follow(char *line)
{
	char *text = strchr(line, ' '), *more;
	size_t len = text ? unescape(++text) : 0;

	if (!strncmp(line, "expect ", 7)) {
		expect(text, len, NULL);
	} else if (!strncmp(line, "insist ", 7)) {
		more = strchr(text, ' ');
		*more++ = '\0';
		type(text, strlen(text));
		expect(more, strlen(more), text);
	} else if (!strncmp(line, "send ", 5)) {
		type(text, len);
	} else if (!strcmp(line, "hangup")) {
		close(terminal);
		terminal = -1;
	} else {
		errx(FAILED, "%s?", line);
	}
}

int
main(int argc, char *argv[])
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	static char line[4096];
	long secs = 30;
	int opt, status;
	pid_t pid;

	while ((opt = getopt(argc, argv, "+t:")) == 't')
		secs = strtol(optarg, NULL, 10);
	if (opt != -1 || optind == argc)
		errx(FAILED, "usage: onpty [-t SECS] CMD [ARG...] <SCRIPT");
	deadline = time(NULL) + secs;
	pid = forkpty(&terminal, NULL, NULL, &size);
	if (pid < 0)
		err(FAILED, "forkpty");
	if (!pid) {
		execvp(argv[optind], argv + optind);
		err(127, "%s", argv[optind]);
	}
	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = '\0';
		follow(line);
	}
	while (terminal >= 0 && hear("the end"))
		;
	if (waitpid(pid, &status, 0) < 0)
		err(FAILED, "waitpid");
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
