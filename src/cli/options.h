/* options - what every program does alike with its command line
 *
 * Long options are getopt_long()'s. A program's usage text begins with
 * "usage: NAME ..." and fits 80 columns and 24 lines. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <getopt.h>
#include <stdint.h>

#define PT_VERSION "0.1.0"

#define OPTIONS_COMMON \
	{ "help", no_argument, NULL, 'h' }, \
	{ "output", required_argument, NULL, 'o' }, \
	{ "version", no_argument, NULL, 'V' }

/* getopt_long(), whose messages name the program as all others do: without the
 * directory in argv[0]. */
int options_next(int argc, char *argv[], const char *shortopts,
    const struct option *);

/* Handles 'h' (usage on stdout, exit 0), 'V' (NAME VERSION on stdout, exit 0)
 * and 'o'; anything else is a usage error: "try NAME --help" on stderr, exit 2. */
void options_common(int c, const char *usage);

/* The file that -o named, for out_open(); "-" if it was not there. */
const char *options_output(void);

/* ns: those of an option's argument, which is in milliseconds; or a message and
 * exit 2. */
uint64_t options_milliseconds(const char *option, const char *arg);

/* The number of an option's argument, or a message and exit 2. */
unsigned long options_number(const char *option, const char *arg,
    unsigned long max);

#endif
