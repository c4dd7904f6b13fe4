/* any bytes: what comes of them is what text.h says */
#include "fuzz.h"

static bool
is_utf8(const char *p, size_t n)
{
	size_t i, len;

	for (i = 0; i < n; i += len)
		if (!(len = text_utf8(p + i, n - i)))
			return false;
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct buf a, b;
	const char *p = (const char *)data;
	uint64_t n;
	char *s;

	buf_reserve(&a, 1);	/* no NULL, which memcmp() must not see */
	buf_reserve(&b, 1);
	a.len = b.len = 0;
	text_escape(&a, p, size);
	must(text_raw_bad(a.p, a.len) == a.len);
	must(!memchr(a.p, '\t', a.len));
	text_unescape(&b, a.p, a.len);
	must(b.len == size && !memcmp(b.p, p, size));

	b.len = 0;
	text_unescape(&b, p, size);
	must(b.len <= size);

	b.len = 0;
	text_utf8_show(&b, p, size);
	must(is_utf8(b.p, b.len));
	must(is_utf8(p, size) == (b.len == size && !memcmp(b.p, p, size)));

	b.len = 0;
	text_visible(&b, p, size);
	must(text_raw_bad(b.p, b.len) == b.len);
	must(!memchr(b.p, '\t', b.len));

	if (text_number(p, size, UINT64_MAX, &n)) {
		b.len = 0;
		buf_addu(&b, n);
		must(b.len <= size &&
		    !memcmp(p + size - b.len, b.p, b.len));
	}
	s = xmemdup(p, size);
	if (text_seconds(s, &n))
		must(n <= (uint64_t)1000000001 * 1000000000);
	free(s);
	return 0;
}
