#include "secret/named.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "secret/chars.h"
#include "secret/name.h"

static const char assignment[] = "NAME=value or NAME: value";

static bool
is_quote(char c)
{
	return c == '"' || c == '\'';
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

/* The name that ends at end, without leading dashes, and where it begins with
 * them. */
static struct slice
name_before(struct slice s, size_t end, size_t *begin)
{
	size_t i = *begin = secret_chars_begin(s, end, SECRET_CHARS_NAME);

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

size_t
secret_named_by_equals(struct secret_scan *s,
    const struct secret_scan_text *text, size_t i, size_t whole_before)
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
		end = secret_chars_find_any(t, value, " \t\r\n\"'`&;,)}>|<");
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
	return secret_chars_find_any(t, value, name < whole_before ? "\r\n" : "\r\n\"'");
}

static bool
ends_in_authorization(struct slice name)
{
	static const char word[] = "authorization";
	const size_t len = sizeof word - 1;

	return name.len >= len &&
	    !strncasecmp(name.p + name.len - len, word, len);
}

size_t
secret_named_by_colon(struct secret_scan *s,
    const struct secret_scan_text *text, size_t i, size_t whole_before)
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
		end = secret_chars_find_any(t, value, " \t\r\n,}\"'");
	} else {
		end = header_end(t, begin, value, whole_before);
	}
	secret_scan_add(s, text, value, end, assignment);
	return end;
}

size_t
secret_named_by_sql(struct secret_scan *s,
    const struct secret_scan_text *text, size_t i)
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
