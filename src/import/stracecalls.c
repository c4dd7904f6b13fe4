#include "import/stracecalls.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"
#include "base/sysnames.h"
#include "event/event.h"
#include "import/straceargs.h"
#include "import/straceends.h"
#include "import/straceinfo.h"
#include "import/straceline.h"

enum call {
	FORK, EXEC, EXECAT, SETSID, SETPGID, CHDIR, FCHDIR, CHROOT, EXIT,
	EXIT_GROUP, WAIT, FILES, OTHER
};

static const struct {
	const char *name;
	enum call call;
} calls[] = {
	{ "fork", FORK }, { "vfork", FORK }, { "clone", FORK },
	{ "clone2", FORK }, { "clone3", FORK }, { "execve", EXEC },
	{ "execveat", EXECAT }, { "setsid", SETSID }, { "setpgid", SETPGID },
	{ "chdir", CHDIR }, { "fchdir", FCHDIR },
	{ "chroot", CHROOT }, { "pivot_root", CHROOT }, { "setns", CHROOT },
	{ "exit", EXIT }, { "_exit", EXIT }, { "exit_group", EXIT_GROUP },
	{ "wait4", WAIT }, { "waitpid", WAIT }, { "waitid", WAIT },
};

static bool
is_name_byte(char c)
{
	return c == '_' || c == '?' || ascii_is_alnum(c);
}

/* A name of letters, digits and underscores off *s: that of a call, if the
 * given text follows. */
static bool
take_name(struct slice *s, const char *after, struct slice *name,
    enum call *call)
{
	size_t i;

	*name = (struct slice){ s->p, 0 };
	while (name->len < s->len && is_name_byte(s->p[name->len]))
		name->len++;
	slice_skip(s, name->len);
	*call = stracefilecall_is(*name) ? FILES : OTHER;
	for (i = 0; i < sizeof calls / sizeof *calls; i++)
		if (name->len && *name->p == *calls[i].name &&
		    slice_is(*name, calls[i].name))
			*call = calls[i].call;
	return name->len && slice_take(s, after);
}

struct stracequeue_step *
stracecalls_step(struct stracecalls *c, int32_t tid, uint64_t ts)
{
	struct stracequeue_step *step = stracequeue_add(&c->queue, tid, ts);

	step->line = c->nlines;
	return step;
}

/* What a fork makes, as far as its arguments tell by now. */
static bool
set_fork(struct stracequeue_step *step, struct slice name, struct slice text)
{
	struct straceargs_flags flags = { false, false, false };
	bool known = slice_is(name, "fork") || slice_is(name, "vfork") ||
	    straceargs_clone(text, slice_is(name, "clone3"), &flags);

	step->it.what = flags.thread ? STRACETREE_THREAD : STRACETREE_FORK;
	step->it.b = (flags.sibling ? STRACETREE_SIBLING : 0) |
	    (flags.shares_cwd ? STRACETREE_SHARED : 0);
	return known;
}

/* The call's arguments and result, as a step. NULL, or why they are none; a
 * call that has failed is DROPPED. */
static const char *
set_call(struct stracequeue_step *step, enum call call, struct slice name,
    struct slice text, const struct straceline_result *result)
{
	struct stracetree_step *it = &step->it;
	uint64_t a, b;

	if (call == EXEC || call == EXECAT) {
		it->what = result->value ? STRACETREE_EXECFAIL : STRACETREE_EXEC;
		if (result->value)
			event_add(&step->rest, "errno", result->error.p,
			    result->error.len);
		return straceargs_exec(text, call == EXECAT, !result->value,
		    &step->rest) ? NULL : "malformed arguments of execve";
	}
	if (result->value < 0 || (call == FORK && !result->value)) {
		step->state = STRACEQUEUE_DROPPED;
	} else if (call == FORK) {
		it->a = (int32_t)result->value;
		if (!set_fork(step, name, text))
			return "flags that tell a thread from a process are not "
			    "shown (-e raw)";
	} else if (call == SETSID) {
		it->what = STRACETREE_SETSID;
	} else if (call == CHROOT) {
		it->what = STRACETREE_CHROOT;
	} else if (call == CHDIR || call == FCHDIR) {
		it->what = call == CHDIR ? STRACETREE_CHDIR : STRACETREE_FCHDIR;
		if (!straceargs_path(text, call == FCHDIR, &step->rest))
			step->rest.len = 0;
	} else if (call == SETPGID) {
		it->what = STRACETREE_SETPGID;
		if (!straceline_integer(&text, EVENT_PID_MAX, &a) ||
		    !straceline_integer(&text, EVENT_PID_MAX, &b))
			return "malformed arguments of setpgid";
		it->a = (int32_t)a;
		it->b = (int32_t)b;
	}
	return NULL;
}

/* What cannot be read is left out, as a call that opens nothing. */
static void
end_file_call(struct slice name, struct stracequeue_step *step,
    struct slice text)
{
	step->file = xcalloc(1, sizeof *step->file);
	step->state = stracefilecall_parse(step->file, name, text) ?
	    STRACEQUEUE_READY : STRACEQUEUE_DROPPED;
}

/* A call is over; text: what stands behind "NAME(". */
static const char *
end_call(struct stracecalls *c, enum call call, struct slice name,
    struct stracequeue_step *step, struct slice text)
{
	struct straceline_result result = { .value = 0 };
	const char *why;

	if (call == FILES) {
		end_file_call(name, step, text);
		return NULL;
	}
	step->state = STRACEQUEUE_READY;
	if (straceline_detached(&text)) {
		/* of an exec strace tells so when it has succeeded (-b) */
		if (call != EXEC && call != EXECAT) {
			step->state = STRACEQUEUE_DROPPED;
			return NULL;
		}
	} else if (!straceline_result(text, &result)) {
		step->state = STRACEQUEUE_DROPPED;
		return result.cut ? "a call without its end: the line is cut" :
		    NULL;
	}
	if (result.value > EVENT_PID_MAX)
		why = "a PID that is too large";
	else
		why = set_call(step, call, name, text, &result);
	if (why)
		step->state = STRACEQUEUE_DROPPED;
	else if (call == FORK && result.value > 0 && c->term.tasks.oldest)
		straceterm_add(&c->term, (int32_t)result.value);
	return why;
}

static void
begin_call(struct stracecalls *c, enum call what, struct slice name, int32_t tid,
    uint64_t ts, struct slice text)
{
	struct stracequeue_call *call = stracequeue_begin(&c->queue, tid);

	call->what = (int)what;
	buf_add(&call->text, text.p, text.len);
	if (what == FORK) {
		call->fork = stracecalls_step(c, tid, ts);
		call->fork->state = STRACEQUEUE_WAITING;
		set_fork(call->fork, name, text);
	}
}

static const char *
push_call(struct stracecalls *c, int32_t tid, uint64_t ts, struct slice text)
{
	struct slice name;
	enum call call;

	if (!take_name(&text, "(", &name, &call))
		return "no line of strace";
	if (call == EXIT || call == EXIT_GROUP)
		return straceends_exit(c, call == EXIT_GROUP, tid, ts, text);
	if (call == OTHER)
		return NULL;
	if (call == WAIT) {
		/* it has the time at which it began: the child may still do
		 * something in another log */
		if (!c->several)
			straceends_wait(c, tid, ts, text);
		return NULL;
	}
	if (straceline_unfinished(&text)) {
		begin_call(c, call, name, tid, ts, text);
		return NULL;
	}
	if (call == FORK)
		ts = c->own;
	return end_call(c, call, name, stracecalls_step(c, tid, ts), text);
}

/* The log begins within the call: its arguments are not known. */
static const char *
push_rest(struct stracecalls *c, enum call call, struct slice name, int32_t tid,
    uint64_t ts, struct slice text)
{
	struct stracequeue_step *step;
	struct straceline_result result;

	if (call == FILES)
		return NULL;
	if (call == SETPGID)
		return "the end of a call that did not begin";
	if (call != EXEC && call != EXECAT)
		return end_call(c, call, name, stracecalls_step(c, tid, ts), text);
	if (!straceline_result(text, &result) || result.value)
		return "the end of a call that did not begin";
	step = stracecalls_step(c, tid, ts);
	step->it.what = STRACETREE_EXEC;
	event_add_number(&step->rest, "argvlen", 0);
	return NULL;
}

static const char *
push_resumed(struct stracecalls *c, int32_t tid, uint64_t ts, struct slice text)
{
	struct stracequeue_call *begun = stracequeue_call(&c->queue, tid);
	struct slice name;
	enum call call;
	const char *why;

	if (!take_name(&text, " resumed>", &name, &call))
		return "no line of strace";
	if (call == WAIT)
		straceends_wait(c, tid, ts, text);
	if (call == WAIT || call == OTHER || call == EXIT || call == EXIT_GROUP)
		return NULL;
	if (!begun)
		return push_rest(c, call, name, tid, ts, text);
	if (begun->what != (int)call)
		return "the end of a call that did not begin";
	if (begun->told) {
		stracequeue_end(&c->queue, begun);
		return NULL;
	}
	buf_add(&begun->text, text.p, text.len);
	why = end_call(c, call, name, begun->fork ? begun->fork :
	    stracecalls_step(c, tid, ts),
	    (struct slice){ begun->text.p, begun->text.len });
	stracequeue_end(&c->queue, begun);
	return why;
}

static void
push_signal(struct stracecalls *c, int32_t tid, uint64_t ts, struct slice text)
{
	struct stracequeue_step *step;
	struct straceinfo_sender sender;
	struct buf rest = { 0 };

	if (slice_starts(text, "SIGCHLD {"))
		straceends_wait(c, tid, ts, text);
	if (!straceinfo_signal(text, &sender, &rest) ||
	    c->no_signals || !(c->all_signals || sysnames_signal_ends(sender.number))) {
		free(rest.p);
		return;
	}
	step = stracecalls_step(c, tid, ts);
	step->it.what = STRACETREE_SIGNAL;
	step->it.a = sender.from;
	step->it.b = (int32_t)sender.uid;
	step->rest = rest;
}

/* The exec of another thread has made the leader go, and so it has succeeded. With
 * --seccomp-bpf strace (6.1, 6.13) takes the next call for its end. */
static const char *
tell_superseding(struct stracecalls *c, int32_t tid, uint64_t ts)
{
	struct stracequeue_call *call = stracequeue_call(&c->queue, tid);

	if (!call || (call->what != EXEC && call->what != EXECAT))
		return NULL;
	stracequeue_tell(&c->queue, call);
	buf_adds(&call->text, ") = 0");
	return end_call(c, (enum call)call->what, (struct slice){ NULL, 0 },
	    stracecalls_step(c, tid, ts),
	    (struct slice){ call->text.p, call->text.len });
}

const char *
stracecalls_push(struct stracecalls *c, int32_t tid, uint64_t ts, struct slice text)
{
	struct stracequeue_step *step;
	const char *why;

	if (slice_take(&text, "--- ")) {
		push_signal(c, tid, ts, text);
		return NULL;
	}
	if (slice_take(&text, "<... "))
		return push_resumed(c, tid, ts, text);
	if (!slice_take(&text, "+++ "))
		return push_call(c, tid, ts, text);
	if (!slice_drop(&text, " +++"))
		return "an end of a process that is not known";
	step = stracecalls_step(c, tid, ts);
	if ((why = straceends_set(c, step, text)))
		step->state = STRACEQUEUE_DROPPED;
	else if (step->it.what == STRACETREE_SUPERSEDED)
		why = tell_superseding(c, tid, ts);
	return why;
}

void
stracecalls_free(struct stracecalls *c)
{
	stracequeue_free(&c->queue);
	stracefiles_free(&c->files);
	stracetree_free(&c->tree);
	straceterm_free(&c->term);
}
