/* head - what is above a report: of what it is, and the numbers */
#ifndef HTML_HEAD_H
#define HTML_HEAD_H

#include "analysis/summary.h"

/* Appends what was recorded, without markup. */
void html_head_title(struct buf *, const struct summary *);

/* Heading, place and time, the numbers, what is missing. */
void html_head_add(struct buf *, const struct summary *);

#endif
