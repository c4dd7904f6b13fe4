#include "secret/name.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/slice.h"
#include "secret/rules.h"

/* lists end in NULL */
static bool
in_list(struct slice word, const char *const list[])
{
	for (; word.len && *list; list++)
		if ((**list | 0x20) == (word.p[0] | 0x20) && strlen(*list) == word.len &&
		    !strncasecmp(*list, word.p, word.len))
			return true;
	return false;
}

static bool
is_separator(char c)
{
	return c == '_' || c == '-' || c == '.';
}

/* A part of a name begins at i: "api_key", "apiKey", "APIKey". */
static bool
begins_part(struct slice name, size_t i)
{
	const char *p = name.p + i;

	return i == 0 || is_separator(p[-1]) ||
	    (ascii_is_upper(*p) && (!ascii_is_upper(p[-1]) ||
	    (i + 1 < name.len && ascii_is_letter(p[1]) && !ascii_is_upper(p[1]))));
}

/* Takes the last part off the name. */
static struct slice
take_last(struct slice *name)
{
	size_t begin = name->len;
	struct slice part;

	while (begin > 0 && !begins_part(*name, --begin))
		;
	part = (struct slice){ name->p + begin, name->len - begin };
	while (begin > 0 && is_separator(name->p[begin - 1]))
		begin--;
	name->len = begin;
	return part;
}

static struct slice
first_part(struct slice name)
{
	size_t end = 1;

	while (end < name.len && !is_separator(name.p[end]))
		end++;
	return (struct slice){ name.p, end };
}

/* where the word is in the name, or NULL */
static const char *
find(struct slice name, const char *word)
{
	size_t len = strlen(word), i;

	for (i = 0; i + len <= name.len; i++)
		if ((name.p[i] | 0x20) == word[0] &&
		    !strncasecmp(name.p + i, word, len))
			return name.p + i;
	return NULL;
}

/* "token" or "authToken2", but neither "tokens" nor "TOKENIZER" */
static bool
has_token(struct slice name)
{
	static const char word[] = "token";
	const char *at, *next, *end = name.p + name.len;

	while ((at = find(name, word))) {
		next = at + sizeof word - 1;
		if (next == end || !ascii_is_letter(*next) ||
		    (ascii_is_upper(*next) && !ascii_is_upper(next[-1])))
			return true;
		name = (struct slice){ next, (size_t)(end - next) };
	}
	return false;
}

static bool
has_secret_word(struct slice name)
{
	size_t i;

	if (name.len < sizeof "token" - 1)	/* the shortest one */
		return false;
	for (i = 0; secret_rules_anywhere[i]; i++)
		if (find(name, secret_rules_anywhere[i]))
			return true;
	return has_token(name);
}

/* where the word ends the part, its length; else 0 */
static size_t
ending(struct slice part, const char *const list[])
{
	size_t len;

	for (; *list; list++) {
		len = strlen(*list);
		if (part.len >= len && !strncasecmp(*list,
		    part.p + part.len - len, len))
			return len;
	}
	return 0;
}

/* "sshpass", "storepass", "authkey": words that nothing separates */
static bool
is_joined(struct slice part)
{
	static const char *const key[] = { "key", NULL };
	struct slice before = part;

	if (ending(part, secret_rules_not_ending))
		return false;
	if (ending(part, secret_rules_ending))
		return true;
	before.len -= ending(part, key);
	return before.len < part.len && ending(before, secret_rules_keys);
}

bool
secret_name(const char *p, size_t len)
{
	static const char *const key[] = { "key", NULL };
	struct slice whole = { p, len }, name, last;
	bool is_key;

	/* API_KEY_2 */
	while (whole.len && (is_separator(p[whole.len - 1]) ||
	    ascii_is_digit(p[whole.len - 1])))
		whole.len--;
	if (!whole.len)
		return false;
	name = whole;
	last = take_last(&name);
	is_key = in_list(last, key) && name.len;
	if (!is_key && !in_list(last, secret_rules_last) && !is_joined(last) &&
	    !has_secret_word(whole))
		return false;
	if (in_list(last, secret_rules_about) ||
	    in_list(first_part(whole), secret_rules_flags))
		return false;
	if (is_key && in_list(take_last(&name), secret_rules_open_keys))
		return false;
	/* where the shell is */
	return !slice_is(whole, "PWD") && !slice_is(whole, "OLDPWD");
}

bool
secret_name_value(const char *p, size_t len)
{
	return !in_list((struct slice){ p, len }, secret_rules_values);
}
