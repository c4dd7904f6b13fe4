#define _GNU_SOURCE
#include "capture/stracelog.h"

#include <sys/stat.h>

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "cli/progress.h"
#include "event/event.h"
#include "import/import.h"

enum { SHOWN = 100 };	/* of a line that is none */

void
stracelog_begin(struct stracelog *l, const struct capture *c, struct buf *out)
{
	char *cwd = getcwd(NULL, 0);

	l->c = c;
	l->out = out;
	l->newest_at = clock_ns();
	l->live = livetree_new(NULL);
	l->log = import_strace.open();
	import_strace_start(l->log, &(struct import_strace_start){
		.all_signals = c->signals_kept == SCRIPT_ALL_SIGNALS,
		.no_signals = c->signals_kept == SCRIPT_NO_SIGNALS,
		.cwd = cwd });
	free(cwd);
}

void
stracelog_set_tracer(struct stracelog *l, int32_t strace,
    const struct stracelaunch *how)
{
	l->how = *how;
	livetree_set_tracer(l->live, strace);
}

/* The trace line, which tells what strace's log does not. */
static void
add_trace(const struct stracelog *l, const struct event *ev)
{
	char *const *arg;

	buf_add(l->out, ev->line.p, ev->line.len);
	origin_add(&l->c->origin, l->out);
	event_add_argv(l->out);
	for (arg = l->c->argv; *arg; arg++)
		event_add_arg(l->out, arg == l->c->argv, *arg, strlen(*arg));
	buf_addc(l->out, '\n');
}

/* Who runs it: by now the process may have ended. */
static uid_t
user_of(int32_t pid)
{
	char dir[32];
	struct stat st;

	snprintf(dir, sizeof dir, "/proc/%" PRId32, pid);
	return stat(dir, &st) ? geteuid() : st.st_uid;
}

/* A program that would run with other rights does not under ptrace(2), unless root
 * traces it, and never with --seccomp-bpf: this is said of the first one. */
static void
tell_rights(struct stracelog *l, const struct event *exec)
{
	struct slice file;
	struct buf path = { 0 };
	struct stat st;

	if (l->told_rights || (!geteuid() && !l->how.fast) ||
	    !event_get(exec, "file", &file))
		return;
	text_unescape(&path, file.p, file.len);
	buf_addc(&path, '\0');
	if (*path.p == '/' && !stat(path.p, &st) &&
	    ((st.st_mode & S_ISUID && st.st_uid != user_of(exec->pid)) ||
	    (st.st_mode & S_ISGID && geteuid() && st.st_gid != getegid()))) {
		progress_clear();
		warnx("%.*s runs without its set-user-ID or set-group-ID rights, as "
		    "everything does that strace traces", (int)file.len, file.p);
		l->told_rights = true;
	}
	free(path.p);
}

static void
keep(struct stracelog *l, const struct event *ev)
{
	if (ev->kind == EVENT_TRACE) {
		add_trace(l, ev);
	} else {
		buf_add(l->out, ev->line.p, ev->line.len);
		buf_addc(l->out, '\n');
	}
	l->nevents++;
	l->nforks += ev->kind == EVENT_FORK;
}

static void
take_event(struct stracelog *l, const struct event *ev)
{
	keep(l, ev);
	if (ev->ts > l->newest) {
		l->newest = ev->ts;
		l->newest_at = clock_ns();
	}
	if (ev->has & HAS_TS)
		samples_heard(&l->samples, ev->ts, clock_ns());
	if (ev->kind == EVENT_EXEC)
		tell_rights(l, ev);
	if (ev->kind == EVENT_ROOT)
		l->root = ev->pid;
	livetree_take(l->live, ev);
}

static void
take_events(struct stracelog *l)
{
	const char *p = l->events.p, *end = p + l->events.len, *nl;
	struct event ev;

	for (; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (!event_parse(&ev, p, (size_t)(nl - p)))
			take_event(l, &ev);
	}
	l->events.len = 0;
}

static void
look_for_namespace(struct stracelog *l, const char *line, size_t len)
{
	if (l->how.decodes || l->foreign ||
	    !memmem(line, len, "CLONE_NEWPID", strlen("CLONE_NEWPID")))
		return;
	l->foreign = true;
	warnx("this strace does not tell the PIDs of what runs in another PID "
	    "namespace: the tree may be wrong, take strace 5.10 or later");
}

static void
take_line(struct stracelog *l, const char *line, size_t len)
{
	const char *why;

	look_for_namespace(l, line, len);
	why = import_strace.push(l->log, line, len, &l->events);
	if (why)
		warnx("from strace: %s: %.*s", why,
		    (int)(len < SHOWN ? len : SHOWN), line);
}

void
stracelog_take(struct stracelog *l, const char *p, size_t len)
{
	const char *line, *end, *nl;

	buf_add(&l->in, p, len);
	line = l->in.p;
	end = line + l->in.len;
	for (; (nl = memchr(line, '\n', (size_t)(end - line))); line = nl + 1)
		take_line(l, line, (size_t)(nl - line));
	l->in.len = (size_t)(end - line);
	memmove(l->in.p, line, l->in.len);
	take_events(l);
}

uint64_t
stracelog_now(const struct stracelog *l)
{
	return l->newest + (clock_ns() - l->newest_at);
}

void
stracelog_begin_samples(struct stracelog *l)
{
	samples_begin(&l->samples);
}

uint64_t
stracelog_sample_due(const struct stracelog *l)
{
	return samples_due(&l->samples);
}

void
stracelog_sample(struct stracelog *l)
{
	samples_take(&l->samples, l->out);
}

void
stracelog_end(struct stracelog *l)
{
	l->newest = samples_end(&l->samples, l->out, l->newest);
	import_strace.close(l->log, &l->events);
	l->log = NULL;
	take_events(l);
}

void
stracelog_free(struct stracelog *l)
{
	if (l->log)
		import_strace.close(l->log, &l->events);
	livetree_free(l->live);
	samples_free(&l->samples);
	free(l->in.p);
	free(l->events.p);
	*l = (struct stracelog){ 0 };
}
