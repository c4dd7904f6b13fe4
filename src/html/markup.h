/* markup - what is told of a process, as HTML */
#ifndef HTML_MARKUP_H
#define HTML_MARKUP_H

#include "tree/forest.h"

/* Appends text for the content of an element or for a quoted attribute: "&",
 * "<", ">" and quotes as references; it is UTF-8 without controls. */
void html_markup_escape(struct buf *, const char *p, size_t n);
/* The same of all that is in text, which is freed. */
void html_markup_buf(struct buf *, struct buf *text);

/* Appends a number, with a comma before each group of three digits. */
void html_markup_count(struct buf *, uint64_t);

/* Appends the command of a process, as label_command(), of at most max
 * characters. */
void html_markup_command(struct buf *, const struct process *,
    const struct moment *at, size_t max);
/* The same as a person would type it, as label_title(), at the end of its life. */
void html_markup_title(struct buf *, const struct process *, size_t max);
/* Appends 4242, or 4242/2 for its second life. */
void html_markup_pid(struct buf *, const struct process *);
/* Appends how it ended, in a <b> of the class failed, running, or none. */
void html_markup_ending(struct buf *, const struct process *);

#endif
