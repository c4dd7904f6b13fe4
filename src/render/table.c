#include "render/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "render/label.h"

void
table_text(struct table *t, int width, const char *s)
{
	buf_printf(t->out, "%*s  ", width, s);
}

void
table_cell(struct table *t, int width)
{
	buf_addc(&t->cell, '\0');
	table_text(t, width, t->cell.p);
	t->cell.len = 0;
}

void
table_count(struct table *t, size_t n)
{
	buf_addu(&t->cell, n);
	table_cell(t, TABLE_COUNT);
}

void
table_time(struct table *t, uint64_t ns)
{
	text_duration(&t->cell, ns);
	table_cell(t, TABLE_TIME);
}

void
table_pid(struct table *t, const struct process *p)
{
	buf_printf(&t->cell, "%d", p->pid);
	if (p->life > 1)
		buf_printf(&t->cell, "/%u", p->life);
	table_cell(t, TABLE_PID);
}

void
table_end(struct table *t, const char *p, size_t n)
{
	size_t used = t->out->len - t->line, columns = t->columns;

	if (columns && used >= columns) {
		t->out->len = t->line + columns - 1;	/* cells are ASCII */
		used = columns - 1;
	}
	if (columns)
		columns -= used;
	term_add(t->term, t->out, p, n, columns);
	while (t->out->len > t->line && t->out->p[t->out->len - 1] == ' ')
		t->out->len--;
	buf_addc(t->out, '\n');
	t->line = t->out->len;
}

void
table_end_process(struct table *t, const struct process *p,
    const struct moment *at)
{
	label_command(&t->cell, p, at);
	table_end(t, t->cell.p, t->cell.len);
	t->cell.len = 0;
}

void
table_begin(struct table *t, const char *heading, size_t shown, size_t rows)
{
	size_t used;

	buf_addc(t->out, '\n');
	term_colour(t->term, t->out, "1");
	used = term_add(t->term, t->out, heading, strlen(heading), t->columns);
	term_colour(t->term, t->out, NULL);
	if (shown < rows)
		buf_printf(&t->cell, " (%zu of %zu)", shown, rows);
	if (!t->columns || used + t->cell.len <= t->columns)
		buf_add(t->out, t->cell.p, t->cell.len);
	t->cell.len = 0;
	buf_addc(t->out, '\n');
	t->line = t->out->len;
}

void
table_total(struct table *t, const char *label)
{
	struct buf text = t->cell;

	t->cell = (struct buf){ 0 };
	table_text(t, TABLE_LABEL, label);
	table_end(t, text.p, text.len);
	text.len = 0;
	free(t->cell.p);
	t->cell = text;
}
