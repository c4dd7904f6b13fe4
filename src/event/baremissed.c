#include "event/baremissed.h"

#include <stdlib.h>

#include "event/event.h"

enum { PROCESSES = 4096 };

struct missed {
	uint64_t ts;
	struct buf path;
};

struct baremissed_process {
	int32_t pid;		/* 0: nobody */
	bool failed;		/* it has, and all was told */
	size_t n;		/* how many it missed; the last ones are there */
	struct missed kept[BAREMISSED_KEPT];
};

static struct baremissed_process *
place(struct baremissed *m, int32_t pid)
{
	if (!m->processes)
		m->processes = xcalloc(PROCESSES, sizeof *m->processes);
	return &m->processes[(size_t)pid % PROCESSES];
}

static void
begin(struct baremissed_process *p, int32_t pid)
{
	p->pid = pid;
	p->failed = false;
	p->n = 0;
}

bool
baremissed_add(struct baremissed *m, int32_t pid, uint64_t ts,
    const struct buf *path)
{
	struct baremissed_process *p = place(m, pid);
	struct missed *x;

	if (p->pid != pid)
		begin(p, pid);
	if (p->failed)
		return true;
	x = &p->kept[p->n++ % BAREMISSED_KEPT];
	x->ts = ts;
	x->path.len = 0;
	buf_add(&x->path, path->p, path->len);
	return false;
}

void
baremissed_begin(struct baremissed *m, int32_t pid)
{
	if (m->processes && place(m, pid)->pid == pid)
		place(m, pid)->pid = 0;
}

void
baremissed_tell(struct buf *events, int32_t pid, uint64_t ts, int32_t cpu,
    uint64_t missed, const struct buf *path)
{
	static const char errno_name[] = "ENOENT";

	event_begin(events, event_kind_name(EVENT_READ));
	event_add_number(events, "ts", ts);
	event_add_number(events, "pid", (uint64_t)pid);
	if (cpu >= 0)
		event_add_number(events, "cpu", (uint64_t)cpu);
	event_add(events, "errno", errno_name, sizeof errno_name - 1);
	event_add_number(events, "missed", missed);
	event_add(events, "path", path->p, path->len);
	buf_addc(events, '\n');
}

void
baremissed_end(struct baremissed *m, int32_t pid, bool failed, uint64_t ts,
    int32_t cpu, struct buf *events)
{
	struct baremissed_process *p;
	size_t i;

	if (!m->processes)
		return;
	p = place(m, pid);
	if (!failed && p->pid == pid)
		p->pid = 0;
	if (!failed)
		return;
	if (p->pid != pid)
		begin(p, pid);
	i = p->n > BAREMISSED_KEPT ? p->n - BAREMISSED_KEPT : 0;
	for (; i < p->n; i++)
		baremissed_tell(events, pid, ts, cpu,
		    p->kept[i % BAREMISSED_KEPT].ts,
		    &p->kept[i % BAREMISSED_KEPT].path);
	p->failed = true;
}

void
baremissed_free(struct baremissed *m)
{
	size_t i, k;

	for (i = 0; m->processes && i < PROCESSES; i++)
		for (k = 0; k < BAREMISSED_KEPT; k++)
			free(m->processes[i].kept[k].path.p);
	free(m->processes);
	*m = (struct baremissed){ 0 };
}
