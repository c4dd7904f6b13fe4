/* runname - what the recordings in a report are called, where there are several */
#ifndef HTML_RUNNAME_H
#define HTML_RUNNAME_H

#include "base/buf.h"
#include "tree/forest.h"

/* Appends its host, as text_visible() shows it; with "#" and a number behind it if
 * another one has the same host, or none. Different runs have different names.
 * O(runs) */
void html_runname_add(struct buf *, const struct forest *, const struct forest_run *);

#endif
