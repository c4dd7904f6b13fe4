/* pt-redact - recordings without the secrets that are in arguments */
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/stringtable.h"
#include "base/text.h"
#include "cli/options.h"
#include "cli/out.h"
#include "event/reader.h"
#include "secret/redact.h"

static const char usage[] =
"usage: pt-redact [-hnV] [-e PATTERN] [-f FILE] [-o FILE] [--own-only]\n"
"                 [FILE ...]\n"
"Replaces secrets in recordings by " REDACT_MARK ": passwords, tokens and keys in\n"
"arguments, file names and other values.\n"
"\n"
"  -e, --regexp PATTERN  replace what this extended regular expression matches,\n"
"                        or only what its first group in () matches\n"
"  -f, --file FILE       the same with each line of FILE but empty ones and those\n"
"                        that begin with '#'\n"
"      --own-only        only by -e and -f\n"
"  -n, --dry-run         print what would be replaced, how often, and by which\n"
"                        rule, but not the secrets\n"
"  -o, --output FILE     write to FILE, replaced once it is complete\n"
"  -h, --help            print this help\n"
"  -V, --version         print the version\n";

enum { OWN_ONLY = 256, SHOWN = 100 };

static const struct option longopts[] = {
	{ "dry-run", no_argument, NULL, 'n' },
	{ "file", required_argument, NULL, 'f' },
	{ "own-only", no_argument, NULL, OWN_ONLY },
	{ "regexp", required_argument, NULL, 'e' },
	OPTIONS_COMMON,
	{ NULL, 0, NULL, 0 },
};

/* what would be replaced: "RULE<TAB>WHERE", each once */
struct list {
	struct strings lines;
	struct count {
		size_t n, line;
	} *counts;
	size_t n, cap;
};

static void
add_rule(struct redact *r, const char *regex, const char *name)
{
	const char *why = redact_rule(r, regex, name);

	if (why)
		errx(2, "%s: '%s': %s", name, regex, why);
}

static void
add_rules_of(struct redact *r, const char *file)
{
	FILE *fp = strcmp(file, "-") ? fopen(file, "r") : stdin;
	struct buf name = { 0 };
	char *line = NULL;
	size_t cap = 0, lineno = 0;
	ssize_t len;

	if (!fp)
		err(2, "%s", file);
	while ((len = getline(&line, &cap, fp)) >= 0) {
		lineno++;
		if (len && line[len - 1] == '\n')
			line[--len] = '\0';
		if (!len || *line == '#')
			continue;
		name.len = 0;
		buf_printf(&name, "%s:%zu", file, lineno);
		buf_addc(&name, '\0');
		add_rule(r, line, name.p);
	}
	if (ferror(fp))
		err(2, "%s", file);
	if (fp != stdin)
		fclose(fp);
	free(line);
	free(name.p);
}

static void
count(struct list *list, const char *rule, struct slice where)
{
	struct buf line = { 0 }, shown = { 0 };
	size_t i;

	text_visible(&shown, where.p, where.len);
	buf_adds(&line, rule);
	buf_addc(&line, '\t');
	text_cut(&line, shown.p, shown.len, SHOWN);
	i = strings_add(&list->lines, line.p, line.len);
	if (i == list->n) {
		list->counts = grow(list->counts, list->n, &list->cap,
		    sizeof *list->counts);
		list->counts[list->n++] = (struct count){ 0, i };
	}
	list->counts[i].n++;
	free(line.p);
	free(shown.p);
}

/* what was found in the last event; several in one place are shown together */
static void
count_all(struct list *list, const struct redact *r)
{
	const struct secret *s = r->found.found;
	struct buf where = { 0 };
	size_t i;

	for (i = 0; i < r->found.n; i++) {
		if (i == 0 || s[i].text != s[i - 1].text) {
			where.len = 0;
			redact_show(r, i, &where);
		}
		count(list, s[i].rule, (struct slice){ where.p, where.len });
	}
	free(where.p);
}

static int
by_count(const void *a, const void *b)
{
	const struct count *x = a, *y = b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static void
print(struct list *list)
{
	struct slice line;
	size_t i;

	if (list->n)
		qsort(list->counts, list->n, sizeof *list->counts, by_count);
	for (i = 0; i < list->n; i++) {
		line = list->lines.list[list->counts[i].line];
		printf("%zu\t", list->counts[i].n);
		fwrite(line.p, 1, line.len, stdout);
		putchar('\n');
	}
	strings_free(&list->lines);
	free(list->counts);
}

int
main(int argc, char *argv[])
{
	static struct redact r;
	static struct list list;
	static struct reader in;
	struct event ev;
	bool dry = false, bad;
	int c, got;

	while ((c = options_next(argc, argv, "e:f:hno:V", longopts)) != -1)
		switch (c) {
		case 'e': add_rule(&r, optarg, "--regexp"); break;
		case 'f': add_rules_of(&r, optarg); break;
		case 'n': dry = true; break;
		case OWN_ONLY: r.own_only = true; break;
		default: options_common(c, usage);
		}
	if (r.own_only && !r.nrules) {
		warnx("--own-only, and no rule of one's own: nothing would be replaced");
		options_common('?', usage);
	}
	out_open(options_output());
	reader_open(&in, argv + optind);
	while ((got = reader_next(&in, &ev)) > 0 && !ferror(stdout)) {
		if (redact_event(&r, &ev) && dry)
			count_all(&list, &r);
		if (!dry)
			event_write(&ev, stdout);
	}
	bad = reader_close(&in, got);
	print(&list);
	redact_free(&r);
	return out_close() < 0 ? 2 : bad;
}
