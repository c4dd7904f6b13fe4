/* slice - bytes of somebody else taken apart from either end */
#ifndef SLICE_H
#define SLICE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"

/* Inline, because then the length of a literal is known. */
static inline bool
slice_starts(struct slice s, const char *word)
{
	size_t len = strlen(word);

	return s.len >= len && (!len || !memcmp(s.p, word, len));
}

static inline bool
slice_is(struct slice s, const char *word)
{
	return s.len == strlen(word) && slice_starts(s, word);
}

/* of a list that NULL ends */
bool slice_is_one_of(struct slice, const char *const *words);
/* The same bytes. */
bool slice_equal(struct slice, struct slice);
/* Their order, by bytes: < 0, 0 or > 0. */
int slice_compare(struct slice, struct slice);
/* whether the word is anywhere in it */
bool slice_has(struct slice, const char *word);

/* All goes up to the first place of the word, and the word: true; or just all, false,
 * if it is nowhere. */
bool slice_skip_to(struct slice *, const char *word);

/* The first n bytes go. */
void slice_skip(struct slice *, size_t n);

/* What is asked for goes from the front (take) or the end (drop): true, or
 * false if it is not there. A number is all digits that are there, and
 * at most max; what is none or larger stays. */
bool slice_take(struct slice *, const char *word);
bool slice_drop(struct slice *, const char *word);
bool slice_take_number(struct slice *, uint64_t max, uint64_t *val);
bool slice_drop_number(struct slice *, uint64_t max, uint64_t *val);

/* The last component of a path, as basename(1) has it. */
struct slice slice_basename(struct slice path);

#endif
