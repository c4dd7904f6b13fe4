/* htmltext - a recording as HTML that needs no JavaScript */
#ifndef HTMLTEXT_H
#define HTMLTEXT_H

#include "summary.h"

/* Appends text for the content of an element or for a quoted attribute: "&",
 * "<", ">" and quotes as references; it is UTF-8 without controls. */
void htmltext_escape(struct buf *, const char *p, size_t n);

/* What was recorded, without markup. */
void htmltext_title(struct buf *, const struct summary *);

/* Heading, place and time, the numbers, what is missing. */
void htmltext_header(struct buf *, const struct summary *);

/* Tables and the tree; of large recordings the part that is most wanted:
 * what failed or still runs, the critical path, the longest processes. */
void htmltext_body(struct buf *, const struct summary *);

#endif
