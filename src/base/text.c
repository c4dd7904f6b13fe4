#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { DEL = 0x7f, BLOCK = 16 };

static const char hexdigits[] = "0123456789abcdef";

size_t
text_utf8(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	unsigned char low = 0x80, high = 0xbf;
	size_t i, len;

	if (!n)
		return 0;
	if (p[0] < 0x80)
		return 1;
	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		len = 2;
	else if (p[0] >= 0xe0 && p[0] <= 0xef)
		len = 3;
	else if (p[0] >= 0xf0 && p[0] <= 0xf4)
		len = 4;
	else
		return 0;
	if (n < len)
		return 0;
	switch (p[0]) {
	case 0xe0: low = 0xa0; break;	/* overlong */
	case 0xed: high = 0x9f; break;	/* surrogates */
	case 0xf0: low = 0x90; break;	/* overlong */
	case 0xf4: high = 0x8f; break;	/* beyond U+10FFFF */
	default: break;
	}
	if (p[1] < low || p[1] > high)
		return 0;
	for (i = 2; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

static bool
is_control(char c)
{
	return (unsigned char)c < ' ' || c == DEL;
}

/* The character of len bytes is a control of C1, which terminals obey: U+009B
 * is what ESC [ is. */
static bool
is_c1(const char *p, size_t len)
{
	return len == 2 && (unsigned char)p[0] == 0xc2 && (unsigned char)p[1] < 0xa0;
}

/* n of the bytes at p that are printable ASCII and no backslash */
static size_t
plain(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (p[i] < ' ' || p[i] >= DEL || p[i] == '\\')
			break;
	return i;
}

static void
add_hex(struct buf *b, char c)
{
	char esc[4] = { '\\', 'x' };

	esc[2] = hexdigits[(unsigned char)c >> 4];
	esc[3] = hexdigits[(unsigned char)c & 15];
	buf_add(b, esc, sizeof esc);
}

static void
add_control(struct buf *b, char c)
{
	switch (c) {
	case '\t': buf_add(b, "\\t", 2); break;
	case '\n': buf_add(b, "\\n", 2); break;
	case '\r': buf_add(b, "\\r", 2); break;
	default: add_hex(b, c); break;
	}
}

void
text_escape(struct buf *b, const char *p, size_t n)
{
	size_t i = 0, len;

	while (i < n) {
		len = plain(p + i, n - i);
		buf_add(b, p + i, len);
		if ((i += len) == n)
			break;
		len = text_utf8(p + i, n - i);
		if (len > 1 && !is_c1(p + i, len)) {
			buf_add(b, p + i, len);
		} else if (p[i] == '\\') {
			buf_add(b, "\\\\", 2);
			len = 1;
		} else {
			add_control(b, p[i]);
			len = 1;
		}
		i += len;
	}
}

static int
hex(char c)
{
	const char *at = c ? strchr(hexdigits, c) : NULL;

	return at ? (int)(at - hexdigits) : -1;
}

/* The byte that the escape at p stands for, and in *len the length of the
 * escape; a backslash and 1 when it is none. */
static char
unescape(const char *p, size_t n, size_t *len)
{
	*len = 2;
	switch (n > 1 ? p[1] : 0) {
	case 't': return '\t';
	case 'n': return '\n';
	case 'r': return '\r';
	case '\\': return '\\';
	case 'x':
		if (n < 4 || hex(p[2]) < 0 || hex(p[3]) < 0)
			break;
		*len = 4;
		return (char)(hex(p[2]) << 4 | hex(p[3]));
	default: break;
	}
	*len = 1;
	return '\\';
}

void
text_unescape(struct buf *b, const char *p, size_t n)
{
	const char *end, *esc;
	size_t len;

	if (!n)		/* p may be NULL */
		return;
	end = p + n;
	while (p < end && (esc = memchr(p, '\\', (size_t)(end - p)))) {
		buf_add(b, p, (size_t)(esc - p));
		buf_addc(b, unescape(esc, (size_t)(end - esc), &len));
		p = esc + len;
	}
	buf_add(b, p, (size_t)(end - p));
}

size_t
text_escaped(const char *p, size_t n, size_t len)
{
	size_t i = 0, step;

	for (; i < n && len > 0; len--) {
		step = 1;
		if (p[i] == '\\')
			unescape(p + i, n - i, &step);
		i += step;
	}
	return i;
}

void
text_utf8_show(struct buf *b, const char *p, size_t n)
{
	size_t i, len;

	for (i = 0; i < n; i += len) {
		len = text_utf8(p + i, n - i);
		if (len) {
			buf_add(b, p + i, len);
		} else {
			buf_printf(b, "\\x%02x", (unsigned char)p[i]);
			len = 1;
		}
	}
}

/* the code point of the valid character of len > 1 bytes at p */
static unsigned
code_point(const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;
	unsigned c = p[0] & (0xffu >> (len + 1));
	size_t i;

	for (i = 1; i < len; i++)
		c = c << 6 | (p[i] & 0x3f);
	return c;
}

/* Characters that change how others are shown or have no look of their own:
 * C1 controls, line and paragraph separators, bidirectional and invisible
 * formatting (Unicode Technical Report 36, section 3), and those that are no
 * characters, which XML does not allow. */
static bool
is_invisible(unsigned c)
{
	return (c >= 0x80 && c < 0xa0) || c == 0xad || c == 0x61c ||
	    (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	    (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
	    (c >= 0xfdd0 && c <= 0xfdef) || (c >= 0xfff9 && c <= 0xfffb) ||
	    (c >= 0xe0000 && c <= 0xe007f) ||
	    (c & 0xfffe) == 0xfffe;
}

size_t
text_shown(const char *p, size_t n)
{
	size_t len = text_utf8(p, n);

	if (len == 1)
		return !is_control(*p);
	return len && !is_invisible(code_point(p, len)) ? len : 0;
}

void
text_visible(struct buf *b, const char *p, size_t n)
{
	size_t i, len;
	unsigned c;

	for (i = 0; i < n; i += len) {
		len = text_utf8(p + i, n - i);
		if (len > 1) {
			c = code_point(p + i, len);
			if (is_invisible(c))
				buf_printf(b, c > 0xffff ? "\\U%08x" : "\\u%04x", c);
			else
				buf_add(b, p + i, len);
		} else if (len == 1 && !is_control(p[i])) {
			buf_addc(b, p[i]);
		} else {
			add_control(b, p[i]);
			len = 1;
		}
	}
}

void
text_visible_value(struct buf *b, const char *p, size_t n)
{
	struct buf raw = { 0 };

	if (!memchr(p, '\\', n)) {
		text_visible(b, p, n);
		return;
	}
	text_unescape(&raw, p, n);
	text_visible(b, raw.p, raw.len);
	free(raw.p);
}

bool
text_number(const char *p, size_t n, uint64_t max, uint64_t *val)
{
	uint64_t sum = 0, digit;
	size_t i;

	for (i = 0; i < n; i++) {
		digit = (uint64_t)(unsigned char)p[i] - '0';
		/* 19 digits always have room */
		if (digit > 9 || (i >= 19 && sum > (UINT64_MAX - digit) / 10))
			return false;
		sum = sum * 10 + digit;
	}
	if (n == 0 || sum > max)
		return false;
	*val = sum;
	return true;
}

bool
text_hex(const char **p, const char *end, uint64_t *val)
{
	const char *start = *p;
	uint64_t sum = 0;

	for (; *p < end && *p - start < 16 && hex(**p) >= 0; ++*p)
		sum = sum << 4 | (uint64_t)hex(**p);
	*val = sum;
	return *p > start;
}

bool
text_seconds(const char *s, uint64_t *ns)
{
	size_t n = strcspn(s, "."), digits = 0;
	uint64_t whole = 0, part = 0;

	if (s[n] == '.') {
		digits = strlen(s + n + 1);
		if (digits > 9 || !text_number(s + n + 1, digits, UINT64_MAX, &part))
			return false;
	}
	if ((n || !digits) && !text_number(s, n, 1000000000, &whole))
		return false;
	for (; digits < 9; digits++)
		part *= 10;
	*ns = whole * 1000000000 + part;
	return true;
}

/* BLOCK bytes of printable ASCII or TAB; without a way out on the way, so that
 * compilers look at all of them at once. */
static bool
is_plain_block(const char *p)
{
	unsigned char c, bad = 0;
	size_t i;

	for (i = 0; i < BLOCK; i++) {
		c = (unsigned char)p[i];
		bad |= (unsigned char)((c < ' ' && c != '\t') | (c >= DEL));
	}
	return !bad;
}

size_t
text_raw_bad(const char *p, size_t n)
{
	size_t i = 0, len;

	for (;;) {
		while (n - i >= BLOCK && is_plain_block(p + i))
			i += BLOCK;
		while (i < n && p[i] >= ' ' && p[i] < DEL)
			i++;
		if (i == n)
			return n;
		if (p[i] == '\t')
			len = 1;
		else if (is_control(p[i]) || !(len = text_utf8(p + i, n - i)) ||
		    is_c1(p + i, len))
			return i;
		i += len;
	}
}

void
text_duration(struct buf *b, uint64_t ns)
{
	static const struct {
		uint64_t below, unit;
		int digits;
		const char *name;
	} scales[] = {
		{ 999950, 1000, 1, "us" },
		{ 999950000, 1000000, 1, "ms" },
		{ 59995000000, 1000000000, 2, "s" },
	};
	uint64_t s = ns / 1000000000 + (ns % 1000000000 >= 500000000);
	size_t i;

	if (ns < 1000) {
		buf_printf(b, "%u ns", (unsigned)ns);
		return;
	}
	for (i = 0; i < sizeof scales / sizeof *scales; i++)
		if (ns < scales[i].below) {
			buf_printf(b, "%.*f %s", scales[i].digits,
			    (double)ns / (double)scales[i].unit, scales[i].name);
			return;
		}
	if (s < 3600)
		buf_printf(b, "%u min %u s", (unsigned)(s / 60), (unsigned)(s % 60));
	else
		buf_printf(b, "%llu h %u min", (unsigned long long)(s / 3600),
		    (unsigned)(s % 3600 / 60));
}

static bool
continues(char c)
{
	return (c & 0xc0) == 0x80;
}

size_t
text_length(const char *p, size_t n)
{
	size_t i, length = 0;

	for (i = 0; i < n; i++)
		length += !continues(p[i]);
	return length;
}

void
text_cut(struct buf *b, const char *p, size_t n, size_t max)
{
	const size_t tail = (max - 1) / 3, head = max - 1 - tail;
	size_t i, left;

	if (text_length(p, n) <= max) {
		buf_add(b, p, n);
		return;
	}
	for (i = 0, left = head + 1; ; i++)
		if (!continues(p[i]) && !--left)
			break;
	buf_add(b, p, i);
	buf_adds(b, "\xe2\x80\xa6");
	for (i = n, left = tail; left; )
		if (!continues(p[--i]))
			left--;
	buf_add(b, p + i, n - i);
}
