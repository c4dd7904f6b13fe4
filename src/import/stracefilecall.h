/* stracefilecall - the calls of strace's log that open, move and remove files */
#ifndef STRACEFILECALL_H
#define STRACEFILECALL_H

#include <stdbool.h>

#include "base/buf.h"

enum stracefilecall_what {
	STRACEFILECALL_OPEN,
	STRACEFILECALL_MISS,	/* an open of what is not there */
	STRACEFILECALL_RENAME,
	STRACEFILECALL_LINK,
	STRACEFILECALL_UNLINK,
	STRACEFILECALL_FIFO,	/* one is made: what is opened is no file */
};

/* of an open, as bits */
enum {
	STRACEFILECALL_READS = 1,
	STRACEFILECALL_WRITES = 2,
	STRACEFILECALL_EMPTY = 4,	/* it is new, or was truncated */
	STRACEFILECALL_DELETED = 8,	/* it has no name any more */
};

struct stracefilecall {
	enum stracefilecall_what what;
	unsigned how;
	/* Each absolute, or relative to the current directory. */
	struct buf path, from;	/* from: of a rename or a link */
	bool absolute;		/* the last name was, as it was given */
	struct buf cwd;		/* the current directory; len 0: it is not shown */
};

/* Whether it is the name of such a call. */
bool stracefilecall_is(struct slice name);

/* Takes what stands behind "NAME(", the result too; false: it has failed, or
 * nothing follows from it. The buffers have been freed or kept from a call before. */
bool stracefilecall_parse(struct stracefilecall *, struct slice name,
    struct slice text);

void stracefilecall_free(struct stracefilecall *);

#endif
