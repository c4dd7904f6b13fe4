/* straceargs - the arguments of a call in strace's log; no state, no I/O */
#ifndef STRACEARGS_H
#define STRACEARGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Appends file= and argv= of an execve or execveat ("at") to an event; what
 * strace has cut, or does not show (-e raw), is marked. False if the arguments
 * are not those of one. */
bool straceargs_exec(struct slice args, bool at, bool with_argv,
    struct buf *event);

/* The flags of clone, clone2 or clone3 (whose are in a structure): by name (-X
 * abbrev), as numbers (raw, verbose), or as the first argument (-e raw). False
 * if they are not shown. */
struct straceargs_flags {
	bool thread;	/* CLONE_THREAD */
	bool sibling;	/* CLONE_PARENT: the parent is that of the caller */
	bool shares_cwd;	/* CLONE_FS: the directory of one is the other's */
};
bool straceargs_clone(struct slice args, bool structure,
    struct straceargs_flags *);

/* Appends the bytes of the path of a chdir, or (of_fd) those that -y shows of the
 * descriptor of an fchdir: true, or false if it is not shown, or not all. */
bool straceargs_path(struct slice args, bool of_fd, struct buf *path);

/* Takes the name of a file, in quotes, off *s: its bytes, and whether there are more
 * of them. */
bool straceargs_name(struct slice *s, struct buf *bytes, bool *cut);

/* Takes "</a/b>", which -y shows of a descriptor, off *s and appends the path. False
 * if it is none, or that of a device (-yy). */
bool straceargs_shown(struct slice *s, struct buf *path);

#endif
