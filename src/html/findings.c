#include "html/findings.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "html/markup.h"
#include "html/runname.h"
#include "render/findingtext.h"
#include "tree/process.h"

enum { CHAIN_CHARS = 40 };

/* a value in the part of an address behind "#" */
static void
add_encoded(struct buf *b, const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (ascii_is_alnum(p[i]) || memchr("-._", p[i], 3))
			buf_addc(b, p[i]);
		else
			buf_printf(b, "%%%02X", (unsigned char)p[i]);
}

static void
add_id(struct buf *b, const struct answers *a, const struct process *p)
{
	struct buf run = { 0 };

	if (a->summary.f->nruns > 1) {
		html_runname_add(&run, a->summary.f, p->run);
		buf_addc(&run, ':');
		add_encoded(b, run.p, run.len);
		free(run.p);
	}
	buf_printf(b, "%" PRId32, p->pid);
	if (p->life > 1)
		buf_printf(b, "@%u", p->life);
}

static void
add_program_query(struct buf *b, const struct process *p)
{
	struct buf query = { 0 };

	buf_adds(&query, "program:\"");
	process_program(p, NULL, &query);
	buf_addc(&query, '"');
	add_encoded(b, query.p, query.len);
	free(query.p);
}

/* where in the report it is to be seen */
static void
add_address(struct buf *b, const struct answers *a, const struct finding *x)
{
	const struct process *p = x->about[0];

	switch (x->kind) {
	case FINDING_SERIAL:
		buf_adds(b, "#view=groups&amp;q=parent%3A");
		add_id(b, a, p);
		buf_adds(b, "&amp;pid=");
		add_id(b, a, p);
		break;
	case FINDING_PROGRAM:
		buf_adds(b, "#view=merged&amp;q=");
		add_program_query(b, p);
		break;
	case FINDING_REPEATS:
		buf_printf(b, "#view=groups&amp;command=%zu",
		    a->commands.of[p->id]);
		break;
	case FINDING_WAITING:
		buf_adds(b, "#view=processes&amp;sort=Waited");
		break;
	case FINDING_OUTLIVED:
		buf_adds(b, "#view=processes&amp;q=outlived%3Ayes&amp;pid=");
		add_id(b, a, p);
		break;
	case FINDING_HUNG:
	case FINDING_FAILED:
	case FINDING_CRASHED:
	case FINDING_BUSY:
	case FINDING_ELSEWHERE:
		buf_adds(b, "#pid=");
		add_id(b, a, p);
		break;
	}
}

/* what is between backquotes is code */
static void
add_sentence(struct buf *b, const struct answers *a, const struct finding *x)
{
	struct buf text = { 0 };
	const char *p, *end, *tick;
	bool code = false;

	findingtext_add(&text, a, x);
	end = text.p + text.len;
	for (p = text.p; p < end; p = tick + 1, code = !code) {
		tick = memchr(p, '`', (size_t)(end - p));
		if (!tick) {
			html_markup_escape(b, p, (size_t)(end - p));
			break;
		}
		html_markup_escape(b, p, (size_t)(tick - p));
		buf_adds(b, code ? "</code>" : "<code>");
	}
	if (code)
		buf_adds(b, "</code>");
	free(text.p);
}

static void
add_chain(struct buf *b, const struct answers *a)
{
	const struct failure *x = &a->failure;
	size_t i;

	if (x->nchain < 2)
		return;
	buf_adds(b, "<p class=\"chain\">");
	for (i = 0; i < x->nchain; i++) {
		if (!failure_tells(x, i))
			continue;
		if (i)
			buf_adds(b, " \xe2\x86\x90 ");
		buf_adds(b, "<a href=\"#pid=");
		add_id(b, a, x->chain[i]);
		buf_adds(b, "\">");
		html_markup_title(b, x->chain[i], CHAIN_CHARS);
		buf_adds(b, "</a> ");
		html_markup_ending(b, x->chain[i]);
	}
	buf_adds(b, "</p>");
}

void
html_findings_add(struct buf *b, const struct answers *a)
{
	const struct finding *x;

	if (!a->findings.n)
		return;
	buf_adds(b, "<ul class=\"findings\" aria-label=\"What stands out\">\n");
	for (x = a->findings.list; x < a->findings.list + a->findings.n; x++) {
		buf_printf(b, "<li class=\"%s\"><a href=\"",
		    findings_kind_name(x->kind));
		add_address(b, a, x);
		buf_adds(b, "\">");
		add_sentence(b, a, x);
		buf_adds(b, "</a>");
		if (x->kind == FINDING_FAILED)
			add_chain(b, a);
		buf_adds(b, "</li>\n");
	}
	buf_adds(b, "</ul>\n");
}
