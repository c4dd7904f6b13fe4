#include "render/annotations.h"

#include <stdbool.h>
#include <stdlib.h>

#include "render/findingtext.h"
#include "render/whytext.h"

enum { TITLE = 60 };	/* characters of a command */

/* As the toolkit of Actions escapes it (actions/toolkit, command.ts): in the
 * message %, CR and LF, in a property ':' and ',' as well. */
static void
add_escaped(struct buf *b, const struct buf *text, bool property)
{
	size_t i;

	for (i = 0; i < text->len; i++)
		switch (text->p[i]) {
		case ':':
		case ',':
			if (!property) {
				buf_addc(b, text->p[i]);
				break;
			}
			/* FALLTHROUGH */
		case '%':
		case '\r':
		case '\n':
			buf_printf(b, "%%%02X", (unsigned char)text->p[i]);
			break;
		default:
			buf_addc(b, text->p[i]);
		}
}

/* The text, which is used up. */
static void
add_command(struct buf *b, const char *name, const struct buf *title,
    struct buf *text)
{
	buf_printf(b, "::%s title=", name);
	add_escaped(b, title, true);
	buf_adds(b, "::");
	add_escaped(b, text, false);
	buf_addc(b, '\n');
	text->len = 0;
}

static const char *
level(enum finding_kind kind)
{
	switch (kind) {
	case FINDING_FAILED: return "error";
	case FINDING_CRASHED:
	case FINDING_OUTLIVED: return "warning";
	default: return "notice";
	}
}

/* It hung, unless the command has ended and only something else lives on. */
static const char *
hang_level(const struct findings *x)
{
	size_t i;

	for (i = 0; i < x->n; i++)
		if (x->list[i].kind == FINDING_OUTLIVED)
			return "warning";
	return "error";
}

void
annotations_add(struct buf *b, const struct answers *a)
{
	const struct findings *x = &a->findings;
	struct buf title = { 0 }, text = { 0 };
	size_t i;

	findingtext_command(&title, a->f->root, a->summary.first, TITLE);
	if (whytext_report(a->f, &text)) {
		while (text.len && text.p[text.len - 1] == '\n')
			text.len--;
		add_command(b, hang_level(x), &title, &text);
	}
	for (i = 0; i < x->n; i++) {
		text.len = 0;
		findingtext_add(&text, a, &x->list[i]);
		add_command(b, level(x->list[i].kind), &title, &text);
	}
	free(title.p);
	free(text.p);
}
