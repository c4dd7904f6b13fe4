#include <err.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/linebuf.h"
#include "cli/options.h"
#include "cli/out.h"
#include "import/import.h"
#include "import/logs.h"

static const char usage[] =
"usage: pt-import [-hV] [--from FORMAT] [-o FILE] [FILE ...]\n"
"Makes events of what other programs have recorded.\n"
"\n"
"      --from jsonl|proctrace|strace\n"
"                     what they are (default: what the first line looks like):\n"
"                     lines of pt-render-jsonl; raw logs of the tool of that\n"
"                     name; or logs of\n"
"                     strace -f -ttt -e trace=process,setpgid,setsid\n"
"  -o, --output FILE  write to FILE, replaced once it is complete\n"
"  -h, --help         print this help\n"
"  -V, --version      print the version\n";

static const struct option longopts[] = {
	{ "from", required_argument, NULL, 'f' },
	OPTIONS_COMMON,
	{ NULL, 0, NULL, 0 }
};

static const struct import_format *const formats[] = {
	&import_jsonl, &import_proctrace, &import_strace,
};

enum { NFORMATS = sizeof formats / sizeof *formats };

static const struct import_format *
named(const char *name)
{
	size_t i;

	for (i = 0; i < NFORMATS; i++)
		if (!strcmp(formats[i]->name, name))
			return formats[i];
	errx(2, "--from: '%s' is none of jsonl, proctrace, strace", name);
}

static const struct import_format *
guess(const struct linebuf *in)
{
	size_t i;

	for (i = 0; i < NFORMATS; i++)
		if (formats[i]->matches(in->line, in->len))
			return formats[i];
	return NULL;
}

static void
flush(struct buf *events)
{
	fwrite(events->p ? events->p : "", 1, events->len, stdout);
	events->len = 0;
}

/* No more lines: the rest of the events, and what is to be said. */
static void
finish(struct linebuf *in, const struct import_format *format, void *log,
    struct buf *events)
{
	struct buf notes = { 0 };
	const char *why, *p, *nl;

	if (format->finish) {
		why = format->finish(log, events, &notes);
		for (p = notes.p; p && p < notes.p + notes.len; p = nl + 1) {
			nl = memchr(p, '\n', notes.len - (size_t)(p - notes.p));
			warnx("%.*s", (int)(nl - p), p);
		}
		if (why)
			warnx("%s", why);
		in->nbad += why != NULL;
		free(notes.p);
	}
	format->close(log, events);
	flush(events);
}

/* a log that is being read */
struct import {
	struct linebuf *in;
	const struct import_format *format;
	void *log;
	struct buf events;
	bool several;		/* files: logs of strace are put into one order */
	struct logs logs;
};

static void
push(struct import *im, const char *line, size_t len)
{
	const char *why;

	if (!im->log)
		im->log = im->format->open();
	why = im->format->push(im->log, line, len, &im->events);
	if (why)
		linebuf_bad(im->in, "%s", why);
	flush(&im->events);
}

/* The lines of several logs, now that all are there. */
static void
push_logs(struct import *im)
{
	const struct logs_line *line;
	const char *name, *why = logs_sort(&im->logs, &name);

	if (why)
		errx(2, "%s: %s", name, why);
	if (im->logs.nfiles > 1 && im->format->several) {
		im->log = im->format->open();
		im->format->several(im->log);
	}
	for (line = im->logs.lines; line < im->logs.lines + im->logs.n &&
	    !ferror(stdout); line++) {
		im->in->name = logs_name(&im->logs, line);
		im->in->lineno = line->lineno;
		push(im, im->logs.bytes.p + line->begin, line->len);
	}
}

/* Lines before the first one that tells the format are bad. */
static int
import(struct import *im)
{
	struct linebuf *in = im->in;
	const char *what;
	int got;

	while ((got = linebuf_next(in)) > 0 && !ferror(stdout)) {
		if (!im->format && in->len &&
		    !(im->format = guess(in))) {
			what = import_foreign(in->line, in->len);
			if (what)
				errx(2, "%s:%zu: %s", in->name, in->lineno, what);
			linebuf_bad(in, "of no known format");
			continue;
		}
		if (!im->format)
			continue;
		if (im->several && im->format == &import_strace)
			logs_add(&im->logs, in->name, in->lineno, in->line,
			    in->len);
		else
			push(im, in->line, in->len);
	}
	if (got == 0)
		push_logs(im);
	if (im->log)
		finish(in, im->format, im->log, &im->events);
	free(im->events.p);
	logs_free(&im->logs);
	return got;
}

int
main(int argc, char *argv[])
{
	static struct linebuf in;
	static struct import im = { .in = &in };
	bool bad;
	int c;

	while ((c = options_next(argc, argv, "ho:V", longopts)) != -1)
		switch (c) {
		case 'f': im.format = named(optarg); break;
		default: options_common(c, usage);
		}
	out_open(options_output());
	linebuf_open(&in, argv + optind);
	im.several = argc - optind > 1;
	if (import(&im) < 0)
		err(2, "%s", in.name);
	bad = in.nbad > 0;
	linebuf_close(&in);
	return out_close() < 0 ? 2 : bad;
}
