#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"

enum { CHUNK = 1 << 20 };

union unit {
	void *p;
	uint64_t n;
};

struct arena_chunk {
	struct arena_chunk *next;
	size_t used, size;
	_Alignas(union unit) char data[];
};

static struct arena_chunk *
new_chunk(size_t size)
{
	struct arena_chunk *c;

	if (size > SIZE_MAX - sizeof *c)
		size = SIZE_MAX - sizeof *c;
	c = xmalloc(sizeof *c + size);
	c->size = size;
	c->used = 0;
	return c;
}

void *
arena_take(struct arena *a, size_t size)
{
	const size_t align = _Alignof(union unit);
	struct arena_chunk *c = a->chunks;

	size = (size + align - 1) / align * align;
	if (!c || size > c->size - c->used) {
		c = new_chunk(size > CHUNK ? size : CHUNK);
		if (size > CHUNK && a->chunks) {
			/* it is full: behind the one that has room */
			c->next = a->chunks->next;
			a->chunks->next = c;
		} else {
			c->next = a->chunks;
			a->chunks = c;
		}
	}
	c->used += size;
	return c->data + c->used - size;
}

void
arena_free(struct arena *a)
{
	struct arena_chunk *c, *next;

	for (c = a->chunks; c; c = next) {
		next = c->next;
		free(c);
	}
	a->chunks = NULL;
}
