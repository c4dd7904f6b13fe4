/* filestext - the files of a recording that stand out, as a table */
#ifndef FILESTEXT_H
#define FILESTEXT_H

#include "analysis/files.h"
#include "analysis/oddfiles.h"
#include "render/table.h"

/* At most so many rows; nothing, if no file was written. */
void filestext_add(struct table *, const struct files *,
    const struct oddfiles *, size_t rows);

#endif
