/* shenviron - the environment of a process, for a POSIX shell */
#ifndef SHENVIRON_H
#define SHENVIRON_H

#include "tree/forest.h"

/* The env event of an exec of a process (NULL: of none), or NULL. */
const struct event *shenviron_find(const struct process *,
    const struct event *exec);

/* Appends the command env(1) that makes the environment that root says into
 * that of env: names to be unset, then those to be set. root: NULL if it is not
 * known; then env -i and all of them. What a shell sets by itself, such as PWD,
 * is always told. O(n log n) */
void shenviron_add(struct buf *, const struct event *root,
    const struct event *env);

#endif
