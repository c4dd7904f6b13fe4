#include "cli/options.h"

#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "cli/out.h"

/* "pt-sort" of "usage: pt-sort ..." */
static int
name_length(const char *usage)
{
	return (int)strcspn(usage + strlen("usage: "), " \n");
}

int
options_next(int argc, char *argv[], const char *shortopts,
    const struct option *longopts)
{
	char *slash = strrchr(argv[0], '/');

	if (slash)
		argv[0] = slash + 1;
	return getopt_long(argc, argv, shortopts, longopts, NULL);
}

void
options_common(int c, const char *usage)
{
	const char *name = usage + strlen("usage: ");

	switch (c) {
	case 'h':
		fputs(usage, stdout);
		break;
	case 'V':
		printf("%.*s %s\n", name_length(usage), name, PT_VERSION);
		break;
	default:
		fprintf(stderr, "Try '%.*s --help'.\n", name_length(usage), name);
		exit(exit_failure);
	}
	exit(out_close() < 0 ? exit_failure : 0);
}

unsigned long
options_number(const char *option, const char *arg, unsigned long max)
{
	uint64_t n;

	if (!text_number(arg, strlen(arg), max, &n))
		errx(exit_failure, "%s: '%s' is not a number from 0 to %lu", option, arg, max);
	return (unsigned long)n;
}

uint64_t
options_milliseconds(const char *option, const char *arg)
{
	uint64_t ns;

	if (!text_seconds(arg, &ns))
		errx(exit_failure, "%s: '%s' is not a number of milliseconds",
		    option, arg);
	return ns / 1000;
}
