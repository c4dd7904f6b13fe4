#include "render/filestext.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/text.h"
#include "render/label.h"

enum { KIND_WIDTH = -7 };

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
