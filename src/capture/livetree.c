#include "capture/livetree.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "capture/tracer.h"
#include "event/reorder.h"
#include "proc/descriptors.h"
#include "proc/holders.h"
#include "proc/identity.h"
#include "proc/procfs.h"
#include "proc/procstat.h"
#include "proc/snapshot.h"
#include "tree/members.h"

enum { COMMAND_SHOWN = 256 };	/* bytes */

struct livetree {
	struct reorder *order;
	struct members tree;
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

	f->order = reorder_new();
	event_begin(&line, event_kind_name(EVENT_TRACE));
	event_add(&line, "cpus", cpus, strlen(cpus));
	if (!event_parse(&ev, line.p, line.len))
		reorder_push(f->order, &ev);
	free(line.p);
	return f;
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
	tracer_follow(pid);
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
	members_set_since(&f->tree, fork->pid,
	    procstat_ticks(f->origin + fork->ts) + 1);
}

void
livetree_take(struct livetree *f, const struct event *ev)
{
	struct event next;

	reorder_push(f->order, ev);
	while (reorder_pop(f->order, &next)) {
		if (next.kind == EVENT_FORK && next.pid == f->root)
			members_add(&f->tree, next.pid);
		else if (next.kind == EVENT_FORK)
			members_fork(&f->tree, next.ppid, next.pid);
		else if (next.kind == EVENT_EXIT)
			members_remove(&f->tree, next.pid);
		if (next.kind == EVENT_FORK)
			begin_life(f, &next);
	}
}

void
livetree_forget(struct livetree *f, int32_t cpu)
{
	reorder_forget(f->order, cpu);
}

static bool
lives(const struct members_one *one)
{
	return identity_lives(one->pid, one->since);
}

void
livetree_bury(struct livetree *f)
{
	int32_t *dead = xcalloc(f->tree.n, sizeof *dead);
	struct members_one one = { 0 };
	size_t n = 0;

	while (!f->foreign && members_next(&f->tree, &one))
		if (!lives(&one))
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

/* the arguments of a process, or of what is left of it nothing */
static void
add_command(struct buf *b, int32_t pid)
{
	struct buf cmd = { 0 };
	size_t i, n;

	procfs_read(&cmd, pid, "cmdline");
	n = cmd.len < COMMAND_SHOWN ? cmd.len : COMMAND_SHOWN;
	while (n && !cmd.p[n - 1])
		n--;
	for (i = 0; i < n; i++)
		if (!cmd.p[i])
			cmd.p[i] = ' ';
	text_visible(b, cmd.p, n);
	free(cmd.p);
}

/* why it lives on after SIGKILL */
static const char *
reason(const struct livetree *f, const struct members_one *one)
{
	int error;

	if (f->foreign)
		return "it has no number in this PID namespace";
	error = identity_signal(one->pid, one->since, 0);
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
		if (!f->foreign && lives(&one))
			add_command(&b, one.pid);
		if (killed)
			buf_printf(&b, ": %s", reason(f, &one));
		fprintf(stderr, "%.*s\n", (int)b.len, b.p);
	}
	free(b.p);
}

void
livetree_describe(const struct livetree *f, uint64_t ts, struct buf *lines)
{
	struct members_one one = { 0 };
	size_t before, from = lines->len;

	while (!f->foreign && members_next(&f->tree, &one)) {
		if (!lives(&one))
			continue;
		before = lines->len;
		descriptors_add(lines, one.pid, ts);
		/* or else it may have been another process that was seen */
		if (!lives(&one))
			lines->len = before;
	}
	holders_add(lines, from, ts);
}

bool
livetree_signal(const struct livetree *f, int sig)
{
	struct members_one one = { 0 };

	while (!f->foreign && members_next(&f->tree, &one))
		identity_signal(one.pid, one.since, sig);
	return !f->foreign;
}

void
livetree_free(struct livetree *f)
{
	reorder_free(f->order);
	members_free(&f->tree);
	free(f->adopted);
	free(f);
}
