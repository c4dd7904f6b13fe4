#include "html/markup.h"

#include <stdlib.h>

#include "base/text.h"
#include "render/label.h"
#include "tree/process.h"

void
html_markup_escape(struct buf *b, const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		switch (p[i]) {
		case '&': buf_adds(b, "&amp;"); break;
		case '<': buf_adds(b, "&lt;"); break;
		case '>': buf_adds(b, "&gt;"); break;
		case '"': buf_adds(b, "&quot;"); break;
		case '\'': buf_adds(b, "&#39;"); break;
		default: buf_addc(b, p[i]); break;
		}
}

void
html_markup_buf(struct buf *b, struct buf *text)
{
	html_markup_escape(b, text->p, text->len);
	free(text->p);
	*text = (struct buf){ 0 };
}

/* at most max characters of the text, which is freed */
static void
add_cut(struct buf *b, struct buf *text, size_t max)
{
	struct buf cut = { 0 };

	text_cut(&cut, text->p, text->len, max);
	free(text->p);
	html_markup_buf(b, &cut);
}

void
html_markup_command(struct buf *b, const struct process *p, const struct moment *at,
    size_t max)
{
	struct buf text = { 0 };

	label_command(&text, p, at);
	add_cut(b, &text, max);
}

void
html_markup_title(struct buf *b, const struct process *p, size_t max)
{
	struct buf text = { 0 };

	label_title(&text, p, NULL);
	add_cut(b, &text, max);
}

void
html_markup_pid(struct buf *b, const struct process *p)
{
	buf_printf(b, "%d", p->pid);
	if (p->life > 1)
		buf_printf(b, "/%u", p->life);
}

void
html_markup_ending(struct buf *b, const struct process *p)
{
	bool running = !p->has_exit && !p->lost_end;

	buf_adds(b, process_failed(p) ? "<b class=\"failed\">" :
	    running ? "<b class=\"running\">" : "<b>");
	process_ending(p, b);
	buf_adds(b, "</b>");
}

void
html_markup_count(struct buf *b, uint64_t n)
{
	struct buf digits = { 0 };
	size_t i;

	buf_addu(&digits, n);
	for (i = 0; i < digits.len; i++) {
		if (i && (digits.len - i) % 3 == 0)
			buf_addc(b, ',');
		buf_addc(b, digits.p[i]);
	}
	free(digits.p);
}
