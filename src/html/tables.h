/* tables - command paths, what failed, runs, and took long, as HTML */
#ifndef HTML_TABLES_H
#define HTML_TABLES_H

#include "analysis/answers.h"

/* The merged tree, and tables of at most 50 rows each, which say how many there
 * are. */
void html_tables_add(struct buf *, const struct answers *);

#endif
