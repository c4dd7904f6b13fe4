/* path - paths put together, without looking at any file system */
#ifndef PATH_H
#define PATH_H

#include "base/buf.h"

/* Appends the path that a name has in a directory: the name itself if it begins
 * with a slash. What is "." or empty in it is left out, and ".." takes away what is
 * before it, which is not where the kernel would go if that is a symbolic link. */
void path_join(struct buf *, struct slice dir, struct slice name);

#endif
