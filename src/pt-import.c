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

/* Lines before the first one that tells the format are bad. */
static int
import(struct linebuf *in, const struct import_format *format)
{
	struct buf events = { 0 };
	void *log = NULL;
	const char *why;
	int got;

	while ((got = linebuf_next(in)) > 0 && !ferror(stdout)) {
		if (!log && !format && in->len && !(format = guess(in))) {
			linebuf_bad(in, "of no known format");
			continue;
		}
		if (!format)
			continue;
		if (!log)
			log = format->open();
		why = format->push(log, in->line, in->len, &events);
		if (why)
			linebuf_bad(in, "%s", why);
		flush(&events);
	}
	if (log)
		format->close(log, &events);
	flush(&events);
	free(events.p);
	return got;
}

int
main(int argc, char *argv[])
{
	static struct linebuf in;
	const struct import_format *format = NULL;
	const char *output = "-";
	bool bad;
	int c;

	while ((c = options_next(argc, argv, "ho:V", longopts)) != -1)
		switch (c) {
		case 'f': format = named(optarg); break;
		case 'o': output = optarg; break;
		default: options_common(c, usage);
		}
	out_open(output);
	linebuf_open(&in, argv + optind);
	if (import(&in, format) < 0)
		err(2, "%s", in.name);
	bad = in.nbad > 0;
	linebuf_close(&in);
	return out_close() < 0 ? 2 : bad;
}
