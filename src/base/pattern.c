#include "base/pattern.h"

#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* as a basic regular expression */
static char *
quote(const char *s)
{
	struct buf b = { 0 };

	for (; *s; s++) {
		if (strchr("\\.[*^$", *s))
			buf_addc(&b, '\\');
		buf_addc(&b, *s);
	}
	buf_addc(&b, '\0');
	return b.p;
}

const char *
pattern_compile(struct pattern *p, const char *string,
    enum pattern_syntax syntax, bool ignore_case)
{
	static char why[256];
	char *quoted = NULL;
	int flags = 0, error;

	*p = (struct pattern){ .string = NULL };
	if (syntax == PATTERN_FIXED && !ignore_case) {
		p->string = string;
		return NULL;
	}
	if (syntax == PATTERN_FIXED)
		string = quoted = quote(string);
	if (syntax == PATTERN_EXTENDED)
		flags |= REG_EXTENDED;
	if (ignore_case)
		flags |= REG_ICASE;
	error = regcomp(&p->re, string, flags);
	free(quoted);
	if (!error)
		return NULL;
	regerror(error, &p->re, why, sizeof why);
	return why;
}

/* in text, which ends with its first NUL; begins: nothing stands before it */
static bool
find_in_piece(const struct pattern *p, const char *text, bool begins,
    struct pattern_match *m)
{
	regmatch_t match[2];
	const char *at;

	if (p->string) {
		at = strstr(text, p->string);
		if (!at)
			return false;
		m->begin = m->group = (size_t)(at - text);
		m->end = m->group_end = m->begin + strlen(p->string);
		return true;
	}
	errno = 0;
	if (regexec(&p->re, text, 2, match, begins ? 0 : REG_NOTBOL)) {
		/* glibc says REG_NOMATCH for every failure, REG_ESPACE too */
		if (errno == ENOMEM)
			err(exit_failure, NULL);
		return false;
	}
	m->begin = (size_t)match[0].rm_so;
	m->end = (size_t)match[0].rm_eo;
	if (p->re.re_nsub == 0 || match[1].rm_so < 0)
		match[1] = match[0];
	m->group = (size_t)match[1].rm_so;
	m->group_end = (size_t)match[1].rm_eo;
	return true;
}

bool
pattern_find(const struct pattern *p, const char *text, size_t len,
    size_t from, struct pattern_match *m)
{
	for (; from <= len; from += strlen(text + from) + 1)
		if (find_in_piece(p, text + from, from == 0 || !text[from - 1],
		    m)) {
			m->begin += from;
			m->end += from;
			m->group += from;
			m->group_end += from;
			return true;
		}
	return false;
}

void
pattern_free(struct pattern *p)
{
	if (!p->string)
		regfree(&p->re);
}
