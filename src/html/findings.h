/* findings - what stands out in a recording, as HTML */
#ifndef HTML_FINDINGS_H
#define HTML_FINDINGS_H

#include "analysis/answers.h"

/* Appends a list with a sentence for each finding, which is a link to the part
 * of the report that shows it: report-address.js reads what is behind its "#".
 * Nothing if nothing stands out. */
void html_findings_add(struct buf *, const struct answers *);

#endif
