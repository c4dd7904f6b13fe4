/* mermaid - text that Mermaid 10.7.0 to 12.3.0 read as it is meant */
#ifndef MERMAID_H
#define MERMAID_H

#include "base/buf.h"

/* Appends UTF-8 text without control characters so that Mermaid shows just
 * that, in a title, in a section, or in a label behind its first character. */
void mermaid_escape(struct buf *, const char *p, size_t n);

/* How many characters of the text it escapes. Mermaid measures each as six
 * characters more than it shows when it looks for a place for a label. */
size_t mermaid_escapes(const char *p, size_t n);

/* Appends what a gantt chart begins with. Its times count from 0 to about
 * total; a thousand of them are one of unit ("ms"). */
void mermaid_gantt(struct buf *, struct slice title, uint64_t total,
    const char *unit);

#endif
