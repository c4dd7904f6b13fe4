/* annotations - findings as workflow commands of GitHub Actions */
#ifndef ANNOTATIONS_H
#define ANNOTATIONS_H

#include "analysis/answers.h"

/* Appends a line for each finding: ::error if the root failed, ::warning if
 * something crashed or outlived it, ::notice for all else; and before these
 * what hangs and why, if the recording has a look at live processes: ::error,
 * or ::warning if the command itself had ended. */
void annotations_add(struct buf *, const struct answers *);

#endif
