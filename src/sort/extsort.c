#include "sort/extsort.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "sort/spill.h"

enum { DIGIT_BITS = 8, DIGITS = 64 / DIGIT_BITS, VALUES = 1 << DIGIT_BITS };

/* a line in the block */
struct entry {
	uint64_t ts;
	size_t offset;
};

struct extsort {
	struct entry *block;	/* entries from its end, text from its start */
	size_t size;		/* of the block, in bytes */
	struct entry *end;	/* of the block */
	size_t n;		/* entries used */
	size_t text;		/* bytes used */
	bool ordered;		/* as they came */
	const char *dir;
	struct spill spilled, merged;
};

struct extsort *
extsort_new(size_t memory, const char *dir)
{
	struct extsort *s = xcalloc(1, sizeof *s);
	size_t n = memory / sizeof *s->block;

	s->block = xreallocarray(NULL, n, sizeof *s->block);
	s->end = s->block + n;
	s->size = n * sizeof *s->block;
	s->ordered = true;
	s->dir = dir;
	return s;
}

void
extsort_free(struct extsort *s)
{
	spill_close(&s->spilled);
	spill_close(&s->merged);
	free(s->block);
	free(s);
}

static const char *
line_at(const struct extsort *s, size_t offset, size_t *len)
{
	const char *line = (const char *)s->block + offset;
	const char *nl = memchr(line, '\n', s->text - offset);

	*len = (size_t)(nl + 1 - line);
	return line;
}

static unsigned
digit(struct entry e, unsigned i)
{
	return e.ts >> i * DIGIT_BITS & (VALUES - 1);
}

/* from the counts of a digit's values to where the first of each belongs */
static void
add_up(size_t counts[VALUES])
{
	size_t sum = 0, n;
	unsigned v;

	for (v = 0; v < VALUES; v++) {
		n = counts[v];
		counts[v] = sum;
		sum += n;
	}
}

/* Radix sort, the least digit first; returns e or spare. */
static struct entry *
sort_entries(struct entry *e, struct entry *spare, size_t n)
{
	size_t counts[DIGITS][VALUES] = { 0 }, i;
	struct entry *from = e, *to = spare;
	unsigned d;

	for (i = 0; i < n; i++)
		for (d = 0; d < DIGITS; d++)
			counts[d][digit(e[i], d)]++;
	for (d = 0; d < DIGITS; d++) {
		if (counts[d][digit(*from, d)] == n)
			continue;
		add_up(counts[d]);
		for (i = 0; i < n; i++)
			to[counts[d][digit(from[i], d)]++] = from[i];
		e = to;
		to = from;
		from = e;
	}
	return from;
}

/* the entries of the block, which is not empty, in order */
static struct entry *
in_order(struct extsort *s)
{
	struct entry *first = s->end - s->n, *a = first, *b = s->end - 1, swap;

	for (; a < b; a++, b--) {
		swap = *a;
		*a = *b;
		*b = swap;
	}
	return s->ordered ? first : sort_entries(first, first - s->n, s->n);
}

static int
spill_block(struct extsort *s)
{
	struct entry *e, *end;
	const char *line;
	size_t len;

	if (s->n == 0)
		return 0;
	e = in_order(s);
	for (end = e + s->n; e < end; e++) {
		line = line_at(s, e->offset, &len);
		if (spill_add(&s->spilled, e->ts, line, len) < 0)
			return -1;
	}
	s->n = s->text = 0;
	s->ordered = true;
	return 0;
}

/* whether there is room for the line, its entry, and as much to sort with */
static bool
fits(const struct extsort *s, size_t len)
{
	size_t room = s->size - s->text;
	size_t entries = (s->n + 1) * 2 * sizeof *s->block;

	return room >= entries && room - entries >= len;
}

int
extsort_add(struct extsort *s, uint64_t ts, const char *line, size_t len)
{
	struct entry *last;

	if (!fits(s, len)) {
		if (!s->spilled.fp && spill_open(&s->spilled, s->dir) < 0)
			return -1;
		if (spill_block(s) < 0)
			return -1;
		if (!fits(s, len))
			return spill_add(&s->spilled, ts, line, len);
	}
	last = s->end - s->n;
	if (s->n > 0 && ts < last->ts)
		s->ordered = false;
	last[-1] = (struct entry){ ts, s->text };
	memcpy((char *)s->block + s->text, line, len);
	s->text += len;
	s->n++;
	return 0;
}

static void
write_block(struct extsort *s, FILE *fp)
{
	struct entry *e, *end;
	const char *line;
	size_t len;

	if (s->ordered) {
		fwrite(s->block, 1, s->text, fp);
		return;
	}
	e = in_order(s);
	for (end = e + s->n; e < end && !ferror(fp); e++) {
		line = line_at(s, e->offset, &len);
		fwrite(line, 1, len, fp);
	}
}

int
extsort_write(struct extsort *s, FILE *fp)
{
	if (!s->spilled.fp) {
		write_block(s, fp);
		return 0;
	}
	if (spill_block(s) < 0)
		return -1;
	/* the block is free now, to merge with */
	while (s->spilled.n > s->size / SPILL_BUFFER_MIN) {
		if (spill_open(&s->merged, s->dir) < 0 ||
		    spill_pass(&s->spilled, &s->merged, s->block, s->size) < 0)
			return -1;
		spill_close(&s->spilled);
		s->spilled = s->merged;
		s->merged = (struct spill){ 0 };
	}
	return spill_write(&s->spilled, s->block, s->size, fp);
}
