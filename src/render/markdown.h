/* markdown - text that Markdown shows as it is meant
 *
 * It is for GitHub and GitLab. Whatever the text is, it begins no markup, no HTML, no
 * link, no mention of a user and no workflow command: what could is written as
 * a reference to a character (&#42;), which is text and nothing else. */
#ifndef MARKDOWN_H
#define MARKDOWN_H

#include "base/buf.h"

/* Appends UTF-8 text without control characters (text_visible()). */
void markdown_text(struct buf *, const char *p, size_t n);

/* The same, in which what stands between backquotes is a command. */
void markdown_sentence(struct buf *, const char *p, size_t n);

/* Appends lines of text, as they are, in the font of a terminal: at most so
 * many bytes, whole lines, and how many lines are left out. */
void markdown_lines(struct buf *, const char *p, size_t n, size_t max);

#endif
