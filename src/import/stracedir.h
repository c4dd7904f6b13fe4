/* stracedir - the directory of a process, as its calls of chdir tell it; no I/O
 *
 * It is a path by which the process could get there: symbolic links in what it has
 * called chdir with are not followed. What cannot be known so is not known. */
#ifndef STRACEDIR_H
#define STRACEDIR_H

#include <stdbool.h>

#include "base/buf.h"

/* all zero is one that is not known */
struct stracedir {
	struct buf path;	/* len 0: it is not known */
	bool physical;		/* it has no symbolic links: ".." can be applied */
	bool other_root;	/* the root was changed: what others see of it is not
				 * what the process does */
};

/* It is this path from the root on, or not known if that is no such path. */
void stracedir_set(struct stracedir *, struct slice path, bool physical);

/* The process has called chdir with this path, successfully. */
void stracedir_change(struct stracedir *, struct slice path);

/* Somebody else sees that it is this one. */
void stracedir_see(struct stracedir *, struct slice path);

/* The process has another root now, or may have. */
void stracedir_reroot(struct stracedir *);

/* That of a child is that of its parent. */
void stracedir_copy(struct stracedir *child, const struct stracedir *parent);

void stracedir_forget(struct stracedir *);
void stracedir_free(struct stracedir *);

#endif
