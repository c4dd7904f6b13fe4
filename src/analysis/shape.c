#include "analysis/shape.h"

#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"

enum { HASH_MIN = 7 };	/* characters */

/* The length of a directory of temporary files at the begin, with its last
 * slash; 0: it is none. */
static size_t
temporary(struct slice s)
{
	static const char *const dirs[] = { "/tmp/", "/dev/shm/", "/run/" };
	size_t i;

	for (i = 0; i < sizeof dirs / sizeof *dirs; i++)
		if (slice_starts(s, dirs[i]))
			return strlen(dirs[i]);
	return 0;
}

/* A name in such a directory; what remains is its suffix. */
static size_t
add_temporary(struct buf *b, struct slice s)
{
	size_t len = 0, suffix;

	while (len < s.len && (ascii_is_alnum(s.p[len]) || strchr("._-+", s.p[len])))
		len++;
	for (suffix = len; suffix > 0 && ascii_is_alnum(s.p[suffix - 1]); )
		suffix--;
	buf_addc(b, '*');
	if (suffix > 0 && s.p[suffix - 1] == '.' && len - suffix < 4)
		buf_add(b, s.p + suffix - 1, len - suffix + 1);
	return len;
}

/* The length of the word of letters and digits at the begin. Special: it does not
 * stay as it is. */
static size_t
look_at_word(struct slice s, bool numbers, bool *special)
{
	size_t len = 0;
	bool hex = true, digits = false;

	for (; len < s.len && ascii_is_alnum(s.p[len]); len++) {
		hex = hex && ascii_is_hex(s.p[len]);
		digits = digits || ascii_is_digit(s.p[len]);
	}
	*special = digits && (numbers || (hex && len >= HASH_MIN));
	return len;
}

/* A word of letters and digits, with '#' for all of it if it is a hash, or for
 * each number in it. */
static void
add_word(struct buf *b, struct slice s)
{
	size_t i;

	for (i = 0; i < s.len && ascii_is_hex(s.p[i]); )
		i++;
	if (i == s.len && s.len >= HASH_MIN) {
		buf_addc(b, '#');
		return;
	}
	for (i = 0; i < s.len; i++)
		if (!ascii_is_digit(s.p[i]))
			buf_addc(b, s.p[i]);
		else if (i == 0 || !ascii_is_digit(s.p[i - 1]))
			buf_addc(b, '#');
}

void
shape_add(struct buf *b, const char *p, size_t n, bool numbers)
{
	struct slice s = { p, n }, word;
	const char *from = p;	/* up to s all stays as it is */
	size_t len;
	bool special;

	while (s.len) {
		if (*s.p == '/' && (len = temporary(s))) {
			slice_skip(&s, len);
			buf_add(b, from, (size_t)(s.p - from));
			slice_skip(&s, add_temporary(b, s));
			from = s.p;
			continue;
		}
		len = look_at_word(s, numbers, &special);
		word = (struct slice){ s.p, len };
		slice_skip(&s, len ? len : 1);
		if (!special)
			continue;
		buf_add(b, from, (size_t)(word.p - from));
		add_word(b, word);
		from = s.p;
	}
	buf_add(b, from, (size_t)(s.p - from));
}
