#include "base/slice.h"

#include <string.h>

#include "base/ascii.h"
#include "base/text.h"

bool
slice_equal(struct slice a, struct slice b)
{
	return a.len == b.len && (!a.len || !memcmp(a.p, b.p, a.len));
}

int
slice_compare(struct slice a, struct slice b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int c = len ? memcmp(a.p, b.p, len) : 0;

	return c ? c : (a.len > b.len) - (a.len < b.len);
}

bool
slice_is_one_of(struct slice s, const char *const *words)
{
	for (; *words; words++)
		if (slice_is(s, *words))
			return true;
	return false;
}

bool
slice_skip_to(struct slice *s, const char *word)
{
	const char *at;

	while (s->len && (at = memchr(s->p, *word, s->len))) {
		slice_skip(s, (size_t)(at - s->p));
		if (slice_take(s, word))
			return true;
		slice_skip(s, 1);
	}
	slice_skip(s, s->len);
	return false;
}

bool
slice_has(struct slice s, const char *word)
{
	return slice_skip_to(&s, word);
}

void
slice_skip(struct slice *s, size_t n)
{
	s->p += n;
	s->len -= n;
}

bool
slice_take(struct slice *s, const char *word)
{
	if (!slice_starts(*s, word))
		return false;
	slice_skip(s, strlen(word));
	return true;
}

bool
slice_drop(struct slice *s, const char *word)
{
	size_t len = strlen(word);

	if (s->len < len || (len && memcmp(s->p + s->len - len, word, len)))
		return false;
	s->len -= len;
	return true;
}

bool
slice_take_number(struct slice *s, uint64_t max, uint64_t *val)
{
	size_t n = 0;

	while (n < s->len && ascii_is_digit(s->p[n]))
		n++;
	if (!text_number(s->p, n, max, val))
		return false;
	slice_skip(s, n);
	return true;
}

bool
slice_drop_number(struct slice *s, uint64_t max, uint64_t *val)
{
	size_t len = s->len;

	while (len && ascii_is_digit(s->p[len - 1]))
		len--;
	if (!text_number(s->p + len, s->len - len, max, val))
		return false;
	s->len = len;
	return true;
}

struct slice
slice_basename(struct slice path)
{
	size_t from;

	while (path.len > 1 && path.p[path.len - 1] == '/')
		path.len--;
	for (from = path.len; from > 0 && path.p[from - 1] != '/'; from--)
		;
	if (from == path.len)
		return path;
	return (struct slice){ path.p + from, path.len - from };
}
