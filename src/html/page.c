#include "html/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "html/before.h"
#include "html/data.h"
#include "html/findings.h"
#include "html/head.h"
#include "html/markup.h"
#include "html/tables.h"
#include "html/tree.h"

struct page {
	const struct answers *a, *before;
	const struct summary *s;
	struct buf out;
	FILE *to;
};

static void
add_embedded(struct buf *b, const struct embed *e)
{
	buf_add(b, e->p, e->len);
}

static void
add_digest(struct buf *b, const struct embed *e)
{
	buf_printf(b, " '%s'", e->sha256);
}

static void
add_policy(struct page *page)
{
	struct buf *b = &page->out;

	buf_adds(b, "default-src 'none'; base-uri 'none'; form-action 'none'; "
	    "img-src data:; style-src");
	add_digest(b, &embed_report_css);
	buf_adds(b, "; script-src");
	add_digest(b, &embed_report_early_js);
	add_digest(b, &embed_report_scripts_js);
}

static void
add_title(struct page *page)
{
	struct buf text = { 0 };

	html_head_title(&text, page->s);
	html_markup_buf(&page->out, &text);
}

static void
flush(struct page *page)
{
	fwrite(page->out.p, 1, page->out.len, page->to);
	page->out.len = 0;
}

static void
add_data(struct page *page)
{
	flush(page);
	html_data_write(page->a, page->before, page->to);
}

static void
add_style(struct page *page)
{
	add_embedded(&page->out, &embed_report_css);
}

static void
add_early(struct page *page)
{
	add_embedded(&page->out, &embed_report_early_js);
}

static void
add_scripts(struct page *page)
{
	add_embedded(&page->out, &embed_report_scripts_js);
}

static void
add_header(struct page *page)
{
	html_head_add(&page->out, page->s);
	if (page->before)
		html_before_add(&page->out, page->before, page->a);
	html_findings_add(&page->out, page->a);
}

static void
add_text(struct page *page)
{
	html_tables_add(&page->out, page->a);
	html_tree_add(&page->out, page->s);
}

static void
fill_in(struct page *page, struct slice name)
{
	static const struct {
		const char *name;
		void (*add)(struct page *);
	} parts[] = {
		{ "policy", add_policy }, { "title", add_title },
		{ "style", add_style }, { "early", add_early },
		{ "header", add_header }, { "text", add_text },
		{ "data", add_data }, { "scripts", add_scripts },
	};
	size_t i;

	for (i = 0; i < sizeof parts / sizeof *parts; i++)
		if (strlen(parts[i].name) == name.len &&
		    !memcmp(parts[i].name, name.p, name.len))
			parts[i].add(page);
}

void
html_page_write(const struct answers *a, const struct answers *before, FILE *to)
{
	struct page page = { .a = a, .before = before, .s = &a->summary, .to = to };
	const char *p = embed_report_html.p, *end = p + embed_report_html.len;
	const char *brace, *close;

	while ((brace = memchr(p, '{', (size_t)(end - p))) &&
	    (close = memchr(brace, '}', (size_t)(end - brace)))) {
		buf_add(&page.out, p, (size_t)(brace - p));
		fill_in(&page, (struct slice){ brace + 1,
		    (size_t)(close - brace - 1) });
		p = close + 1;
	}
	buf_add(&page.out, p, (size_t)(end - p));
	flush(&page);
	free(page.out.p);
}
