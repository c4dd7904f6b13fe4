/* pt-render-sh - a shell script that runs processes of a recording again */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/selection.h"
#include "cli/options.h"
#include "render/shscript.h"
#include "tree/recording.h"

static const char usage[] =
"usage: pt-render-sh [-hV] [-o FILE] [-p PID[@TIME]] [--chain] [FILE ...]\n"
"Prints a script for a POSIX shell that runs a process of a recording again:\n"
"in its directory, with its environment and its arguments.\n"
"\n"
"  -p, --pid PID[@TIME]  this process instead of the first one; may be repeated\n"
"      --chain           tell who started it, from the first process down\n"
"  -o, --output FILE     write to FILE, replaced once it is complete\n"
"  -h, --help            print this help\n"
"  -V, --version         print the version\n";

enum { CHAIN = 256 };

static const struct option longopts[] = {
	{ "chain", no_argument, NULL, CHAIN },
	{ "pid", required_argument, NULL, 'p' },
	OPTIONS_COMMON,
	{ NULL, 0, NULL, 0 },
};

static bool
write_process(const struct shscript *s, const struct process *p)
{
	if (shscript_write(s, p, stdout))
		return true;
	warnx("process %d: its command is not in the recording, or not all of "
	    "it", (int)p->pid);
	return false;
}

/* Writes all that are chosen: false if one could not be written. */
static bool
write_chosen(const struct shscript *s, struct selection *which)
{
	bool *chosen = xcalloc(s->f->n, sizeof *chosen), good = true;
	size_t i;

	if (!selection_processes(which, s->f, chosen))
		errx(1, "no such process in the recording");
	puts("#!/bin/sh");
	for (i = 0; i < s->f->n && !ferror(stdout); i++)
		if (chosen[i])
			good &= write_process(s, s->f->processes[i]);
	free(chosen);
	return good;
}

int
main(int argc, char *argv[])
{
	static struct forest f;
	static struct selection which = {
		.max_duration = UINT64_MAX, .before = UINT64_MAX,
	};
	struct shscript s = { .f = &f };
	bool bad, any = false;
	int c;

	while ((c = options_next(argc, argv, "ho:p:V", longopts)) != -1)
		switch (c) {
		case CHAIN: s.chain = true; break;
		case 'p':
			if (!selection_pid(&which, optarg))
				errx(2, "--pid: '%s' is not PID or PID@TIME",
				    optarg);
			any = true;
			break;
		default: options_common(c, usage);
		}
	bad = recording_read(&f, argv + optind);
	if (any) {
		bad |= !write_chosen(&s, &which);
	} else {
		puts("#!/bin/sh");
		bad |= !write_process(&s, f.root);
	}
	return recording_end(&f, bad);
}
