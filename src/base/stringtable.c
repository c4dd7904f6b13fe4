#include "base/stringtable.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_BITS = 8 };

struct strings_index {
	size_t *slots;		/* hash: number + 1, 0: free */
	uint64_t *hashes;	/* by number */
	size_t hashes_cap;
	unsigned bits;		/* log2 of the number of slots */
};

static uint64_t
hash(const char *p, size_t len)
{
	uint64_t h = len;
	size_t i;

	for (i = 0; i < len; i++)
		h = (h ^ (unsigned char)p[i]) * 0x9e3779b97f4a7c15;
	return h ^ h >> 32;
}

static size_t *
find_slot(const struct strings *s, uint64_t h, const char *p, size_t len)
{
	const struct strings_index *x = s->index;
	size_t mask = ((size_t)1 << x->bits) - 1, i = (size_t)h & mask, k;

	for (; (k = x->slots[i]); i = (i + 1) & mask)
		if (x->hashes[k - 1] == h && s->list[k - 1].len == len &&
		    !memcmp(s->list[k - 1].p, p, len))
			break;
	return &x->slots[i];
}

static void
grow_slots(struct strings *s)
{
	struct strings_index *x = s->index;
	size_t i;

	free(x->slots);
	x->bits = x->bits ? x->bits + 1 : FIRST_BITS;
	x->slots = xcalloc((size_t)1 << x->bits, sizeof *x->slots);
	for (i = 0; i < s->n; i++)
		*find_slot(s, x->hashes[i], s->list[i].p, s->list[i].len) = i + 1;
}

size_t
strings_add(struct strings *s, const char *p, size_t len)
{
	struct strings_index *x;
	size_t *slot;
	uint64_t h = hash(p, len);

	if (!s->index)
		s->index = xcalloc(1, sizeof *s->index);
	x = s->index;
	if (!x->bits || s->n >= (size_t)1 << (x->bits - 1))
		grow_slots(s);
	slot = find_slot(s, h, p, len);
	if (*slot)
		return *slot - 1;
	x->hashes = grow(x->hashes, s->n, &x->hashes_cap, sizeof *x->hashes);
	s->list = grow(s->list, s->n, &s->cap, sizeof *s->list);
	x->hashes[s->n] = h;
	s->list[s->n] = (struct slice){ xmemdup(p, len), len };
	*slot = ++s->n;
	return s->n - 1;
}

bool
strings_find(const struct strings *s, const char *p, size_t len, size_t *number)
{
	size_t slot = s->n ? *find_slot(s, hash(p, len), p, len) : 0;

	if (slot)
		*number = slot - 1;
	return slot != 0;
}

void
strings_free(struct strings *s)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		free((void *)(uintptr_t)s->list[i].p);
	free(s->list);
	if (s->index) {
		free(s->index->slots);
		free(s->index->hashes);
		free(s->index);
	}
	*s = (struct strings){ 0 };
}
