/* outsidesignal - when somebody outside of a tree began to end it */
#ifndef OUTSIDESIGNAL_H
#define OUTSIDESIGNAL_H

#include <stdint.h>

#include "tree/forest.h"

/* When the first signal came that ends processes, and that none of the forest sent
 * (pt-capture, a terminal or kill(1) did), in ns; UINT64_MAX: none came.
 * O(n log n) */
uint64_t outsidesignal_find(const struct forest *);

#endif
