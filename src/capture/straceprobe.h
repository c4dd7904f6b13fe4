/* straceprobe - whether the installed strace is right with --seccomp-bpf. Linux only.
 *
 * With it, only the calls that are asked for stop a process: a make of many small
 * files takes a third of the time. Versions differ in what they get wrong, so a
 * small tree of processes is traced, and what comes out is compared. */
#ifndef STRACEPROBE_H
#define STRACEPROBE_H

#include <stdbool.h>

#include "capture/capture.h"

/* The calls that it has to show then. Ends are shown without exit and wait. What
 * begins a program (set_tid_address, and arch_prctl on x86) is asked for because
 * strace 6.1 and 6.13 take the call that follows the exec of another thread for the
 * end of that, and do not show it. */
#define STRACEPROBE_CALLS "trace=execve,execveat,?fork,?vfork,clone,?clone3," \
    "setpgid,setsid,chdir,fchdir,chroot,pivot_root,setns,?arch_prctl,set_tid_address"
/* An option that it has to have: it tells PIDs of our namespace. */
#define STRACEPROBE_DECODING "--decode-pids=pidns"

/* Runs strace so on a tree of this program's; false, too, if a signal
 * comes: capture.ended_by. */
bool straceprobe_is_right(struct capture *);

/* To be called first in main(): if this program was executed for that, it becomes
 * the tree and does not return. */
void straceprobe_become(char *const argv[]);

#endif
