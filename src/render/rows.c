#include "render/rows.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/text.h"
#include "json/literal.h"
#include "tree/process.h"

enum { US = 1000, SECOND = 1000000 };	/* ns of the one, us of the other */

/* being written */
struct writer {
	const struct rows *rows;
	struct columns *columns;
	FILE *to;
	size_t *widths;		/* of the columns of text */
	struct buf line, cell, plain, clean;
};

/* seconds, rounded to microseconds: they align, and sort -n sorts them */
static void
add_seconds(struct buf *b, int64_t ns)
{
	uint64_t us = ((ns < 0 ? -(uint64_t)ns : (uint64_t)ns) + US / 2) / US;

	buf_printf(b, "%s%" PRIu64 ".%06u", ns < 0 ? "-" : "", us / SECOND,
	    (unsigned)(us % SECOND));
}

/* A string of JSON, exact but that what is not UTF-8 is shown as \xHH. */
static void
add_json_string(struct writer *w, struct buf *b, struct slice val)
{
	w->plain.len = w->clean.len = 0;
	text_unescape(&w->plain, val.p, val.len);
	text_utf8_show(&w->clean, w->plain.p, w->plain.len);
	json_literal_text(b, w->clean.p, w->clean.len, JSON_LITERAL_LOOKS);
}

static void
add_json_argv(struct writer *w, struct buf *b, struct slice args)
{
	struct slice arg;
	char before = '[';

	while (event_next_arg(&args, &arg)) {
		buf_addc(b, before);
		add_json_string(w, b, arg);
		before = ',';
	}
	buf_addc(b, ']');
}

static void
add_json(struct writer *w, struct buf *b, const struct columns_column *col,
    const struct columns_value *v)
{
	if (!v->known)
		buf_adds(b, "null");
	else if (col->type == COLUMNS_TEXT)
		add_json_string(w, b, v->text);
	else if (col->type == COLUMNS_ARGV)
		add_json_argv(w, b, v->text);
	else
		buf_addi(b, v->number);
}

/* RFC 4180: a quote within a quoted field is two. */
static void
add_quoted(struct buf *b, const char *p, size_t n)
{
	size_t i;

	buf_addc(b, '"');
	for (i = 0; i < n; i++) {
		if (p[i] == '"')
			buf_addc(b, '"');
		buf_addc(b, p[i]);
	}
	buf_addc(b, '"');
}

static void
add_csv(struct writer *w, struct buf *b, const struct columns_column *col,
    const struct columns_value *v)
{
	w->cell.len = 0;
	switch (col->type) {
	case COLUMNS_TEXT:
		text_visible_value(&w->cell, v->text.p, v->text.len);
		break;
	case COLUMNS_ARGV:
		add_json_argv(w, &w->cell, v->text);
		break;
	default:
		buf_addi(b, v->number);
		return;
	}
	add_quoted(b, w->cell.p, w->cell.len);
}

/* "-" for what is not known or empty, so that a row has all of its columns */
static void
add_text(struct buf *b, const struct columns_column *col,
    const struct columns_value *v)
{
	size_t start = b->len;

	switch (v->known ? (int)col->type : -1) {
	case COLUMNS_NUMBER:
		buf_addi(b, v->number);
		break;
	case COLUMNS_TIME:
		add_seconds(b, v->number);
		break;
	case COLUMNS_TEXT:
		text_visible_value(b, v->text.p, v->text.len);
		break;
	case COLUMNS_ARGV:
		if (v->text.len)
			process_words(v->text, b);
		break;
	}
	if (b->len == start)
		buf_addc(b, '-');
}

/* Makes the cell of a process, or of the header (NULL): its width. */
static size_t
make_cell(struct writer *w, const struct columns_column *col,
    const struct process *p)
{
	struct columns_value v;

	w->cell.len = w->line.len = 0;
	if (p) {
		v = columns_get(w->columns, col, p);
		add_text(&w->cell, col, &v);
	} else {
		buf_adds(&w->cell, col->name);
	}
	return term_add(w->rows->term, &w->line, w->cell.p, w->cell.len, 0);
}

static bool
is_right(const struct columns_column *col)
{
	return col->type == COLUMNS_NUMBER || col->type == COLUMNS_TIME;
}

static void
measure(struct writer *w, const struct process *p)
{
	const struct rows *r = w->rows;
	size_t i, width;

	for (i = 0; i < r->ncolumns; i++) {
		/* the last one is not padded */
		if (i + 1 == r->ncolumns && !is_right(r->columns[i]))
			return;
		width = make_cell(w, r->columns[i], p);
		if (width > w->widths[i])
			w->widths[i] = width;
	}
}

static void
pad(struct buf *b, size_t used, size_t width)
{
	for (; used < width; used++)
		buf_addc(b, ' ');
}

static void
make_text(struct writer *w, const struct process *p)
{
	const struct rows *r = w->rows;
	struct buf *whole = &w->plain;
	size_t i, used;

	whole->len = 0;
	for (i = 0; i < r->ncolumns; i++) {
		if (i)
			buf_adds(whole, "  ");
		used = make_cell(w, r->columns[i], p);
		if (is_right(r->columns[i]))
			pad(whole, used, w->widths[i]);
		buf_add(whole, w->cell.p, w->cell.len);
		if (!is_right(r->columns[i]))
			pad(whole, used, w->widths[i]);
	}
	w->line.len = 0;
	term_add(r->term, &w->line, whole->p, whole->len, r->width);
	buf_addc(&w->line, '\n');
}

static void
make_csv(struct writer *w, const struct process *p)
{
	const struct rows *r = w->rows;
	struct columns_value v;
	size_t i;

	w->line.len = 0;
	for (i = 0; i < r->ncolumns; i++) {
		if (i)
			buf_addc(&w->line, ',');
		if (!p) {
			buf_adds(&w->line, r->columns[i]->key);
			continue;
		}
		v = columns_get(w->columns, r->columns[i], p);
		if (v.known)
			add_csv(w, &w->line, r->columns[i], &v);
	}
	buf_adds(&w->line, "\r\n");
}

static void
make_json(struct writer *w, const struct process *p)
{
	const struct rows *r = w->rows;
	struct columns_value v;
	size_t i;

	w->line.len = 0;
	for (i = 0; i < r->ncolumns; i++) {
		v = columns_get(w->columns, r->columns[i], p);
		buf_adds(&w->line, i ? ",\"" : "{\"");
		buf_adds(&w->line, r->columns[i]->key);
		buf_adds(&w->line, "\":");
		add_json(w, &w->line, r->columns[i], &v);
	}
	buf_adds(&w->line, "}\n");
}

static void
write_row(struct writer *w, const struct process *p)
{
	switch (w->rows->format) {
	case ROWS_TEXT: make_text(w, p); break;
	case ROWS_CSV: make_csv(w, p); break;
	case ROWS_JSON: make_json(w, p); break;
	}
	fwrite(w->line.p, 1, w->line.len, w->to);
}

void
rows_write(const struct rows *r, struct columns *c,
    const struct process *const *processes, size_t n, FILE *to)
{
	struct writer w = { .rows = r, .columns = c, .to = to };
	const bool header = r->header && r->format != ROWS_JSON;
	size_t i;

	w.widths = xcalloc(r->ncolumns, sizeof *w.widths);
	if (r->format == ROWS_TEXT) {
		if (header)
			measure(&w, NULL);
		for (i = 0; i < n; i++)
			measure(&w, processes[i]);
	}
	if (header)
		write_row(&w, NULL);
	for (i = 0; i < n && !ferror(to); i++)
		write_row(&w, processes[i]);
	free(w.widths);
	free(w.line.p);
	free(w.cell.p);
	free(w.plain.p);
	free(w.clean.p);
}
