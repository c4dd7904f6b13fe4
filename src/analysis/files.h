/* files - which processes made which files, and which used them
 *
 * The write and read events of a recording say so: proctrace-events(5). A file is
 * its inode, whatever it is called; without one (strace), it is its name.
 *
 * What a shell opens for a command (cmd >file <other) is the command's as well: an
 * exec whose descriptor 0, 1 or 2 is a file that was written, and is not that of
 * the exec which it inherited, reads or writes it.
 *
 * One module because events of several kinds, in one order of time, change what a
 * name and an inode stand for. */
#ifndef FILES_H
#define FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/stringtable.h"
#include "tree/forest.h"

struct files_file {
	struct slice path;	/* its last name, escaped as in events; len 0:
				 * not known */
	const struct process *maker;	/* who wrote it first */
	const struct process *again;	/* who made it anew, from nothing, of those
					 * that are no relatives of the maker; the
					 * last; NULL: nobody */
	size_t nreaders;	/* uses that read it, but for those of makers */
	bool read;		/* by anybody */
};

/* A process has written or read a file; once for each process and file. */
struct files_use {
	const struct process *p;
	const struct moment *at;	/* the event that says so */
	size_t file;		/* in list */
	struct slice path;	/* its name then, escaped as in events; len 0: not
				 * known */
	bool writes;
};

struct files {
	struct files_file *list;	/* in the order in which they were made */
	size_t n;
	struct files_use *uses;	/* in the order of time */
	size_t nuses;
	size_t *by_process;	/* uses, by the id of their process and then by
				 * time; those of id are from first[id] to
				 * first[id + 1] */
	size_t *first;
	struct files_index *index;	/* private */
};

/* Of a forest that is finished, in which EVENT_WRITE, EVENT_READ and EVENT_EXEC are
 * kept. O(n log n), n its events of these kinds, and for each file that is made anew
 * the depth of the tree */
void files_find(struct files *, const struct forest *);

void files_free(struct files *);

#endif
