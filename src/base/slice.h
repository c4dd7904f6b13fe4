/* slice - bytes of somebody else taken apart from either end */
#ifndef SLICE_H
#define SLICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

bool slice_is(struct slice, const char *word);
/* of a list that NULL ends */
bool slice_is_one_of(struct slice, const char *const *words);
/* The same bytes. */
bool slice_equal(struct slice, struct slice);
bool slice_starts(struct slice, const char *word);
/* whether the word is anywhere in it */
bool slice_has(struct slice, const char *word);

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
