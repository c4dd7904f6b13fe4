#include "capture/livetree.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/marks.h"
#include "event/reorder.h"
#include "proc/cmdline.h"
#include "proc/descriptors.h"
#include "proc/holders.h"
#include "proc/identity.h"
#include "proc/procstat.h"
#include "proc/snapshot.h"
#include "proc/tracees.h"
#include "tree/members.h"

enum { COMMAND_SHOWN = 256 };	/* bytes */

struct livetree {
	struct reorder *order;	/* NULL: the lines are in order */
	struct members tree;
	int32_t strace;		/* its PID; 0: bpftrace traces */
	int32_t root;
	uint64_t origin;	/* of the times of events, in ns */
	int32_t *adopted;	/* parents first */
	size_t nadopted, adopted_cap;
	bool foreign;
};

struct livetree *
livetree_new(const char *cpus)
{
	struct livetree *f = xcalloc(1, sizeof *f);
	struct buf line = { 0 };
	struct event ev;

	if (!cpus)
		return f;
	f->order = reorder_new();
	event_begin(&line, event_kind_name(EVENT_TRACE));
	event_add(&line, "cpus", cpus, strlen(cpus));
	if (!event_parse(&ev, line.p, line.len))
		reorder_push(f->order, &ev);
	free(line.p);
	return f;
}

void
livetree_set_tracer(struct livetree *f, int32_t strace)
{
	f->strace = strace;
}

void
livetree_set_origin(struct livetree *f, uint64_t boot_ns)
{
	f->origin = boot_ns;
}

void
livetree_set_foreign(struct livetree *f)
{
	f->foreign = true;
}

void
livetree_set_root(struct livetree *f, int32_t pid)
{
	f->root = pid;
}

static void
adopt(void *arg, int32_t pid)
{
	struct livetree *f = arg;

	f->adopted = grow(f->adopted, f->nadopted, &f->adopted_cap,
	    sizeof *f->adopted);
	f->adopted[f->nadopted++] = pid;
	marks_follow(pid);
}

bool
livetree_adopt(struct livetree *f, const int32_t *pids, size_t n, bool all)
{
	struct procstat st;
	size_t i;

	for (i = 0; i < n; i++) {
		/* first this, so that its end is not missed */
		adopt(f, pids[i]);
		if (procstat_read(&st, pids[i]) && !st.dead) {
			members_add(&f->tree, pids[i]);
			members_set_since(&f->tree, pids[i], st.start);
		} else {
			warnx("process %" PRId32 " ended before the recording began",
			    pids[i]);
		}
	}
	while (snapshot_find(&f->tree, all, adopt, f))
		;
	return all || f->tree.n;
}

void
livetree_snapshot(const struct livetree *f, const struct members *but, uint64_t ts,
    struct buf *lines)
{
	size_t i;

	for (i = 0; i < f->nadopted; i++)
		if (!members_has(but, f->adopted[i]))
			snapshot_add(lines, f->adopted[i], ts);
}

static void
begin_life(struct livetree *f, const struct event *fork)
{
	if (fork->pid == f->root)
		members_add(&f->tree, fork->pid);
	else
		members_fork(&f->tree, fork->ppid, fork->pid);
	members_set_since(&f->tree, fork->pid,
	    procstat_ticks(f->origin + fork->ts) + 1);
}

static void
take_next(struct livetree *f, const struct event *ev)
{
	if (ev->kind == EVENT_ROOT)
		members_add(&f->tree, ev->pid);
	else if (ev->kind == EVENT_FORK)
		begin_life(f, ev);
	else if (ev->kind == EVENT_EXIT)
		members_remove(&f->tree, ev->pid);
}

void
livetree_take(struct livetree *f, const struct event *ev)
{
	struct event next;

	if (!f->order) {
		take_next(f, ev);
		return;
	}
	reorder_push(f->order, ev);
	while (reorder_pop(f->order, &next))
		take_next(f, &next);
}

void
livetree_forget(struct livetree *f, int32_t cpu)
{
	reorder_forget(f->order, cpu);
}

/* The processes that can be looked at and get signals; found is for those that
 * are found only now. */
static const struct members *
reachable(const struct livetree *f, struct members *found)
{
	if (f->strace)
		tracees_find(found, f->strace);
	return f->strace || f->foreign ? found : &f->tree;
}

static bool
lives(const struct livetree *f, const struct members_one *one)
{
	return f->strace ? tracees_has(f->strace, one->pid) :
	    identity_lives(one->pid, one->since);
}

/* 0, or the errno */
static int
send_signal(const struct livetree *f, const struct members_one *one, int sig)
{
	return f->strace ? tracees_signal(f->strace, one->pid, sig) :
	    identity_signal(one->pid, one->since, sig);
}

void
livetree_bury(struct livetree *f)
{
	int32_t *dead = xcalloc(f->tree.n, sizeof *dead);
	struct members_one one = { 0 };
	size_t n = 0;

	while (!f->foreign && members_next(&f->tree, &one))
		if (!lives(f, &one))
			dead[n++] = one.pid;
	while (n)
		members_remove(&f->tree, dead[--n]);
	free(dead);
}

size_t
livetree_size(const struct livetree *f)
{
	return f->tree.n;
}

bool
livetree_has(const struct livetree *f, int32_t pid)
{
	return members_has(&f->tree, pid);
}

/* why it lives on after SIGKILL */
static const char *
reason(const struct livetree *f, const struct members_one *one)
{
	int error;

	if (f->foreign)
		return "it has no number in this PID namespace";
	error = send_signal(f, one, 0);
	return error ? strerror(error) : "it waits in the kernel, or is new";
}

void
livetree_print(const struct livetree *f, bool killed)
{
	struct members_one one = { 0 };
	struct buf b = { 0 };

	while (members_next(&f->tree, &one)) {
		b.len = 0;
		buf_printf(&b, "  %" PRId32 " ", one.pid);
		if (!f->foreign && lives(f, &one))
			cmdline_add_text(&b, one.pid, COMMAND_SHOWN);
		if (killed)
			buf_printf(&b, ": %s", reason(f, &one));
		fprintf(stderr, "%.*s\n", (int)b.len, b.p);
	}
	free(b.p);
}

void
livetree_describe(const struct livetree *f, uint64_t ts, struct buf *lines)
{
	struct members found = { 0 };
	const struct members *all = reachable(f, &found);
	struct members_one one = { 0 };
	size_t before, from = lines->len;

	while (members_next(all, &one)) {
		if (!lives(f, &one))
			continue;
		before = lines->len;
		descriptors_add(lines, one.pid, ts);
		/* or else it may have been another process that was seen */
		if (!lives(f, &one))
			lines->len = before;
	}
	holders_add(lines, from, ts);
	members_free(&found);
}

bool
livetree_signal(const struct livetree *f, int sig)
{
	struct members found = { 0 };
	const struct members *all = reachable(f, &found);
	struct members_one one = { 0 };

	while (members_next(all, &one))
		send_signal(f, &one, sig);
	members_free(&found);
	return !f->foreign;
}

void
livetree_free(struct livetree *f)
{
	if (f->order)
		reorder_free(f->order);
	members_free(&f->tree);
	free(f->adopted);
	free(f);
}
