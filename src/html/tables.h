/* tables - what failed, what runs, what took long, as HTML */
#ifndef HTML_TABLES_H
#define HTML_TABLES_H

#include "analysis/summary.h"

/* Tables of at most 50 rows each, which say how many there are. */
void html_tables_add(struct buf *, const struct summary *);

#endif
