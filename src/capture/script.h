/* script - the text of the tracer script, made for one capture
 *
 * The script takes numbers as its arguments, $1 and so on; here they are put
 * into its text, because the arguments of a process can be read by everybody.
 * Linux only. */
#ifndef SCRIPT_H
#define SCRIPT_H

#include <stdbool.h>

#include "base/buf.h"

struct script_numbers {
	unsigned tree;		/* record only the tree of who marks itself with
				 * this cookie; 0: everything */
	unsigned owner;		/* end with this process, which marks itself with
				 * this cookie, and take only its marks */
	bool all_signals;	/* or only those that can end a process */
};

/* The names of old system calls that this architecture does not have, of those
 * that share/bpftrace/files.bt names; up to NULL. */
extern const char *const script_absent_calls[];

/* Appends a script without the attach points sys_enter_NAME and sys_exit_NAME of
 * these system calls; a probe whose last attach point is one of them goes as a
 * whole. */
void script_add_without(struct buf *, struct slice text,
    const char *const names[]);

/* The text with these numbers instead of $1 ($2 ...), and with what tells
 * the owner, which is this process, from all others; to be freed. */
char *script_fill(const char *text, const struct script_numbers *);

#endif
