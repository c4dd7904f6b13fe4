#include "secret/scan.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "secret/name.h"
#include "secret/rules.h"

enum {
	UPPER = SECRET_UPPER, LOWER = SECRET_LOWER, DIGIT = SECRET_DIGIT,
	UNDERSCORE = SECRET_UNDERSCORE, DASH = SECRET_DASH, DOT = SECRET_DOT,
	SLASH = SECRET_SLASH, PLUS = SECRET_PLUS, ALNUM = SECRET_ALNUM,
	NAME = ALNUM | UNDERSCORE | DASH | DOT,
	MAX_SHAPES = 255,
	TOKEN_MIN = 20,	/* shorter ones are names */
};

static const char assignment[] = "NAME=value or NAME: value";

/* by character, filled at first use */
static unsigned char classes[256];
/* The shapes by their first character, index + 1: all of them, where a word
 * begins, and within words those that may stand there. */
static struct chains {
	unsigned char first[256], next[MAX_SHAPES];
	uint32_t second[256];	/* which characters can follow: a bit for each, by
				 * their low bits */
} beginning, within;

static void
set_classes(const char *chars, unsigned char class)
{
	for (; *chars; chars++)
		classes[(unsigned char)*chars] = class;
}

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
init_classes(void)
{
	size_t i;

	if (classes['/'])
		return;
	set_classes("ABCDEFGHIJKLMNOPQRSTUVWXYZ", UPPER);
	set_classes("abcdefghijklmnopqrstuvwxyz", LOWER);
	set_classes("0123456789", DIGIT);
	set_classes("_", UNDERSCORE);
	set_classes("-", DASH);
	set_classes(".", DOT);
	set_classes("/", SLASH);
	set_classes("+", PLUS);
	if (secret_rules_nshapes > MAX_SHAPES)
		abort();	/* a unit test counts them */
	for (i = secret_rules_nshapes; i-- > 0; ) {
		chain(&beginning, i);
		if (!secret_rules_shapes[i].word)
			chain(&within, i);
	}
}

static bool
is_in(char c, unsigned set)
{
	return classes[(unsigned char)c] & set;
}

static bool
is_quote(char c)
{
	return c == '"' || c == '\'';
}

/* the end of what consists of these classes from i on, both ways */
static size_t
run_end(struct slice s, size_t i, unsigned set)
{
	while (i < s.len && is_in(s.p[i], set))
		i++;
	return i;
}

static size_t
run_begin(struct slice s, size_t i, unsigned set)
{
	while (i > 0 && is_in(s.p[i - 1], set))
		i--;
	return i;
}

/* where the first of some characters stands from i on, or the end */
static size_t
find_any(struct slice s, size_t i, const char *chars)
{
	while (i < s.len && !(s.p[i] && strchr(chars, s.p[i])))
		i++;
	return i;
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

/* where a string ends whose quote is before i; escaped: by a backslash */
static size_t
quote_end(struct slice s, size_t i, char quote, bool escaped)
{
	size_t begin = i;

	for (; i < s.len && s.p[i] != quote; i++)
		if (s.p[i] == '\\' && quote == '"' && !escaped)
			i++;
	if (i > s.len)
		i = s.len;
	while (escaped && i > begin && i < s.len && s.p[i - 1] == '\\')
		i--;
	return i;
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

/* The name that ends at end, without leading dashes, and where it begins with
 * them. */
static struct slice
name_before(struct slice s, size_t end, size_t *begin)
{
	size_t i = *begin = run_begin(s, end, NAME);

	while (i < end && s.p[i] == '-')
		i++;
	return (struct slice){ s.p + i, end - i };
}

/* What is secret in an assignment besides the names that say so: -DPASS of a
 * compiler, and "key" alone in a URL or as a variable, but not sort --key=2. */
static bool
is_secret_variable(struct slice s, size_t begin, struct slice name)
{
	size_t dashes = (size_t)(name.p - (s.p + begin));

	if (dashes == 1 && name.len > 1 && name.p[0] == 'D')
		return secret_name(name.p + 1, name.len - 1);
	if (secret_name(name.p, name.len))
		return true;
	return !dashes && name.len == 3 && !strncasecmp(name.p, "key", 3);
}

/* The '=' at i. A value whose name begins before whole_before is all of the
 * rest of the text. Each try_ function returns where to go on. */
static size_t
try_assignment(struct secret_scan *s, const struct secret_scan_text *text, size_t i,
    size_t whole_before)
{
	struct slice t = text->s, name;
	size_t begin, value = i + 1, end = i;

	while (end > 0 && ascii_is_blank(t.p[end - 1]))
		end--;
	name = name_before(t, end, &begin);
	if (!is_secret_variable(t, begin, name))
		return value;
	if (end < i) {	/* name = value, but not [ $name = value ] and == */
		if (value >= t.len || t.p[value] == '=' ||
		    (begin > 0 && t.p[begin - 1] == '$'))
			return value;
		while (value < t.len && ascii_is_blank(t.p[value]))
			value++;
		begin = whole_before;
	}
	if (begin < whole_before) {
		end = t.len;
	} else if (value < t.len && is_quote(t.p[value])) {
		end = quote_end(t, value + 1, t.p[value], false);
		value++;
	} else {
		end = find_any(t, value, " \t\r\n\"'`&;,)}>|<");
	}
	if (value <= end && secret_name_value(t.p + value, end - value))
		secret_scan_add(s, text, value, end, assignment);
	return end;
}

/* The end of the value of a header, whose name and value begin there. */
static size_t
header_end(struct slice t, size_t name, size_t value, size_t whole_before)
{
	if (name > 0 && is_quote(t.p[name - 1]))
		return quote_end(t, value, t.p[name - 1], false);
	return find_any(t, value, name < whole_before ? "\r\n" : "\r\n\"'");
}

static bool
ends_in_authorization(struct slice name)
{
	static const char word[] = "authorization";
	const size_t len = sizeof word - 1;

	return name.len >= len &&
	    !strncasecmp(name.p + name.len - len, word, len);
}

/* The ':' at i: of a header, or of JSON. */
static size_t
try_colon(struct secret_scan *s, const struct secret_scan_text *text, size_t i,
    size_t whole_before)
{
	struct slice t = text->s, name;
	size_t begin, end = i, value = i + 1;
	bool quoted, escaped = false;

	if (value < t.len && t.p[value] == ':')	/* a path: auth::tests */
		return value + 1;
	while (end > 0 && ascii_is_blank(t.p[end - 1]))
		end--;
	quoted = end > 0 && is_quote(t.p[end - 1]);
	if (quoted)
		for (end--; end > 0 && t.p[end - 1] == '\\'; )
			end--;
	name = name_before(t, end, &begin);
	if (!secret_name(name.p, name.len))
		return value;
	while (value < t.len && ascii_is_blank(t.p[value]))
		value++;
	/* image:tag is no secret; name:value as a word of its own is */
	if (!quoted && value == i + 1 && begin >= whole_before &&
	    !ends_in_authorization(name))
		return value;
	for (; value < t.len && t.p[value] == '\\'; value++)
		escaped = true;
	if (value < t.len && is_quote(t.p[value])) {
		value++;
		end = quote_end(t, value, t.p[value - 1], escaped);
	} else if (quoted) {
		end = find_any(t, value, " \t\r\n,}\"'");
	} else {
		end = header_end(t, begin, value, whole_before);
	}
	secret_scan_add(s, text, value, end, assignment);
	return end;
}

/* The "://" at i. */
static size_t
try_url(struct secret_scan *s, const struct secret_scan_text *text, size_t i)
{
	size_t begin = i + 3, end = find_any(text->s, begin, "/ \t\r\n\"'`<>");
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
	for (k = begin; k + 1 < at && is_in(text->s.p[k], SECRET_WORD); k++)
		seen |= classes[(unsigned char)text->s.p[k]];
	if (at > begin && k + 1 == at && k - begin >= TOKEN_MIN &&
	    seen & DIGIT && seen & (UPPER | LOWER)) {
		secret_scan_add(s, text, begin, k, "token in a URL");
		return at;
	}
	return begin;
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
	while (key < t.len && (is_in(t.p[key], UPPER) || t.p[key] == ' '))
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
	bool begins = i == 0 || !is_in(text->s.p[i - 1], ALNUM | UNDERSCORE);
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
		end = run_end(text->s, i + len, shape->chars);
		if (end - i - len >= shape->min) {
			secret_scan_add(s, text, i, end, shape->rule);
			return end;
		}
	}
	return i + 1;
}

/* The quote at i: IDENTIFIED BY 'secret' and PASSWORD 'secret' of SQL. */
static size_t
try_sql(struct secret_scan *s, const struct secret_scan_text *text, size_t i)
{
	struct slice t = text->s, name;
	size_t begin, end = i;

	if (end > 0 && (t.p[end - 1] == 'N' || t.p[end - 1] == '('))
		end--;		/* N'...', PASSWORD('...') */
	while (end > 0 && ascii_is_blank(t.p[end - 1]))
		end--;
	if (end > 1 && t.p[end - 1] == '=' && ascii_is_blank(t.p[end - 2]))
		for (end--; end > 0 && ascii_is_blank(t.p[end - 1]); )
			end--;
	name = name_before(t, end, &begin);
	if (name.len == 2 && !strncasecmp(name.p, "by", 2)) {
		while (begin > 0 && ascii_is_blank(t.p[begin - 1]))
			begin--;
		name = name_before(t, begin, &begin);
		if (name.len != 10 || strncasecmp(name.p, "identified", 10))
			return i + 1;
	} else if (name.len != 8 || strncasecmp(name.p, "password", 8)) {
		return i + 1;
	}
	end = quote_end(t, i + 1, t.p[i], false);
	secret_scan_add(s, text, i + 1, end, "password in SQL");
	return end + (end < t.len);
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
		end = run_end(t, i, BASE64);
		if (end - i != LENGTH || t.p[i] == '/' ||
		    (i > 0 && is_in(t.p[i - 1], DOT | DASH | UNDERSCORE)) ||
		    (end < t.len && is_in(t.p[end], DOT | DASH | UNDERSCORE)))
			continue;
		for (seen = 0; i < end; i++)
			seen |= classes[(unsigned char)t.p[i]];
		if ((seen & ALNUM) == ALNUM)
			secret_scan_add(s, text, end - LENGTH, end, "AWS secret access key");
	}
}

void
secret_scan_find(struct secret_scan *s, const struct secret_scan_text *text, bool script)
{
	struct slice t = text->s;
	size_t i = 0, whole_before = 0;

	init_classes();

	/* NAME=VALUE, and --env=NAME=VALUE */
	if (!script)
		while (whole_before < t.len && (t.p[whole_before] == '=' ||
		    is_in(t.p[whole_before], NAME)))
			whole_before++;
	while (i < t.len)
		if (t.p[i] == '=')
			i = try_assignment(s, text, i, whole_before);
		else if (t.p[i] == ':' && t.len - i > 2 && t.p[i + 1] == '/' &&
		    t.p[i + 2] == '/')
			i = try_url(s, text, i);
		else if (t.p[i] == ':')
			i = try_colon(s, text, i, whole_before);
		else if (t.p[i] == '-')
			i = try_private_key(s, text, i);
		else if (t.p[i] == '\'')
			i = try_sql(s, text, i);
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
