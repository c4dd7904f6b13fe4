#include "analysis/selection.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/sysnames.h"
#include "base/text.h"
#include "tree/lives.h"
#include "tree/process.h"

struct selection_pid {
	int32_t pid;
	uint64_t since;
	bool one;	/* life, the first that begins then or later */
};

struct selection_ending {
	enum { STATUS, SIGNAL, FAILED, ANY_SIGNAL, RUNNING } what;
	unsigned number;
};

const char *
selection_pattern(struct selection *c, const char *pattern,
    enum pattern_syntax syntax, bool ignore_case)
{
	const char *why;

	c->patterns = grow(c->patterns, c->npatterns, &c->patterns_cap,
	    sizeof *c->patterns);
	why = pattern_compile(&c->patterns[c->npatterns], pattern, syntax,
	    ignore_case);
	if (!why)
		c->npatterns++;
	return why;
}

void
selection_directory(struct selection *c, const char *directory)
{
	c->directories = grow(c->directories, c->ndirectories,
	    &c->directories_cap, sizeof *c->directories);
	c->directories[c->ndirectories++] = directory;
}

void
selection_file(struct selection *c, const char *file)
{
	c->files = grow(c->files, c->nfiles,
	    &c->files_cap, sizeof *c->files);
	c->files[c->nfiles++] = file;
}

bool
selection_pid(struct selection *c, const char *spec)
{
	struct lives l = { 0 };

	if (!lives_parse(&l, spec))
		return false;
	c->pids = grow(c->pids, c->npids, &c->pids_cap, sizeof *c->pids);
	c->pids[c->npids++] = (struct selection_pid){ l.pid, l.since, l.chosen };
	return true;
}

static unsigned
signal_number(const char *name)
{
	struct buf full = { 0 };
	unsigned number;

	if (strncmp(name, "SIG", 3))
		buf_adds(&full, "SIG");
	buf_adds(&full, name);
	number = sysnames_signal_number(full.p, full.len);
	free(full.p);
	return number;
}

bool
selection_ending(struct selection *c, const char *spec)
{
	struct selection_ending ending = { STATUS, 0 };
	uint64_t status;

	if (text_number(spec, strlen(spec), 255, &status))
		ending.number = (unsigned)status;
	else if (!strcmp(spec, "failed"))
		ending.what = FAILED;
	else if (!strcmp(spec, "signal"))
		ending.what = ANY_SIGNAL;
	else if (!strcmp(spec, "running"))
		ending.what = RUNNING;
	else if ((ending.number = signal_number(spec)))
		ending.what = SIGNAL;
	else
		return false;
	c->endings = grow(c->endings, c->nendings, &c->endings_cap,
	    sizeof *c->endings);
	c->endings[c->nendings++] = ending;
	return true;
}

/* with the NUL that pattern_find() wants */
static bool
text_matches(struct selection *c)
{
	struct pattern_match m;
	size_t i;

	buf_addc(&c->text, '\0');
	for (i = 0; i < c->npatterns; i++)
		if (pattern_find(&c->patterns[i], c->text.p, c->text.len - 1, 0,
		    &m))
			return true;
	return false;
}

static bool
exec_matches(struct selection *c, const struct event *ev)
{
	struct slice args, arg;
	bool first = true;

	c->text.len = 0;
	if (event_argv(ev, &args)) {
		for (; event_next_arg(&args, &arg); first = false) {
			if (!first)
				buf_addc(&c->text, ' ');
			text_unescape(&c->text, arg.p, arg.len);
		}
		if (text_matches(c))
			return true;
	}
	c->text.len = 0;
	if (!event_get(ev, "file", &arg))
		return false;
	text_unescape(&c->text, arg.p, arg.len);
	return text_matches(c);
}

static bool
command_matches(struct selection *c, const struct process *p)
{
	const struct moment *m;

	for (m = p->events; m; m = m->next)
		if (m->ev.kind == EVENT_EXEC && exec_matches(c, &m->ev))
			return true;
	return c->npatterns == 0;
}

/* "/a" and "/a/" are where "/a" and "/a/b" are, and "/ab" is not. */
static bool
is_below(const char *dir, const char *above)
{
	size_t len = strlen(above);

	while (len && above[len - 1] == '/')
		len--;
	return !strncmp(dir, above, len) && (!dir[len] || dir[len] == '/');
}

/* Whether the path under this key is one of the list. */
static bool
path_is_in(struct selection *c, const struct event *ev, const char *key,
    const char *const *list, size_t n)
{
	const char *want;
	struct slice path;
	size_t i;

	if (!event_get(ev, key, &path))
		return false;
	c->text.len = 0;
	text_unescape(&c->text, path.p, path.len);
	buf_addc(&c->text, '\0');
	for (i = 0; i < n; i++) {
		want = list[i];
		if (strpbrk(want, "*?[") ? !fnmatch(want, c->text.p, 0) :
		    is_below(c->text.p, want))
			return true;
	}
	return false;
}

static bool
directory_matches(struct selection *c, const struct process *p)
{
	const struct moment *m;

	for (m = p->events; m && c->ndirectories; m = m->next)
		if (m->ev.kind == EVENT_EXEC && path_is_in(c, &m->ev, "cwd",
		    c->directories, c->ndirectories))
			return true;
	return c->ndirectories == 0;
}

static bool
file_matches(struct selection *c, const struct process *p)
{
	const struct moment *m;

	for (m = p->events; m && c->nfiles; m = m->next)
		if ((m->ev.kind == EVENT_WRITE || m->ev.kind == EVENT_READ) &&
		    (path_is_in(c, &m->ev, "path", c->files, c->nfiles) ||
		    path_is_in(c, &m->ev, "from", c->files, c->nfiles)))
			return true;
	return c->nfiles == 0;
}

static bool
ending_matches(const struct selection *c, const struct process *p)
{
	const struct selection_ending *e;

	for (e = c->endings; e < c->endings + c->nendings; e++)
		switch (e->what) {
		case STATUS:
			if (p->status == (int)e->number)
				return true;
			break;
		case SIGNAL:
			if (p->signal == e->number)
				return true;
			break;
		case FAILED:
			if (process_failed(p))
				return true;
			break;
		case ANY_SIGNAL:
			if (p->signal)
				return true;
			break;
		case RUNNING:
			if (!p->has_exit && !p->lost_end)
				return true;
			break;
		}
	return c->nendings == 0;
}

static bool
time_matches(const struct selection *c, const struct forest *f,
    const struct process *p)
{
	uint64_t duration = p->end - p->start;

	return duration >= c->min_duration && duration <= c->max_duration &&
	    (!c->since || p->end >= f->start + c->since) &&
	    (p->start <= f->start || p->start - f->start <= c->before);
}

/* The lives that are meant, one by one: they are few, and so are the PIDs. */
static void
choose_lives(const struct selection *c, const struct forest *f, bool *chosen)
{
	const struct selection_pid *want;
	const struct process *p;
	uint64_t begin;
	size_t i;

	for (want = c->pids; want < c->pids + c->npids; want++)
		for (i = 0; i < f->n; i++) {
			p = f->processes[i];
			begin = p->has_fork || p->life > 1 ? p->start : 0;
			if (p->pid != want->pid || begin < want->since)
				continue;
			chosen[i] = true;
			if (want->one)
				break;
		}
}

/* Parents come before their children. */
static void
add_children(const struct forest *f, bool *chosen)
{
	const struct process *parent;
	size_t i;

	for (i = 0; i < f->n; i++) {
		parent = f->processes[i]->parent;
		if (parent && chosen[parent->id])
			chosen[i] = true;
	}
}

static void
add_parents(const struct forest *f, bool *chosen)
{
	const struct process *parent;
	size_t i;

	for (i = f->n; i-- > 0; ) {
		parent = f->processes[i]->parent;
		if (parent && chosen[i])
			chosen[parent->id] = true;
	}
}

size_t
selection_processes(struct selection *c, const struct forest *f, bool *chosen)
{
	const struct process *p;
	size_t n = 0, i;

	for (i = 0; i < f->n; i++)
		chosen[i] = c->npids == 0;
	choose_lives(c, f, chosen);
	for (i = 0; i < f->n; i++) {
		p = f->processes[i];
		chosen[i] = chosen[i] && ending_matches(c, p) &&
		    time_matches(c, f, p) && directory_matches(c, p) &&
		    file_matches(c, p) &&
		    command_matches(c, p);
	}
	/* in this order: all children of a parent would be too much */
	if (c->with_children)
		add_children(f, chosen);
	if (c->with_parents)
		add_parents(f, chosen);
	for (i = 0; i < f->n; i++) {
		chosen[i] ^= c->invert;
		n += chosen[i];
	}
	return n;
}

void
selection_free(struct selection *c)
{
	size_t i;

	for (i = 0; i < c->npatterns; i++)
		pattern_free(&c->patterns[i]);
	free(c->patterns);
	free(c->directories);
	free(c->files);
	free(c->pids);
	free(c->endings);
	free(c->text.p);
	*c = (struct selection){ 0 };
}
