#include "secret/redact.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/pattern.h"
#include "base/text.h"

struct redact_rule {
	struct pattern pattern;
	char *name;
};

/* an argument or a value */
struct redact_piece {
	struct slice escaped;	/* in the line of the event */
	size_t begin, len;	/* in plain, with a NUL behind it */
};

const char *
redact_rule(struct redact *r, const char *regex, const char *name)
{
	struct redact_rule *rule;
	const char *why;

	r->rules = grow(r->rules, r->nrules, &r->rules_cap, sizeof *r->rules);
	rule = &r->rules[r->nrules];
	why = pattern_compile(&rule->pattern, regex, PATTERN_EXTENDED, false);
	if (why)
		return why;
	rule->name = xstrdup(name);
	r->nrules++;
	return NULL;
}

static void
add_piece(struct redact *r, struct slice escaped)
{
	struct redact_piece *piece;

	r->pieces = grow(r->pieces, r->npieces, &r->pieces_cap,
	    sizeof *r->pieces);
	piece = &r->pieces[r->npieces++];
	piece->escaped = escaped;
	piece->begin = r->plain.len;
	text_unescape(&r->plain, escaped.p, escaped.len);
	piece->len = r->plain.len - piece->begin;
	buf_addc(&r->plain, '\0');
}

static struct slice
plain_of(const struct redact *r, const struct redact_piece *piece)
{
	return (struct slice){ r->plain.p + piece->begin, piece->len };
}

static bool
is_number(struct slice s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (!ascii_is_digit(s.p[i]))
			return false;
	return s.len > 0;
}

/* Takes the event apart; what was executed is the piece *file, if any. */
static void
find_pieces(struct redact *r, const struct event *ev, size_t *file)
{
	const char *iter = event_fields(ev);
	struct slice key, val;

	r->npieces = r->plain.len = r->found.n = 0;
	*file = SIZE_MAX;
	while (event_next_field(ev, &iter, &key, &val)) {
		if (is_number(val))
			continue;
		if (key.len == 4 && !memcmp(key.p, "file", 4))
			*file = r->npieces;
		add_piece(r, val);
	}
	r->nfields = r->npieces;
	if (event_argv(ev, &val))
		while (event_next_arg(&val, &key))
			add_piece(r, key);
}

static void
find_by_shape(struct redact *r, size_t file)
{
	struct slice program = { 0 };
	size_t i;

	for (i = 0; i < r->nfields; i++)
		secret_scan_find(&r->found, &(struct secret_scan_text){ i, 0,
		    plain_of(r, &r->pieces[i]) }, false);
	for (; i < r->npieces; i++) {
		r->args = grow(r->args, i - r->nfields, &r->args_cap,
		    sizeof *r->args);
		r->args[i - r->nfields] = plain_of(r, &r->pieces[i]);
	}
	if (file < r->nfields)
		program = plain_of(r, &r->pieces[file]);
	if (i > r->nfields)
		secret_args_find(&r->words, &r->found, r->nfields, program,
		    r->args, i - r->nfields);
}

static void
find_own(struct redact *r, const struct redact_rule *rule)
{
	struct secret_scan_text text = { 0 };
	struct pattern_match m;
	size_t i, from;

	for (i = 0; i < r->npieces; i++) {
		text.number = i;
		text.s = plain_of(r, &r->pieces[i]);
		for (from = 0; pattern_find(&rule->pattern, text.s.p, text.s.len,
		    from, &m); from = m.end + (m.end == m.begin))
			secret_scan_add(&r->found, &text, m.group, m.group_end,
			    rule->name);
	}
}

/* Leaves out what was replaced before. */
static void
forget_marks(struct redact *r)
{
	static const char mark[] = REDACT_MARK;
	const struct secret *from = r->found.found, *end = from + r->found.n;
	struct secret *to = r->found.found;

	for (; from < end; from++)
		if (from->end - from->begin != sizeof mark - 1 ||
		    memcmp(r->plain.p + r->pieces[from->text].begin +
		    from->begin, mark, sizeof mark - 1))
			*to++ = *from;
	r->found.n = (size_t)(to - r->found.found);
}

static bool
is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* how far a text has been gone through: found is in its order */
struct cursor {
	size_t text, plain, escaped;
};

/* Where the byte of a text stands in its escaped form. */
static size_t
place(const struct redact *r, struct cursor *c, size_t text, size_t plain)
{
	struct slice s = r->pieces[text].escaped;

	if (text != c->text || plain < c->plain)
		*c = (struct cursor){ text, 0, 0 };
	c->escaped += text_escaped(s.p + c->escaped, s.len - c->escaped,
	    plain - c->plain);
	c->plain = plain;
	return c->escaped;
}

/* The secret in the line, whole characters of it. */
static struct slice
escaped_secret(const struct redact *r, struct cursor *c,
    const struct secret *found)
{
	struct slice s = r->pieces[found->text].escaped;
	size_t begin = place(r, c, found->text, found->begin);
	size_t end = place(r, c, found->text, found->end);

	while (begin > 0 && is_continuation(s.p[begin]))
		begin--;
	while (end < s.len && is_continuation(s.p[end]))
		end++;
	return (struct slice){ s.p + begin, end - begin };
}

static void
replace(struct redact *r, const struct slice line)
{
	const char *done = line.p;
	struct cursor c = { SIZE_MAX, 0, 0 };
	struct slice secret;
	size_t i;

	r->line.len = 0;
	for (i = 0; i < r->found.n; i++) {
		secret = escaped_secret(r, &c, &r->found.found[i]);
		/* two may share a character, and then a mark */
		if (secret.p >= done) {
			buf_add(&r->line, done, (size_t)(secret.p - done));
			buf_adds(&r->line, REDACT_MARK);
		}
		done = secret.p + secret.len;
	}
	buf_add(&r->line, done, (size_t)(line.p + line.len - done));
}

bool
redact_event(struct redact *r, struct event *ev)
{
	size_t i, file;

	find_pieces(r, ev, &file);
	if (!r->own_only)
		find_by_shape(r, file);
	for (i = 0; i < r->nrules; i++)
		find_own(r, &r->rules[i]);
	secret_scan_merge(&r->found);
	forget_marks(r);
	if (!r->found.n)
		return false;
	replace(r, ev->line);
	event_parse(ev, r->line.p, r->line.len);
	return true;
}

/* Appends a piece without its secrets, the last of which is the one before
 * end in found; true if all of it is one. */
static bool
show_piece(const struct redact *r, size_t number, size_t end, struct buf *b)
{
	const struct secret *s = r->found.found;
	struct slice plain = plain_of(r, &r->pieces[number]);
	size_t i = end, done = 0;

	while (i > 0 && s[i - 1].text == number)
		i--;
	for (; i < end; i++) {
		buf_add(b, plain.p + done, s[i].begin - done);
		buf_adds(b, REDACT_MARK);
		done = s[i].end;
	}
	buf_add(b, plain.p + done, plain.len - done);
	return end > 0 && s[end - 1].text == number && s[end - 1].begin == 0 &&
	    s[end - 1].end == plain.len;
}

void
redact_show(const struct redact *r, size_t i, struct buf *b)
{
	const struct secret *s = r->found.found;
	size_t number = s[i].text, start = b->len, begin = i, end = i;

	while (end < r->found.n && s[end].text == number)
		end++;
	while (begin > 0 && s[begin - 1].text == number)
		begin--;
	if (show_piece(r, number, end, b) && number > r->nfields) {
		b->len = start;
		show_piece(r, number - 1, begin, b);
		buf_adds(b, " " REDACT_MARK);
	}
}

void
redact_free(struct redact *r)
{
	size_t i;

	for (i = 0; i < r->nrules; i++) {
		pattern_free(&r->rules[i].pattern);
		free(r->rules[i].name);
	}
	free(r->rules);
	secret_args_free(&r->words);
	free(r->found.found);
	free(r->pieces);
	free(r->plain.p);
	free(r->args);
	free(r->line.p);
	*r = (struct redact){ 0 };
}
