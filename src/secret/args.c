#include "secret/args.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "secret/name.h"

/* a word of a command line */
struct secret_args_word {
	struct secret_scan_text text;
	bool begins;		/* it is the first one of a command */
};

/* options that do not say by their names that their values are secret */
static const struct program {
	const char *name;
	bool prefix;		/* every name that begins so */
	const char *option;
	bool attached;		/* -pVALUE is one, ... */
	bool separate;		/* ... or -p VALUE */
	bool user;		/* the value is user:secret */
} programs[] = {
	{ "mysql", true, "-p", true, false, false },
	{ "mariadb", true, "-p", true, false, false },
	{ "sshpass", false, "-p", true, true, false },
	{ "login", false, "-p", true, true, false },	/* docker login */
	{ "curl", false, "-u", true, true, true },
	{ "curl", false, "-U", true, true, true },
	{ "curl", false, "--user", false, true, true },
	{ "curl", false, "--user=", true, false, true },
	{ "curl", false, "--proxy-user", false, true, true },
	{ "curl", false, "--proxy-user=", true, false, true },
	{ "curl", false, "-E", true, true, true },
	{ "curl", false, "--cert", false, true, true },
	{ "http", false, "-a", true, true, true },
	{ "https", false, "-a", true, true, true },
	{ "mongo", true, "-p", true, true, false },
	{ "redis-cli", false, "-a", false, true, false },
	{ "ldap", true, "-w", true, true, false },
	{ "zip", false, "-P", true, true, false },
	{ "unzip", false, "-P", true, true, false },
	{ "7z", true, "-p", true, false, false },
};

enum { NPROGRAMS = sizeof programs / sizeof *programs };

/* what the words before say about the next one */
struct context {
	unsigned programs;	/* of the command, one bit each */
	bool value;	/* it is a secret, ... */
	bool user;	/* ... or user:secret */
	bool script;	/* it is a command line */
	bool set;	/* a name, and then its value: aws configure set NAME */
};

static bool
is_quote(char c)
{
	return c == '"' || c == '\'';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static bool
has_blank(struct slice s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (is_blank(s.p[i]))
			return true;
	return false;
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

/* It looks like an option: the one before has no value. */
static bool
is_option(struct slice s)
{
	size_t i;

	if (s.len < 2 || s.p[0] != '-')
		return false;
	if (s.len == 2)
		return true;
	for (i = 2; i < s.len && s.p[i] != '='; i++)
		if (!is_lower(s.p[i]) && s.p[i] != '-')
			return false;
	return s.p[1] == '-' && is_lower(s.p[2]);
}

/* the programs that the word may be, or name: mysql, /bin/mysql, --x=mysql */
static unsigned
programs_of(struct slice s)
{
	const struct program *p;
	unsigned set = 0;
	size_t begin = s.len;

	while (begin > 0 && s.p[begin - 1] != '/' && s.p[begin - 1] != '=')
		begin--;
	slice_skip(&s, begin);
	for (p = programs; s.len && p < programs + NPROGRAMS; p++) {
		if (p->name[0] != s.p[0])
			continue;
		if (p->prefix ? slice_starts(s, p->name) : slice_is(s, p->name))
			set |= 1u << (p - programs);
	}
	return set;
}

/* The word is a value from begin on. */
static void
add_value(struct secret_scan *found, const struct secret_scan_text *word, size_t begin,
    bool user)
{
	static const char rule[] = "value of an option";
	const char *p = word->s.p, *colon;

	if (user) {
		colon = memchr(p + begin, ':', word->s.len - begin);
		begin = colon ? (size_t)(colon - p) + 1 : word->s.len;
	}
	secret_scan_add(found, word, begin, word->s.len, rule);
}

/* -p or, with flags before it, -xyzp */
static bool
is_letter_option(struct slice s, const char *option)
{
	return s.len > 1 && s.p[1] != '-' && strlen(option) == 2 &&
	    s.p[s.len - 1] == option[1];
}

/* an option whose meaning depends on the program; whether it is one */
static bool
program_option(struct secret_scan *found, const struct secret_scan_text *word,
    struct context *c)
{
	const struct program *p;
	size_t len;
	bool same, known = false;

	for (p = programs; p < programs + NPROGRAMS; p++) {
		if (!(c->programs & 1u << (p - programs)))
			continue;
		len = strlen(p->option);
		same = word->s.len >= len && !memcmp(word->s.p, p->option, len);
		if (same && word->s.len > len && p->attached) {
			add_value(found, word, len, p->user);
			known = true;
		} else if (p->separate && ((same && word->s.len == len) ||
		    is_letter_option(word->s, p->option))) {
			c->value = known = true;
			c->user = p->user;
		}
	}
	return known;
}

/* -c, -lc */
static bool
is_script_option(struct slice s)
{
	size_t i;

	for (i = 1; i < s.len; i++)
		if (!is_lower(s.p[i]))
			return false;
	return s.len > 1 && s.p[s.len - 1] == 'c';
}

static void
option(struct secret_scan *found, const struct secret_scan_text *word,
    struct context *c)
{
	struct slice name = word->s;

	c->script = is_script_option(word->s);
	if (program_option(found, word, c))
		return;
	while (slice_take(&name, "-"))
		;
	if (name.len && !memchr(name.p, '=', name.len) &&
	    secret_name(name.p, name.len))
		c->value = true;
}

static void
add_line(struct secret_args *s, const struct secret_scan_text *line)
{
	s->lines = grow(s->lines, s->nlines, &s->lines_cap, sizeof *s->lines);
	s->lines[s->nlines++] = *line;
}

static void
add_word(struct secret_args *s, const struct secret_args_word *word)
{
	s->words = grow(s->words, s->nwords, &s->words_cap, sizeof *s->words);
	s->words[s->nwords++] = *word;
}

static void
take_word(struct secret_scan *found, const struct secret_args_word *word,
    struct context *c)
{
	const struct secret_scan_text *text = &word->text;
	struct context now = { 0 };

	if (!word->begins)
		now = *c;
	*c = (struct context){ .programs = now.programs };
	if (!text->s.len)
		return;
	secret_scan_find(found, text, now.script);
	if (now.value && !is_option(text->s)) {
		add_value(found, text, 0, now.user);
		return;
	}
	c->programs |= programs_of(text->s);
	if (text->s.p[0] == '-') {
		option(found, text, c);
	} else {
		c->value = now.set && secret_name(text->s.p, text->s.len);
		c->set = slice_is(text->s, "set");
	}
}

static void
take_words(struct secret_args *s, struct secret_scan *found, struct slice file)
{
	struct context c = { .programs = programs_of(file) };
	size_t i;

	for (i = 0; i < s->nwords; i++)
		take_word(found, &s->words[i], &c);
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
word_end(struct secret_args *s, const struct secret_scan_text *line, size_t i)
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
				add_line(s, &inner);
			i = end;
		} else if (is_blank(t.p[i]) || memchr(";|&()`", t.p[i], 6)) {
			break;
		}
	}
	return i < t.len ? i : t.len;
}

/* The words of a command line. */
static void
split(struct secret_args *s, const struct secret_scan_text *line)
{
	struct slice t = line->s;
	struct secret_args_word word = { .begins = true };
	size_t i = 0, end;

	s->nwords = 0;
	for (; i < t.len; i = end) {
		end = word_end(s, line, i);
		if (end == i) {		/* it is between words */
			word.begins |= t.p[i] != ' ' && t.p[i] != '\t';
			end++;
			continue;
		}
		if (is_quote(t.p[i]) && quote_end(t, i) == end - 1)
			word.text = part_of(line, i + 1, end - 1);
		else
			word.text = part_of(line, i, end);
		add_word(s, &word);
		word.begins = false;
	}
}

void
secret_args_find(struct secret_args *s, struct secret_scan *found, size_t first,
    struct slice file, const struct slice *args, size_t n)
{
	struct secret_args_word word = { 0 };
	struct secret_scan_text line;
	size_t i;

	s->nwords = s->nlines = 0;
	for (i = 0; i < n; i++) {
		word.text = (struct secret_scan_text){ first + i, 0, args[i] };
		add_word(s, &word);
		if (has_blank(args[i]))
			add_line(s, &word.text);
	}
	take_words(s, found, file);
	for (i = 0; i < s->nlines; i++) {
		line = s->lines[i];
		split(s, &line);
		take_words(s, found, (struct slice){ 0 });
	}
}

void
secret_args_free(struct secret_args *s)
{
	free(s->words);
	free(s->lines);
	*s = (struct secret_args){ 0 };
}
