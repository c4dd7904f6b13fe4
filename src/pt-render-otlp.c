/* pt-render-otlp - the processes of a recording as spans of OpenTelemetry */
#include <err.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "render/otlp.h"
#include "tree/hosts.h"
#include "tree/recording.h"

static const char usage[] =
"usage: pt-render-otlp [-hV] [-o FILE] [--batch N] [--resource KEY=VALUE]\n"
"                      [--spans process|program] [--traceparent VALUE] [FILE ...]\n"
"Prints recordings as spans of OpenTelemetry: OTLP/JSON, a request a line.\n"
"\n"
"      --batch N             at most N spans a line (512); 0: all in one\n"
"      --resource KEY=VALUE  an attribute of the resource; may be repeated\n"
"      --spans process|program  a span for each process (the default), or for\n"
"                            each program that was run\n"
"      --traceparent VALUE   the trace and the span to which all belongs (W3C)\n"
"  -o, --output FILE         write to FILE, replaced once it is complete\n"
"  -h, --help                print this help\n"
"  -V, --version             print the version\n";

enum { OPT_BATCH = 256, OPT_RESOURCE, OPT_SPANS, OPT_TRACEPARENT };

static const struct option longopts[] = {
	{ "batch", required_argument, NULL, OPT_BATCH },
	{ "resource", required_argument, NULL, OPT_RESOURCE },
	{ "spans", required_argument, NULL, OPT_SPANS },
	{ "traceparent", required_argument, NULL, OPT_TRACEPARENT },
	OPTIONS_COMMON,
	{ NULL, 0, NULL, 0 },
};

/* --spans process|program */
static bool
is_program(const char *arg)
{
	if (strcmp(arg, "program") && strcmp(arg, "process"))
		errx(2, "--spans: '%s' is neither process nor program", arg);
	return !strcmp(arg, "program");
}

static char *
checked_resource(char *arg)
{
	const char *p = arg;

	while (*p > ' ' && *p < 0x7f && *p != '=')
		p++;
	if (p == arg || *p != '=')
		errx(2, "--resource: '%s' is not KEY=VALUE", arg);
	return arg;
}

static void
set_parent(struct otlp *o, const char *arg)
{
	if (!traceparent_parse(&o->parent, (struct slice){ arg, strlen(arg) }))
		errx(2, "--traceparent: '%s' is none (W3C Trace Context)", arg);
}

int
main(int argc, char *argv[])
{
	static struct forest f;
	static struct otlp o = { .batch = 512 };
	char **resource = xcalloc((size_t)argc, sizeof *resource);
	bool bad;
	int c;

	while ((c = options_next(argc, argv, "ho:V", longopts)) != -1)
		switch (c) {
		case OPT_BATCH:
			o.batch = options_number("--batch", optarg, 1000000);
			break;
		case OPT_RESOURCE:
			resource[o.nresource++] = checked_resource(optarg);
			break;
		case OPT_SPANS: o.programs = is_program(optarg); break;
		case OPT_TRACEPARENT: set_parent(&o, optarg); break;
		default: options_common(c, usage);
		}
	o.resource = resource;
	bad = recording_read(&f, argv + optind);
	hosts_join(&f);
	otlp_write(&o, &f, stdout);
	free(resource);
	return recording_end(&f, bad);
}
