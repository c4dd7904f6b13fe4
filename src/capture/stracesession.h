/* stracesession - a capture on top of strace, where there is no BPF
 *
 * strace runs the command and follows all that descends from it, as the same
 * user; its log becomes a recording as it comes (import.h). It can neither
 * attach nor end with the root. Linux only. */
#ifndef STRACESESSION_H
#define STRACESESSION_H

#include <stdbool.h>

#include "capture/capture.h"

/* There is a strace on PATH. */
bool stracesession_available(void);

/* Runs and records the command; all of it is in capture.out. */
void stracesession_run(struct capture *);

#endif
