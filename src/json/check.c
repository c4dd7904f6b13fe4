#include "json/check.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/ascii.h"
#include "base/text.h"

/* A newline ends the line. */
static bool
is_blank(char c)
{
	return c != '\n' && ascii_is_blank(c);
}

static size_t
digits(const char *p, const char *end)
{
	const char *s = p;

	while (s < end && ascii_is_digit(*s))
		s++;
	return (size_t)(s - p);
}

/* Moves *p behind the number there (RFC 8259, section 6). */
static const char *
check_number(const char **p, const char *end)
{
	static const char malformed[] = "a malformed number";
	const char *s = *p + (**p == '-'), *whole = s;
	size_t n = digits(s, end), len = n;
	uint64_t val;

	if (!n || (*s == '0' && n > 1))
		return malformed;
	s += n;
	if (s < end && *s == '.') {
		if (!(n = digits(++s, end)))
			return malformed;
		s += n;
	}
	if (s < end && (*s == 'e' || *s == 'E')) {
		s++;
		if (s < end && (*s == '+' || *s == '-'))
			s++;
		if (!(n = digits(s, end)))
			return malformed;
		s += n;
	}
	if (s == whole + len && !text_number(whole, len, INT64_MAX, &val))
		return "an integer beyond 64 bits";
	*p = s;
	return NULL;
}

/* Moves *p behind the string there, whose escapes json-c will check. */
static const char *
check_string(const char **p, const char *end)
{
	const char *s = *p + 1;
	bool nul = false;
	size_t len;

	for (; s < end && *s != '"'; s += len) {
		if ((unsigned char)*s < ' ')
			return "a raw control character in a string";
		if (!(len = text_utf8(s, (size_t)(end - s))))
			return "bytes that are not UTF-8";
		if (*s != '\\' || end - s < 2)
			continue;
		if (s[1] == '"' || s[1] == '\\')
			len = 2;
		if (end - s >= 6 && !memcmp(s, "\\u0000", 6))
			nul = true;
	}
	if (s == end)
		return "a string without an end";
	while (++s < end && is_blank(*s))
		;
	if (nul && s < end && *s == ':')
		return "a NUL in a key";
	*p = s;
	return NULL;
}

/* Moves *p behind the word there. */
static const char *
check_word(const char **p, const char *end)
{
	static const char *const words[] = { "true", "false", "null" };
	const char *s = *p;
	size_t i, len;

	while (s < end && ascii_is_lower(*s))
		s++;
	len = (size_t)(s - *p);
	for (i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) == len && !memcmp(words[i], *p, len)) {
			*p = s;
			return NULL;
		}
	return "no JSON";
}

/* Moves *p behind the comma there. */
static const char *
check_comma(const char **p, const char *end)
{
	while (++*p < end && is_blank(**p))
		;
	if (*p < end && (**p == ']' || **p == '}'))
		return "a comma with nothing behind it";
	return NULL;
}

const char *
json_check(const char *p, size_t len)
{
	static const char marks[] = "{}[]:";
	const char *end = p + len, *why = NULL;

	while (p < end && !why)
		if (*p == '"')
			why = check_string(&p, end);
		else if (*p == '-' || ascii_is_digit(*p))
			why = check_number(&p, end);
		else if (*p == ',')
			why = check_comma(&p, end);
		else if (ascii_is_lower(*p))
			why = check_word(&p, end);
		else if (is_blank(*p) || (*p && strchr(marks, *p)))
			p++;
		else
			why = "no JSON";
	return why;
}
