/* script - the text of the tracer script, made for one capture
 *
 * The script takes numbers as its arguments, $1 and so on; here they are put
 * into its text, because the arguments of a process can be read by everybody.
 * Linux only. */
#ifndef SCRIPT_H
#define SCRIPT_H

#include <stdbool.h>

struct script_numbers {
	unsigned tree;		/* record only the tree of who marks itself with
				 * this cookie; 0: everything */
	unsigned owner;		/* end with this process, which marks itself with
				 * this cookie, and take only its marks */
	bool all_signals;	/* or only those that can end a process */
};

/* The text with these numbers instead of $1 ($2 ...), and with what tells
 * the owner, which is this process, from all others; to be freed. */
char *script_fill(const char *text, const struct script_numbers *);

#endif
