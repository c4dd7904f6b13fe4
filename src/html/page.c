#include "html/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "html/data.h"
#include "html/head.h"
#include "html/markup.h"
#include "html/tables.h"
#include "html/tree.h"
#include "sha256.h"

struct page {
	const struct summary *s;
	struct buf out, script;
	FILE *to;
};

/* The text hides before it is drawn where scripts run, and is back should they
 * fail. */
static const char early[] = "document.documentElement.className = \"js\";"
    "onerror = () => { document.documentElement.className = \"\"; };";

static void
add_slice(struct buf *b, struct slice s)
{
	buf_add(b, s.p, s.len);
}

static void
add_hash(struct buf *b, const void *p, size_t n)
{
	buf_adds(b, " 'sha256-");
	sha256_base64(b, p, n);
	buf_addc(b, '\'');
}

static void
add_policy(struct page *page)
{
	struct buf *b = &page->out;

	buf_adds(b, "default-src 'none'; base-uri 'none'; form-action 'none'; "
	    "img-src data:; style-src");
	add_hash(b, embed_report_css.p, embed_report_css.len);
	buf_adds(b, "; script-src");
	add_hash(b, early, sizeof early - 1);
	add_hash(b, page->script.p, page->script.len);
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
	html_data_write(page->s, page->to);
}

static void
add_style(struct page *page)
{
	add_slice(&page->out, embed_report_css);
}

static void
add_early(struct page *page)
{
	buf_adds(&page->out, early);
}

static void
add_script(struct page *page)
{
	buf_add(&page->out, page->script.p, page->script.len);
}

static void
add_header(struct page *page)
{
	html_head_add(&page->out, page->s);
}

static void
add_text(struct page *page)
{
	html_tables_add(&page->out, page->s);
	html_tree_add(&page->out, page->s);
}

/* one after another: as one script they need one digest */
static void
add_scripts(struct buf *b)
{
	const struct slice *const scripts[] = {
		&embed_report_text_js, &embed_report_model_js,
		&embed_report_rows_js, &embed_report_timeline_js,
		&embed_report_table_js, &embed_report_details_js,
		&embed_report_input_js, &embed_report_js,
	};
	size_t i;

	for (i = 0; i < sizeof scripts / sizeof *scripts; i++)
		add_slice(b, *scripts[i]);
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
		{ "data", add_data }, { "script", add_script },
	};
	size_t i;

	for (i = 0; i < sizeof parts / sizeof *parts; i++)
		if (strlen(parts[i].name) == name.len &&
		    !memcmp(parts[i].name, name.p, name.len))
			parts[i].add(page);
}

void
html_page_write(const struct summary *s, FILE *to)
{
	struct page page = { .s = s, .to = to };
	const char *p = embed_report_html.p, *end = p + embed_report_html.len;
	const char *brace, *close;

	add_scripts(&page.script);
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
	free(page.script.p);
}
