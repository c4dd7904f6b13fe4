/* cmdline - the arguments of a live process, from /proc/PID/cmdline; Linux only
 *
 * A process says itself where its arguments are (PR_SET_MM of prctl(2)), so that
 * this file may be as long as its memory: no more is read than the tracer prints. */
#ifndef CMDLINE_H
#define CMDLINE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* as share/bpftrace/proctrace.bt */
enum { CMDLINE_MAX = 64 * 1024 };

/* Appends argv= to a line, and argvlen=0 before it if that is not all; nothing if
 * there are no arguments, or the process is gone. */
void cmdline_add(struct buf *line, int32_t pid);

/* Appends at most so many bytes of the arguments, with blanks between them, and
 * control bytes as escapes. */
void cmdline_add_text(struct buf *, int32_t pid, size_t max);

#endif
