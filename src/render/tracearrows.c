#include "render/tracearrows.h"

#include "analysis/handovers.h"
#include "render/traceplace.h"

static void
add_end(struct traceline *l, const struct tracks *t, const char *phase,
    const char *what, size_t id, const struct process *p, uint64_t ts)
{
	l->pid = traceplace_pid(p->run);
	traceline_begin_at(l, phase, what, traceplace_tid(t, p), ts);
	buf_printf(&l->text, ",\"name\":\"%s\",\"id\":%zu", what, id);
}

static void
add(struct traceline *l, const struct tracks *t, const char *what, size_t id,
    const struct process *from, uint64_t since, const struct process *to)
{
	add_end(l, t, "s", what, id, from, since);
	traceline_end(l);
	add_end(l, t, "f", what, id, to, to->start);
	buf_adds(&l->text, ",\"bp\":\"e\"");
	traceline_end(l);
}

void
tracearrows_fork(struct traceline *l, const struct tracks *t,
    const struct process *p)
{
	const struct process *parent = p->parent;

	if (!parent || p->start == p->end || !t->seen[p->id])
		return;
	if (parent->run != p->run)
		add(l, t, "ssh", p->id + 1, parent, p->start, p);
	else if (p->has_fork && t->of[parent->id] != t->of[p->id])
		add(l, t, "fork", p->id + 1, parent, p->start, p);
}

/* A process is the innermost of its track in the last moment that it has. */
void
tracearrows_files(struct traceline *l, const struct tracks *t,
    const struct forest *f)
{
	const struct process *from, *to;
	struct handovers h;
	struct files files;
	size_t i;

	files_find(&files, f);
	handovers_find(&h, &files, f->n);
	for (i = 0; i < h.n && !ferror(l->to); i++) {
		from = h.list[i].from;
		to = h.list[i].to;
		if (from->end > from->start && to->end > to->start)
			add(l, t, "file", i + 1, from, from->end - 1, to);
	}
	handovers_free(&h);
	files_free(&files);
}
