/* members - which lives of which PIDs descend from a root; no I/O
 *
 * A process that was forked by a member is a member, whatever process becomes
 * its parent later. The functions take what happened in the order of time. A
 * life of a PID ends with its exit; a fork of the same PID begins another. */
#ifndef MEMBERS_H
#define MEMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* all zero is a tree without members */
struct members {
	size_t n;		/* how many there are */
	/* private: a hash table */
	int32_t *pids;		/* open addressing; 0: free */
	uint64_t *since;
	size_t size;
};

/* one of them; all zero: none yet */
struct members_one {
	int32_t pid;
	uint64_t since;		/* what members_set_since() was told, or 0 */
	size_t next;		/* private */
};

/* the life of pid that is open now is a member */
void members_add(struct members *, int32_t pid);
bool members_has(const struct members *, int32_t pid);
/* Since when this member is one, in a unit of the caller's. */
void members_set_since(struct members *, int32_t pid, uint64_t since);
/* The life of pid has ended. */
void members_remove(struct members *, int32_t pid);

/* A new life of child begins, forked by parent: true if it is a member. */
bool members_fork(struct members *, int32_t parent, int32_t child);

/* pid, whose parent is ppid now, did something: true if it is a member. It
 * becomes one when its fork is not in the recording and its parent is one:
 * orphans are only ever handed up to an ancestor (kernel/exit.c,
 * find_new_reaper()), so a member's child descends from it in any case. */
bool members_seen(struct members *, int32_t ppid, int32_t pid);

/* Goes on to the next member, in no certain order; false after the last one. The
 * members must stay the same from the first call to the last. */
bool members_next(const struct members *, struct members_one *);

void members_free(struct members *);

#endif
