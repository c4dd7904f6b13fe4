/* pidlist - what is known of processes, by PID and in the order in which they came */
#ifndef PIDLIST_H
#define PIDLIST_H

#include <stddef.h>
#include <stdint.h>

/* the first member of what is kept of a process; that is the caller's */
struct pidlist_one {
	struct pidlist_one *older, *newer;	/* NULL: none */
	uint64_t pid;
};

/* all zero is empty */
struct pidlist {
	struct pidlist_one *oldest, *newest;
	void *by_pid;		/* the same */
	size_t n;
};

/* The one of this PID, or NULL. O(log n), as all that follow. */
struct pidlist_one *pidlist_find(const struct pidlist *, uint64_t pid);

/* It is the newest from now on; there must be none of its PID. */
void pidlist_add(struct pidlist *, struct pidlist_one *);

void pidlist_remove(struct pidlist *, struct pidlist_one *);

/* Its PID is this one, of which there must be none, and its place stays. */
void pidlist_rename(struct pidlist *, struct pidlist_one *, uint64_t pid);

#endif
