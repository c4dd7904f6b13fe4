/* memory - how much memory sorting may take */
#ifndef MEMORY_H
#define MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* An eighth of the machine's, within bounds, and at most half of what this process
 * may have; bytes. */
size_t memory_default(void);

/* "4096b", "64" or "64K", "16M", "2G", or the least that extsort.h needs if that is
 * more: true and *size in bytes, or false. */
bool memory_parse(const char *, size_t *size);

#endif
