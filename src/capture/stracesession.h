/* stracesession - a capture on top of strace, where there is no BPF
 *
 * strace runs the command and follows all that descends from it, as the same
 * user; its log becomes a recording as it comes (import.h). It can neither
 * attach nor end with the root. Linux only. */
#ifndef STRACESESSION_H
#define STRACESESSION_H

#include "capture/capture.h"

/* Runs and records the command; all of it is in capture.out. A signal may come
 * before it: capture.ended_by. */
void stracesession_run(struct capture *);

#endif
