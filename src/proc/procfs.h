/* procfs - the files of /proc that tell of a process (proc(5)); Linux only */
#ifndef PROCFS_H
#define PROCFS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Reads all of /proc/PID/NAME, NAME as of printf(3), into the buf, which is
 * the caller's to free; a NUL follows what is there. False: there is nothing to
 * read, because the process is gone or not ours to look at, or because the file
 * is empty. */
bool procfs_read(struct buf *, int32_t pid, const char *name, ...)
    __attribute__((format(printf, 3, 4)));

/* The same, but no more than the first bytes of a file that may be long. */
bool procfs_read_head(struct buf *, size_t max, int32_t pid, const char *name);

/* The same for any file. */
bool procfs_read_file(struct buf *, const char *path);

#endif
