/* mdreport - a recording as a page of Markdown, for the summary of a CI job */
#ifndef MDREPORT_H
#define MDREPORT_H

#include "analysis/answers.h"

/* the least limit: there is room for the numbers */
enum { MDREPORT_MIN = 2000 };

/* Appends the page: numbers, findings, the chain of failures, what hangs
 * and why, and a Mermaid chart. At most limit bytes; what does not fit is left
 * out, the chart first, and the page says so. */
void mdreport_add(struct buf *, const struct answers *, size_t limit);

#endif
