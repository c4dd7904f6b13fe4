#include "import/logs.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "event/event.h"
#include "import/straceline.h"

struct logs_file {
	char *name;
	uint64_t pid;		/* of its name; 0: none */
	bool tells_pids;	/* its lines do */
	bool timed;		/* the first line with a time was there */
	enum straceline_clock clock;
	uint64_t last, day;	/* ns */
};

static uint64_t
pid_of(const char *name)
{
	struct slice s = { name, strlen(name) };
	uint64_t pid;

	return slice_drop_number(&s, EVENT_PID_MAX, &pid) &&
	    slice_drop(&s, ".") ? pid : 0;
}

static struct logs_file *
file_of(struct logs *l, const char *name, size_t lineno)
{
	struct logs_file *f = l->nfiles ? &l->files[l->nfiles - 1] : NULL;

	if (f && !strcmp(f->name, name) && lineno > l->lines[l->n - 1].lineno)
		return f;
	l->files = grow(l->files, l->nfiles, &l->files_cap, sizeof *l->files);
	f = &l->files[l->nfiles++];
	*f = (struct logs_file){ .name = xstrdup(name), .pid = pid_of(name) };
	return f;
}

/* The time by which the line is ordered; without one, that of the line before:
 * it stays behind it. */
static uint64_t
time_of(struct logs_file *f, const struct straceline *line)
{
	const uint64_t hour = UINT64_C(3600) * 1000000000;
	uint64_t ns = line->ns;

	if (line->clock == STRACELINE_DAY) {
		if (ns + f->day + 12 * hour < f->last)
			f->day += 24 * hour;
		ns += f->day;
	}
	return f->last = ns;
}

void
logs_add(struct logs *l, const char *name, size_t lineno, const char *line,
    size_t len)
{
	struct logs_file *f = file_of(l, name, lineno);
	struct logs_line *to;
	struct straceline parsed;

	l->lines = grow(l->lines, l->n, &l->cap, sizeof *l->lines);
	to = &l->lines[l->n++];
	*to = (struct logs_line){
		.ns = f->last, .file = l->nfiles - 1, .lineno = lineno,
		.begin = l->bytes.len, .len = len,
	};
	buf_add(&l->bytes, line, len);
	if (straceline_parse(&parsed, line, len))
		return;
	f->tells_pids |= parsed.pid != 0;
	if (!f->timed) {
		f->timed = true;
		f->clock = parsed.clock;
	}
	to->ns = time_of(f, &parsed);
}

static int
by_time(const void *p, const void *q)
{
	const struct logs_line *a = p, *b = q;

	if (a->ns != b->ns)
		return a->ns < b->ns ? -1 : 1;
	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	return a->lineno < b->lineno ? -1 : a->lineno > b->lineno;
}

/* Puts "PID " in front of the lines of files whose names tell it. */
static void
add_pids(struct logs *l)
{
	struct buf bytes = { 0 };
	const struct logs_file *f;
	struct logs_line *line;
	size_t begin;

	for (line = l->lines; line < l->lines + l->n; line++) {
		f = &l->files[line->file];
		begin = bytes.len;
		if (!f->tells_pids && f->pid && line->len) {
			buf_addu(&bytes, f->pid);
			buf_addc(&bytes, ' ');
		}
		buf_add(&bytes, l->bytes.p + line->begin, line->len);
		line->begin = begin;
		line->len = bytes.len - begin;
	}
	free(l->bytes.p);
	l->bytes = bytes;
}

const char *
logs_sort(struct logs *l, const char **name)
{
	const struct logs_file *f, *first = NULL;

	if (l->nfiles < 2)
		return NULL;
	for (f = l->files; f < l->files + l->nfiles; f++) {
		*name = f->name;
		if (!f->timed)
			continue;
		first = first ? first : f;
		if (f->clock == STRACELINE_NONE || f->clock == STRACELINE_DELTA)
			return "several logs have no order without times of day: "
			    "strace needs -ttt";
		if (f->clock != first->clock)
			return "another kind of time than in the log before";
		if (!f->tells_pids && !f->pid)
			return "neither its lines nor its name tell a PID, so it "
			    "cannot be put together with other logs";
	}
	add_pids(l);
	if (l->n)
		qsort(l->lines, l->n, sizeof *l->lines, by_time);
	return NULL;
}

const char *
logs_name(const struct logs *l, const struct logs_line *line)
{
	return l->files[line->file].name;
}

void
logs_free(struct logs *l)
{
	size_t i;

	for (i = 0; i < l->nfiles; i++)
		free(l->files[i].name);
	free(l->files);
	free(l->lines);
	free(l->bytes.p);
	*l = (struct logs){ 0 };
}
