/* folded - a recording as folded stacks, which make flame graphs */
#ifndef FOLDED_H
#define FOLDED_H

#include <stdio.h>

#include "tree/forest.h"

/* which time of the processes */
enum folded_time { FOLDED_OWN, FOLDED_CPU, FOLDED_CRITICAL };

/* Writes a line for each command path (merged.h) whose processes have some of
 * that time: the programs with ";" between them, a blank, and microseconds. A
 * path of more than FOLDED_DEPTH programs counts for its first ones, because
 * all lines together would grow with the square of it. ferror(to) tells. */
enum { FOLDED_DEPTH = 1000 };
void folded_write(const struct forest *, enum folded_time, FILE *to);

#endif
