/* before - another recording of the same job, with which a report compares */
#ifndef HTML_BEFORE_H
#define HTML_BEFORE_H

#include "analysis/answers.h"
#include "html/datapart.h"

/* Appends a sentence: how long it took then, and which command paths changed
 * most. */
void html_before_add(struct buf *, const struct answers *old,
    const struct answers *new);

/* Writes "before" of data.h. */
void html_before_write(struct html_datapart *, const struct answers *old);

#endif
