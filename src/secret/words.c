#include "secret/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"

static bool
is_quote(char c)
{
	return c == '"' || c == '\'';
}

static bool
has_blank(struct slice s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (ascii_is_blank(s.p[i]))
			return true;
	return false;
}

void
secret_words_clear(struct secret_words *w)
{
	w->n = w->nlines = 0;
}

static void
add_line(struct secret_words *w, const struct secret_scan_text *line)
{
	w->lines = grow(w->lines, w->nlines, &w->lines_cap, sizeof *w->lines);
	w->lines[w->nlines++] = *line;
}

static void
add_word(struct secret_words *w, const struct secret_words_one *word)
{
	w->list = grow(w->list, w->n, &w->cap, sizeof *w->list);
	w->list[w->n++] = *word;
}

void
secret_words_add(struct secret_words *w, const struct secret_scan_text *arg)
{
	const struct secret_words_one word = { .text = *arg };

	add_word(w, &word);
	if (has_blank(arg->s))
		add_line(w, arg);
}

/* where the quote at i ends, or the end of the text */
static size_t
quote_end(struct slice t, size_t i)
{
	char quote = t.p[i++];

	for (; i < t.len && t.p[i] != quote; i++)
		if (t.p[i] == '\\' && quote == '"')
			i++;
	return i < t.len ? i : t.len;
}

static struct secret_scan_text
part_of(const struct secret_scan_text *line, size_t begin, size_t end)
{
	return (struct secret_scan_text){ line->number, line->offset + begin,
	    { line->s.p + begin, end - begin } };
}

/* The end of the word of a command line that begins at i. What it has in
 * quotes may be a line of its own. */
static size_t
word_end(struct secret_words *w, const struct secret_scan_text *line, size_t i)
{
	struct slice t = line->s;
	struct secret_scan_text inner;
	size_t end;

	for (; i < t.len; i++) {
		if (t.p[i] == '\\') {
			i++;
		} else if (is_quote(t.p[i])) {
			end = quote_end(t, i);
			inner = part_of(line, i + 1, end);
			if (has_blank(inner.s))
				add_line(w, &inner);
			i = end;
		} else if (ascii_is_blank(t.p[i]) || memchr(";|&()`", t.p[i], 6)) {
			break;
		}
	}
	return i < t.len ? i : t.len;
}

void
secret_words_split(struct secret_words *w, size_t number)
{
	const struct secret_scan_text line = w->lines[number];
	struct slice t = line.s;
	struct secret_words_one word = { .begins = true };
	size_t i = 0, end;

	w->n = 0;
	for (; i < t.len; i = end) {
		end = word_end(w, &line, i);
		if (end == i) {		/* it is between words */
			word.begins |= t.p[i] != ' ' && t.p[i] != '\t';
			end++;
			continue;
		}
		if (is_quote(t.p[i]) && quote_end(t, i) == end - 1)
			word.text = part_of(&line, i + 1, end - 1);
		else
			word.text = part_of(&line, i, end);
		add_word(w, &word);
		word.begins = false;
	}
}

void
secret_words_free(struct secret_words *w)
{
	free(w->list);
	free(w->lines);
	*w = (struct secret_words){ 0 };
}
