/* measure - run commands in turn, again and again, and write what each took
 *
 * usage: measure TIMES <PLAN >RESULTS
 *
 * A line of the plan is NAME, TAB and a command for sh. Each of them is run
 * before any is run again, so that what else the machine does meets all alike.
 * A result is a line NAME, TAB, MEASURE, TAB, NUMBER:
 *
 *	wall	seconds from start to end
 *	cpu	seconds, user and system, of all its processes
 *	rss	KiB, the peak of the largest of them
 *	end	when it ended, as stamp(1) writes times
 *
 * and what the command itself appends to the file $STAMPS, as MEASURE, TAB,
 * NUMBER. It ends with status 1 if a command fails. */
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>

#include <err.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct command {
	char *name, *text;
};

static struct command *commands;
static size_t ncommands;
static char stamps[] = "/tmp/bench.XXXXXX";
static bool failed;

static void
read_plan(void)
{
	char *line = NULL, *tab;
	size_t cap = 0;
	ssize_t len;

	while ((len = getline(&line, &cap, stdin)) > 0) {
		line[strcspn(line, "\n")] = '\0';
		tab = strchr(line, '\t');
		if (!tab)
			errx(2, "no TAB: %s", line);
		*tab = '\0';
		commands = realloc(commands, (ncommands + 1) * sizeof *commands);
		if (!commands)
			err(2, NULL);
		commands[ncommands++] = (struct command){ line, tab + 1 };
		line = NULL;
		cap = 0;
	}
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void
copy_stamps(const char *name)
{
	FILE *fp = fopen(stamps, "r");
	char line[200];

	if (!fp)
		err(2, "%s", stamps);
	while (fgets(line, sizeof line, fp))
		printf("%s\t%s", name, line);
	fclose(fp);
	if (truncate(stamps, 0) < 0)
		err(2, "%s", stamps);
}

static void
run(const struct command *c)
{
	double begin = now(), end;
	struct rusage used;
	int status;
	pid_t pid;

	pid = fork();
	if (pid < 0)
		err(2, "fork");
	if (!pid) {
		execl("/bin/sh", "sh", "-c", c->text, (char *)NULL);
		_exit(127);
	}
	if (wait4(pid, &status, 0, &used) != pid)
		err(2, "wait");
	end = now();
	if (status) {
		warnx("%s failed: %s", c->name, c->text);
		failed = true;
	}
	printf("%s\tbegin\t%.6f\n%s\tend\t%.6f\n", c->name, begin, c->name, end);
	printf("%s\twall\t%.6f\n", c->name, end - begin);
	printf("%s\tcpu\t%.6f\n", c->name,
	    seconds(used.ru_utime) + seconds(used.ru_stime));
	printf("%s\trss\t%ld\n", c->name, used.ru_maxrss);
	copy_stamps(c->name);
	fflush(stdout);
}

int
main(int argc, char *argv[])
{
	long times = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
	size_t i;
	int fd;

	if (times < 1)
		errx(2, "usage: measure TIMES <PLAN >RESULTS");
	read_plan();
	fd = mkstemp(stamps);
	if (fd < 0 || close(fd) < 0 || setenv("STAMPS", stamps, 1) < 0)
		err(2, "%s", stamps);
	for (; times > 0; times--)
		for (i = 0; i < ncommands; i++)
			run(&commands[i]);
	unlink(stamps);
	return failed;
}
