/* page - a recording as one page of HTML that needs nothing else */
#ifndef HTML_PAGE_H
#define HTML_PAGE_H

#include <stdio.h>

#include "analysis/answers.h"

/* report.html, its {names} filled in. before is another recording of the same job,
 * with which it compares; or NULL. The policy of the page forbids all but
 * the styles and scripts that are written here, by their hashes. */
void html_page_write(const struct answers *, const struct answers *before, FILE *);

#endif
