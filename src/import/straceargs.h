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

/* The child that a wait4, waitpid or waitid, or a SIGCHLD, tells the end of:
 * its PID if that is in the text, else 0, and status= or signal= appended to an
 * event. False if it tells of no end. */
bool straceargs_wait(struct slice text, int32_t *pid, struct buf *event);

/* The signal that a thread gets, "SIGTERM {si_signo=SIGTERM, si_code=SI_USER, ...":
 * sig= and code= appended to an event. False if there is none (it is stopped by
 * one). */
struct straceargs_sender {
	unsigned number;	/* of the signal */
	int32_t from;		/* the process that has sent it; 0: none that is
				 * known in its PID namespace, or the kernel */
	uint32_t uid;		/* its real user ID, with from */
};
bool straceargs_signal(struct slice text, struct straceargs_sender *,
    struct buf *event);

/* Appends the bytes of the path of a chdir, or (of_fd) those that -y shows of the
 * descriptor of an fchdir: true, or false if it is not shown, or not all. */
bool straceargs_path(struct slice args, bool of_fd, struct buf *path);

/* The status that exit, _exit or exit_group is called with. */
bool straceargs_exit(struct slice args, unsigned *status);

#endif
