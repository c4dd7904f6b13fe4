/* pt-sort - lines of recordings in the order of time */
#include <err.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "cli/linebuf.h"
#include "cli/options.h"
#include "cli/out.h"
#include "event/event.h"
#include "event/runs.h"
#include "sort/extsort.h"
#include "sort/memory.h"
#include "sort/merge.h"

#define MEMORY_PER_FILE (256UL << 10)	/* of a linebuf */

static const char usage[] =
"usage: pt-sort [-chmV] [-o FILE] [-S SIZE] [-T DIR] [FILE ...]\n"
"Puts the lines of recordings in the order of time; equal times stay in the\n"
"order they came in. Without FILE, or when FILE is -, reads standard input.\n"
"\n"
"  -c, --check                    write nothing; report lines out of order\n"
"  -m, --merge                    each file is in order already: merge them\n"
"  -o, --output FILE              write to FILE, replaced once it is complete\n"
"  -S, --buffer-size SIZE         memory to use before temporary files: KiB, or\n"
"                                 with b, K, M or G behind (an eighth of all)\n"
"  -T, --temporary-directory DIR  where to make them ($TMPDIR, or /tmp)\n"
"  -h, --help                     print this help\n"
"  -V, --version                  print the version\n";

static const struct option longopts[] = {
	{ "buffer-size", required_argument, NULL, 'S' },
	{ "check", no_argument, NULL, 'c' },
	{ "merge", no_argument, NULL, 'm' },
	{ "temporary-directory", required_argument, NULL, 'T' },
	OPTIONS_COMMON,
	{ 0 }
};

static size_t memory;
static const char *temp_dir;
static bool in_order;		/* as the files should be */
static bool too_many;		/* files to be open at once */

/* lines with their times */
struct source {
	struct linebuf in;
	uint64_t ts;		/* of the current line */
	char *files[2];
	struct buf trace;	/* its first trace line */
	struct runs_id id;	/* of it */
	struct buf run;		/* its name, ... */
	uint64_t shift;		/* ... and when it starts on the common time
				 * line, where there are several recordings */
};

/* Another recording begins among the lines of one: its times and PIDs would be
 * taken for those of the first. */
static void
check_trace(struct source *src)
{
	struct runs_id id;
	struct event ev;

	if (event_parse(&ev, src->in.line, src->in.len) ||
	    ev.kind != EVENT_TRACE)
		return;
	if (!src->trace.len) {
		buf_add(&src->trace, src->in.line, src->in.len);
		event_parse(&ev, src->trace.p, src->trace.len);
		runs_identify(&src->id, &ev);
		return;
	}
	runs_identify(&id, &ev);
	if (runs_same(&id, &src->id) || ev.has & HAS_RUN)
		return;
	if (too_many)
		errx(2, "%s: another recording, and too many files to merge at once: "
		    "fewer, or more memory (-S)", src->in.name);
	errx(2, "%s:%zu: another recording begins here: sort each into a file of "
	    "its own, then merge these with -m", src->in.name,
	    src->in.lineno);
}

/* 1, 0, -1 as linebuf_next(). A line without a time of its own keeps its
 * place: it has the time of the line before it, 0 in front of all. */
static int
source_next(struct source *src)
{
	int r = linebuf_next(&src->in);
	uint64_t ts;

	if (r <= 0)
		return r;
	if (src->in.lineno == 1)
		src->ts = 0;
	if (src->in.len > 6 && !memcmp(src->in.line, "trace\t", 6))
		check_trace(src);
	switch (event_line_ts(src->in.line, src->in.len, &ts)) {
	case 1:
		if (in_order && ts < src->ts)
			linebuf_bad(&src->in, "earlier than the line before it");
		else
			src->ts = ts;
		break;
	case -1:
		linebuf_bad(&src->in, "ts= is not a number or too large");
		break;
	}
	return 1;
}

/* true if there were bad lines */
static bool
source_close(struct source *src, int last)
{
	if (last < 0)
		err(2, "%s", src->in.name);
	linebuf_close(&src->in);
	free(src->trace.p);
	free(src->run.p);
	return src->in.nbad > 0;
}

static bool
check(char *const files[])
{
	static struct source src;
	int r;

	linebuf_open(&src.in, files);
	while ((r = source_next(&src)) > 0)
		;
	return source_close(&src, r);
}

static bool
sort(char *const files[])
{
	static struct source src;
	static struct extsort *lines;
	int r;

	lines = extsort_new(memory, temp_dir);
	linebuf_open(&src.in, files);
	while ((r = source_next(&src)) > 0)
		if (extsort_add(lines, src.ts, src.in.line, src.in.len + 1) < 0)
			err(2, "%s: temporary file", temp_dir);
	if (r == 0 && extsort_write(lines, stdout) < 0)
		err(2, "%s: temporary file", temp_dir);
	extsort_free(lines);
	return source_close(&src, r);
}

/* Whether the sources are of several recordings: then it sets what makes one
 * time line of theirs, and *start, in Unix time. */
static bool
several(struct source *sources, size_t n, uint64_t *start)
{
	const struct source *first = NULL;
	struct source *src;
	bool differ = false;

	*start = UINT64_MAX;
	for (src = sources; src < sources + n; src++) {
		if (!src->trace.len)
			continue;
		first = first ? first : src;
		differ |= !runs_same(&first->id, &src->id);
		if (src->id.start < *start)
			*start = src->id.start;
	}
	for (src = sources; differ && src < sources + n; src++) {
		if (!src->in.line)
			continue;	/* empty */
		if (!src->trace.len)
			errx(2, "%s: no trace line at its start: it is not known of "
			    "which recording it is", src->in.name);
		if (!src->id.start)
			errx(2, "%s: the recording does not say when it started, so it "
			    "cannot be merged with others", src->in.name);
		runs_name(&src->id, &src->run);
		src->shift = src->id.start - *start;
	}
	return differ;
}

/* Writes the line as one of its recording. */
static void
write_marked(struct source *src, uint64_t start, struct buf *line)
{
	struct event ev;

	if (event_parse(&ev, src->in.line, src->in.len)) {
		fwrite(src->in.line, 1, src->in.len + 1, stdout);
		return;
	}
	if (ev.has & HAS_SEQ)
		errx(2, "%s:%zu: a line of the bare tracer, which cannot be merged "
		    "with another recording: pt-ingest makes events of it",
		    src->in.name, src->in.lineno);
	if (ev.kind == EVENT_TICK)	/* for what is not in order */
		return;
	if (ev.ts > INT64_MAX - src->shift) {
		linebuf_bad(&src->in, "ts= is too large for several recordings");
		return;
	}
	line->len = 0;
	runs_mark(line, &ev, (struct slice){ src->run.p, src->run.len },
	    src->shift, start);
	buf_addc(line, '\n');
	fwrite(line->p, 1, line->len, stdout);
}

static uint64_t
time_of(const struct source *src)
{
	return src->ts > UINT64_MAX - src->shift ? UINT64_MAX :
	    src->ts + src->shift;
}

static bool
merge(char *const files[], size_t n)
{
	static struct source *sources;
	static struct merge next;
	struct buf line = { 0 };
	struct source *src;
	uint64_t start;
	bool bad = false, marked;
	int *first = xcalloc(n, sizeof *first), r;
	size_t i;

	sources = xcalloc(n, sizeof *sources);
	for (i = 0; i < n; i++) {
		src = &sources[i];
		src->files[0] = files[i];
		linebuf_open(&src->in, src->files);
		first[i] = source_next(src);
	}
	marked = several(sources, n, &start);
	for (i = 0; i < n; i++)
		if (first[i] > 0)
			merge_add(&next, time_of(&sources[i]), i);
		else
			bad |= source_close(&sources[i], first[i]);
	free(first);
	while (next.n > 0 && !ferror(stdout)) {
		src = &sources[next.heads[0].source];
		if (marked)
			write_marked(src, start, &line);
		else
			fwrite(src->in.line, 1, src->in.len + 1, stdout);
		r = source_next(src);
		if (r > 0) {
			merge_next(&next, time_of(src));
		} else {
			merge_end(&next);
			bad |= source_close(src, r);
		}
	}
	free(line.p);
	return bad;
}

/* How many files may be open at once: half of the limit, as some are open
 * already, and as many as have room in memory. */
static size_t
files_max(void)
{
	long limit = sysconf(_SC_OPEN_MAX);
	size_t room = memory / MEMORY_PER_FILE;

	return limit >= 0 && (size_t)limit / 2 < room ? (size_t)limit / 2 : room;
}

static void
set_memory(const char *arg)
{
	if (!memory_parse(arg, &memory))
		errx(2, "--buffer-size: '%s' is not a size", arg);
}

int
main(int argc, char *argv[])
{
	static char dash[] = "-", *standard_input[] = { dash, NULL };
	bool checking = false, bad;
	char **files;
	size_t n;
	int c;

	memory = memory_default();
	temp_dir = getenv("TMPDIR");
	if (!temp_dir || !*temp_dir)
		temp_dir = "/tmp";
	while ((c = options_next(argc, argv, "chmo:S:T:V", longopts)) != -1)
		switch (c) {
		case 'c': checking = in_order = true; break;
		case 'm': in_order = true; break;
		case 'S': set_memory(optarg); break;
		case 'T': temp_dir = optarg; break;
		default: options_common(c, usage);
		}
	files = optind < argc ? argv + optind : standard_input;
	n = optind < argc ? (size_t)(argc - optind) : 1;
	if (checking)
		return check(files);
	out_open(options_output());
	flockfile(stdout);	/* once, and not in each fwrite() */
	too_many = in_order && n > files_max();
	bad = in_order && !too_many ? merge(files, n) : sort(files);
	return out_close() < 0 ? 2 : bad;
}
