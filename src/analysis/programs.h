/* programs - which program each process runs at last, by number */
#ifndef PROGRAMS_H
#define PROGRAMS_H

#include "base/stringtable.h"
#include "tree/forest.h"

struct programs {
	struct strings names;	/* as process_program() has them */
	size_t *of;		/* the number of its program, by process id */
};

/* Of a forest that is finished. A process that executes nothing runs what its
 * parent ran when it forked. O(n) */
void programs_find(struct programs *, const struct forest *);

/* Appends the name of the program of a process; in parentheses if the process
 * itself executed nothing: "(bash)" is a fork of bash. */
void programs_name(struct buf *, const struct programs *,
    const struct process *);

void programs_free(struct programs *);

#endif
