#include "cli/options.h"

#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/message.h"
#include "base/text.h"
#include "cli/out.h"

static const char *output = "-";

/* "pt-sort" of "usage: pt-sort ..." */
static int
name_length(const char *usage)
{
	return (int)strcspn(usage + strlen("usage: "), " \n");
}

/* Lets getopt_long() say which option is wrong. Its message quotes it, so that is
 * made visible before; what was right remains so. */
static void
explain(int argc, char *argv[], const char *shortopts,
    const struct option *longopts)
{
	char **words = xcalloc((size_t)argc + 1, sizeof *words);
	struct buf b;
	int i;

	for (i = 0; i < argc; i++) {
		b = (struct buf){ 0 };
		text_visible(&b, argv[i], strlen(argv[i]));
		buf_addc(&b, '\0');
		words[i] = b.p;
	}
	optind = 0;
	opterr = 1;
	while ((i = getopt_long(argc, words, shortopts, longopts, NULL)) != -1 &&
	    i != '?')
		;
	for (i = 0; i < argc; i++)
		free(words[i]);
	free(words);
}

int
options_next(int argc, char *argv[], const char *shortopts,
    const struct option *longopts)
{
	char *slash = strrchr(argv[0], '/');
	int c;

	if (slash)
		argv[0] = slash + 1;
	message_name(argv[0]);
	opterr = 0;
	c = getopt_long(argc, argv, shortopts, longopts, NULL);
	if (c == '?')
		explain(argc, argv, shortopts, longopts);
	return c;
}

void
options_common(int c, const char *usage)
{
	const char *name = usage + strlen("usage: ");

	switch (c) {
	case 'o':
		output = optarg;
		return;
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

const char *
options_output(void)
{
	return output;
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
