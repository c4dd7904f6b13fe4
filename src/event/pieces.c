#include "event/pieces.h"

#include "base/text.h"

void
pieces_begin(struct pieces *p, uint64_t size)
{
	p->bytes.len = 0;
	p->size = size;
}

/* Takes the hexadecimal word at *p, low byte first, which belongs at the
 * offset, and moves *p behind it. What lies behind a gap, or is not a whole
 * word of the string, is not taken. False: not hexadecimal. */
static bool
add_word(struct pieces *to, uint64_t offset, const char **p, const char *end)
{
	uint64_t word;
	int i;

	if (!text_hex(p, end, &word))
		return false;
	if (offset == to->bytes.len && to->size - offset >= 8 && offset < to->size)
		for (i = 0; i < 64; i += 8)
			buf_addc(&to->bytes, (char)(word >> i));
	return true;
}

bool
pieces_add(struct pieces *to, uint64_t offset, struct slice words)
{
	const char *p = words.p, *end = words.p + words.len;

	for (;; p++, offset += 8) {
		if (!add_word(to, offset, &p, end))
			return false;
		if (p == end)
			return true;
		if (*p != ',')
			return false;
	}
}

bool
pieces_add_end(struct pieces *to, struct slice hex)
{
	const char *p = hex.p;
	uint64_t word, missing = to->size - to->bytes.len;

	if (!text_hex(&p, hex.p + hex.len, &word) || p != hex.p + hex.len)
		return false;
	if (missing < 8)
		for (; missing; missing--)
			buf_addc(&to->bytes, (char)(word >> (64 - 8 * missing)));
	return true;
}

bool
pieces_whole(const struct pieces *p)
{
	return p->bytes.len == p->size;
}
