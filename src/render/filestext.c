#include "render/filestext.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/slice.h"
#include "base/text.h"
#include "render/findingtext.h"
#include "render/label.h"

enum { KIND_WIDTH = -7, COMMAND_CHARS = 22 };

static void
add_heading(struct table *t, const struct files *x, const struct oddfiles *o,
    size_t shown)
{
	struct buf heading = { 0 };

	buf_printf(&heading, "Files: %zu written, %zu not read by anybody, "
	    "%zu by their makers only", x->n, o->nkind[ODDFILES_UNUSED],
	    o->nkind[ODDFILES_OWN]);
	if (o->nkind[ODDFILES_TWICE])
		buf_printf(&heading, ", %zu made twice", o->nkind[ODDFILES_TWICE]);
	buf_addc(&heading, '\0');
	table_begin(t, heading.p, shown, o->n);
	free(heading.p);
}

static void
add_row(struct table *t, const struct oddfiles_row *row)
{
	const struct process *p = row->file->again ? row->file->again :
	    row->file->maker;

	table_text(t, KIND_WIDTH, oddfiles_kind_name(row->kind));
	table_pid(t, p);
	text_visible_value(&t->cell, row->file->path.p, row->file->path.len);
	buf_adds(&t->cell, " by ");
	label_title(&t->cell, p, NULL);
	table_end(t, t->cell.p, t->cell.len);
	t->cell.len = 0;
}

void
filestext_add(struct table *t, const struct files *x, const struct oddfiles *o,
    size_t rows)
{
	size_t i;

	if (!x->n)
		return;
	add_heading(t, x, o, rows);
	for (i = 0; i < rows; i++)
		add_row(t, &o->rows[i]);
}

/* A file on the way to the end of the root, whose name is known. */
static bool
is_waited(const struct critical_segment *s)
{
	return s->read && s->read->path.len;
}

/* The child that was forked next, by which, or below which, it is read. */
static const struct process *
reader(const struct critical_segment *s)
{
	const struct process *p = s->read->p;

	while (p->parent != s->p->parent)
		p = p->parent;
	return p;
}

size_t
filestext_waited(const struct critical *c)
{
	size_t i, n = 0;

	for (i = 0; i < c->nroot; i++)
		n += is_waited(&c->segments[i]);
	return n;
}

void
filestext_add_waited(struct table *t, const struct critical *c, size_t rows)
{
	const struct critical_segment *s = c->segments;
	size_t n = filestext_waited(c);
	struct slice name;

	if (!n)
		return;
	table_begin(t, "Critical path: files that were waited for", rows, n);
	table_text(t, TABLE_TIME, "made in");
	table_text(t, TABLE_PID, "pid");
	table_end(t, "file, maker, and who read it", 28);
	for (; rows; s++) {
		if (!is_waited(s))
			continue;
		rows--;
		table_time(t, s->p->end - s->p->start);
		table_pid(t, s->p);
		name = slice_basename(s->read->path);
		text_visible_value(&t->cell, name.p, name.len);
		buf_adds(&t->cell, " by ");
		findingtext_command(&t->cell, s->p, NULL, COMMAND_CHARS);
		buf_adds(&t->cell, " for ");
		findingtext_command(&t->cell, reader(s), NULL, COMMAND_CHARS);
		table_end(t, t->cell.p, t->cell.len);
		t->cell.len = 0;
	}
}
