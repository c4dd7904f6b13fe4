/* script - the text of the tracer script, made for one capture
 *
 * The script takes numbers as its arguments, $1 and so on; here they are put
 * into its text, because the arguments of a process can be read by everybody.
 * Linux only. */
#ifndef SCRIPT_H
#define SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* which signals are recorded */
enum script_signals { SCRIPT_FATAL_SIGNALS, SCRIPT_ALL_SIGNALS, SCRIPT_NO_SIGNALS };

struct script_numbers {
	uint64_t tree;		/* record only the tree of who marks itself with
				 * this cookie; 0: everything */
	uint64_t owner;		/* end with this process, which marks itself with
				 * this cookie, and take only its marks */
	uint64_t pid, space;	/* of the owner: script_own(); 0: not known */
	enum script_signals signals;
};

/* The names of old system calls that this architecture does not have, of those
 * that share/bpftrace/files.bt names; up to NULL. */
extern const char *const script_absent_calls[];

/* Appends a script without the attach points sys_enter_NAME and sys_exit_NAME of
 * these system calls; a probe whose last attach point is one of them goes as a
 * whole. */
void script_add_without(struct buf *, struct slice text,
    const char *const names[]);

/* This process is the owner. */
void script_own(struct script_numbers *);

/* The built-in script, with what --env or --files add or without; to be freed. */
char *script_built_in(enum script_signals, bool env, bool files);

/* The text with these numbers instead of $1 ($2 ...); to be freed. */
char *script_fill(const char *text, const struct script_numbers *);

enum { SCRIPT_LINE_MAX = 128 };
/* The numbers as a line, with its newline: SCRIPT_LINE_MAX bytes are enough. And from
 * that line, without the newline: false if it is none. */
void script_write(char *line, const struct script_numbers *);
bool script_read(struct script_numbers *, const char *line, size_t len);

#endif
