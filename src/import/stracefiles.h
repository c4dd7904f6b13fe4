/* stracefiles - who writes files in strace's log, and who reads what was written
 *
 * A file is its name there, which a rename takes along; strace tells no inodes. */
#ifndef STRACEFILES_H
#define STRACEFILES_H

#include "base/stringtable.h"
#include "event/baremissed.h"
#include "import/stracefilecall.h"

/* all zero is one that has seen nothing */
struct stracefiles {
	struct strings names;
	size_t *file, cap;	/* by the number of a name: which file has it */
	size_t n;		/* files that were written */
	struct baremissed missed;

	/* private */
	uint64_t *told;		/* what was, at places of its hash: one forgets what
				 * had the same */
	uint32_t *life;		/* by the low bits of a PID */
	uint32_t nlives;
	struct buf line, path, from;
};

/* Of which process something is told, and where it is. */
struct stracefiles_process {
	int32_t pid;
	uint64_t ts;
	struct slice cwd;	/* len 0: it is not known */
};

/* A process has made this call: appends the events that it is. */
void stracefiles_call(struct stracefiles *, const struct stracefilecall *,
    const struct stracefiles_process *, struct buf *events);

/* The event that begins at start of events has happened; adds what there is to be
 * told of files before it, or behind it. */
void stracefiles_event(struct stracefiles *, struct buf *events, size_t start);

void stracefiles_free(struct stracefiles *);

#endif
