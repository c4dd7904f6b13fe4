/* shdescriptors - the standard descriptors of a process, for a POSIX shell */
#ifndef SHDESCRIPTORS_H
#define SHDESCRIPTORS_H

#include "tree/forest.h"

/* Appends comments, a line each: what descriptors 0 to 2 of the exec were that the
 * script cannot open again, and who else had them. */
void shdescriptors_comment(struct buf *, const struct forest *,
    const struct process *, const struct event *exec);

/* Appends the redirections, each with a space in front. */
void shdescriptors_redirect(struct buf *, const struct forest *,
    const struct process *, const struct event *exec);

#endif
