#include "secret/scan.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "secret/chars.h"
#include "secret/named.h"
#include "secret/rules.h"

enum {
	UPPER = SECRET_UPPER, LOWER = SECRET_LOWER, DIGIT = SECRET_DIGIT,
	UNDERSCORE = SECRET_UNDERSCORE, DASH = SECRET_DASH, DOT = SECRET_DOT,
	SLASH = SECRET_SLASH, PLUS = SECRET_PLUS, ALNUM = SECRET_ALNUM,
	MAX_SHAPES = 255,
	TOKEN_MIN = 20,	/* shorter ones are names */
};

/* The shapes by their first character, index + 1: all of them, where a word
 * begins, and within words those that may stand there. */
static struct chains {
	unsigned char first[256], next[MAX_SHAPES];
	uint32_t second[256];	/* which characters can follow: a bit for each, by
				 * their low bits */
} beginning, within;

static uint32_t
second_bit(char c)
{
	return UINT32_C(1) << ((unsigned char)c & 31);
}

static void
chain(struct chains *chains, size_t i)
{
	const char *prefix = secret_rules_shapes[i].prefix;
	unsigned char c = (unsigned char)prefix[0];

	chains->next[i] = chains->first[c];
	chains->first[c] = (unsigned char)(i + 1);
	chains->second[c] |= second_bit(prefix[1]);
}

static void
init_chains(void)
{
	static bool done;
	size_t i;

	if (done)
		return;
	done = true;
	if (secret_rules_nshapes > MAX_SHAPES)
		abort();	/* a unit test counts them */
	for (i = secret_rules_nshapes; i-- > 0; ) {
		chain(&beginning, i);
		if (!secret_rules_shapes[i].word)
			chain(&within, i);
	}
}

void
secret_scan_add(struct secret_scan *s, const struct secret_scan_text *text, size_t begin,
    size_t end, const char *rule)
{
	if (begin >= end)
		return;
	s->found = grow(s->found, s->n, &s->cap, sizeof *s->found);
	s->found[s->n++] = (struct secret){ text->number, text->offset + begin,
	    text->offset + end, rule };
}

/* The "://" at i. */
static size_t
try_url(struct secret_scan *s, const struct secret_scan_text *text, size_t i)
{
	size_t begin = i + 3;
	size_t end = secret_chars_find_any(text->s, begin, "/ \t\r\n\"'`<>");
	size_t at = end, colon, k;
	unsigned seen = 0;

	while (at > begin && text->s.p[at - 1] != '@')
		at--;
	for (colon = begin; colon + 1 < at; colon++)
		if (text->s.p[colon] == ':') {
			secret_scan_add(s, text, colon + 1, at - 1, "password in a URL");
			return at;
		}
	/* https://TOKEN@host, but not ssh://git@host */
	for (k = begin; k + 1 < at && secret_chars_is(text->s.p[k], SECRET_WORD); k++)
		seen |= secret_chars_classes[(unsigned char)text->s.p[k]];
	if (at > begin && k + 1 == at && k - begin >= TOKEN_MIN &&
	    seen & DIGIT && seen & (UPPER | LOWER)) {
		secret_scan_add(s, text, begin, k, "token in a URL");
		return at;
	}
	return begin;
}

/* where a string stands from i on, or the end */
static size_t
find_string(struct slice s, size_t i, const char *string)
{
	size_t len = strlen(string);

	while (i + len <= s.len && memcmp(s.p + i, string, len))
		i++;
	return i + len <= s.len ? i : s.len;
}

/* "-----BEGIN ... PRIVATE KEY-----" at i, up to "-----END". */
static size_t
try_private_key(struct secret_scan *s, const struct secret_scan_text *text, size_t i)
{
	static const char begin[] = "-----BEGIN ", dashes[] = "-----";
	const size_t ndashes = sizeof dashes - 1;
	struct slice t = text->s, label;
	size_t key = i + sizeof begin - 1, end;

	if (t.len < key || memcmp(t.p + i, begin, sizeof begin - 1))
		return i + 1;
	while (key < t.len && (secret_chars_is(t.p[key], UPPER) || t.p[key] == ' '))
		key++;
	label = (struct slice){ t.p, key };
	if (t.len - key < ndashes || memcmp(t.p + key, dashes, ndashes) ||
	    find_string(label, i, "PRIVATE KEY") == key)
		return i + 1;
	key += ndashes;
	end = find_string(t, key, "-----END");
	secret_scan_add(s, text, key, end, "private key");
	return end;
}

/* of what begins at i, or 0: most do not get beyond its second character */
static size_t
prefix_length(struct slice s, size_t i, const char *prefix)
{
	size_t n;

	for (n = 0; prefix[n]; n++)
		if (i + n == s.len || s.p[i + n] != prefix[n])
			return 0;
	return n;
}

static size_t
try_shapes(struct secret_scan *s, const struct secret_scan_text *text, size_t i)
{
	bool begins = i == 0 || !secret_chars_is(text->s.p[i - 1], ALNUM | UNDERSCORE);
	const struct chains *chains = begins ? &beginning : &within;
	unsigned char c = (unsigned char)text->s.p[i];
	size_t k = chains->first[c], len, end;
	const struct secret_rules_shape *shape;

	if (i + 1 == text->s.len ||
	    !(chains->second[c] & second_bit(text->s.p[i + 1])))
		return i + 1;
	for (; k; k = chains->next[k - 1]) {
		shape = &secret_rules_shapes[k - 1];
		len = prefix_length(text->s, i, shape->prefix);
		if (!len || text->s.len - i < len + shape->min)
			continue;
		end = secret_chars_end(text->s, i + len, shape->chars);
		if (end - i - len >= shape->min) {
			secret_scan_add(s, text, i, end, shape->rule);
			return end;
		}
	}
	return i + 1;
}

/* 40 characters of base64, among them upper and lower case and a digit, that
 * are not a part of something else: hashes are hexadecimal or longer. */
static void
find_aws_secrets(struct secret_scan *s, const struct secret_scan_text *text)
{
	enum { BASE64 = ALNUM | SLASH | PLUS, LENGTH = 40 };
	struct slice t = text->s;
	unsigned seen;
	size_t i, end;

	for (i = 0; i + LENGTH <= t.len; i = end + 1) {
		end = secret_chars_end(t, i, BASE64);
		if (end - i != LENGTH || t.p[i] == '/' ||
		    (i > 0 && secret_chars_is(t.p[i - 1], DOT | DASH | UNDERSCORE)) ||
		    (end < t.len && secret_chars_is(t.p[end], DOT | DASH | UNDERSCORE)))
			continue;
		for (seen = 0; i < end; i++)
			seen |= secret_chars_classes[(unsigned char)t.p[i]];
		if ((seen & ALNUM) == ALNUM)
			secret_scan_add(s, text, end - LENGTH, end, "AWS secret access key");
	}
}

void
secret_scan_find(struct secret_scan *s, const struct secret_scan_text *text, bool script)
{
	struct slice t = text->s;
	size_t i = 0, whole_before = 0;

	secret_chars_init();
	init_chains();

	/* NAME=VALUE, and --env=NAME=VALUE */
	if (!script)
		while (whole_before < t.len && (t.p[whole_before] == '=' ||
		    secret_chars_is(t.p[whole_before], SECRET_CHARS_NAME)))
			whole_before++;
	while (i < t.len)
		if (t.p[i] == '=')
			i = secret_named_by_equals(s, text, i, whole_before);
		else if (t.p[i] == ':' && t.len - i > 2 && t.p[i + 1] == '/' &&
		    t.p[i + 2] == '/')
			i = try_url(s, text, i);
		else if (t.p[i] == ':')
			i = secret_named_by_colon(s, text, i, whole_before);
		else if (t.p[i] == '-')
			i = try_private_key(s, text, i);
		else if (t.p[i] == '\'')
			i = secret_named_by_sql(s, text, i);
		else if (beginning.first[(unsigned char)t.p[i]])
			i = try_shapes(s, text, i);
		else
			i++;
	find_aws_secrets(s, text);
}

static int
by_place(const void *a, const void *b)
{
	const struct secret *x = a, *y = b;

	if (x->text != y->text)
		return x->text < y->text ? -1 : 1;
	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	/* the longest one first, which is what the rest is a part of */
	return x->end > y->end ? -1 : x->end < y->end;
}

void
secret_scan_merge(struct secret_scan *s)
{
	struct secret *last = s->found;
	size_t i;

	if (s->n < 2)
		return;
	qsort(s->found, s->n, sizeof *s->found, by_place);
	for (i = 1; i < s->n; i++)
		if (s->found[i].text != last->text ||
		    s->found[i].begin >= last->end)
			*++last = s->found[i];
		else if (s->found[i].end > last->end)
			last->end = s->found[i].end;
	s->n = (size_t)(last - s->found) + 1;
}
