/* straceinfo - what exit, wait and signals tell in strace's log; no state, no I/O */
#ifndef STRACEINFO_H
#define STRACEINFO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* The child that a wait4, waitpid or waitid, or a SIGCHLD, tells the end of:
 * its PID if that is in the text, else 0, and status= or signal= appended to an
 * event. False if it tells of no end. */
bool straceinfo_wait(struct slice text, int32_t *pid, struct buf *event);

/* The signal that a thread gets, "SIGTERM {si_signo=SIGTERM, si_code=SI_USER, ...":
 * sig= and code= appended to an event. False if there is none (it is stopped by
 * one). */
struct straceinfo_sender {
	unsigned number;	/* of the signal */
	int32_t from;		/* the process that has sent it; 0: none that is
				 * known in its PID namespace, or the kernel */
	uint32_t uid;		/* its real user ID, with from */
};
bool straceinfo_signal(struct slice text, struct straceinfo_sender *,
    struct buf *event);

/* The status that exit, _exit or exit_group is called with. */
bool straceinfo_exit(struct slice args, unsigned *status);

#endif
