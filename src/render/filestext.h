/* filestext - the files of a recording that stand out, as a table */
#ifndef FILESTEXT_H
#define FILESTEXT_H

#include "analysis/critical.h"
#include "analysis/files.h"
#include "analysis/oddfiles.h"
#include "render/table.h"

/* At most so many rows; nothing, if no file was written. */
void filestext_add(struct table *, const struct files *,
    const struct oddfiles *, size_t rows);

/* Which files the critical path waited for: at most so many rows of those that
 * filestext_waited() has counted; nothing, if there are none. */
void filestext_add_waited(struct table *, const struct critical *, size_t rows);
size_t filestext_waited(const struct critical *);

#endif
