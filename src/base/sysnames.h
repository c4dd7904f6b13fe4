/* sysnames - names of signals and errors
 *
 * The numbers are those of Linux on x86 and ARM (asm-generic/signal.h,
 * errno-base.h, errno.h), whatever system this program runs on: a recording
 * means the same everywhere. */
#ifndef SYSNAMES_H
#define SYSNAMES_H

#include <stdbool.h>
#include <stddef.h>

/* long enough for every name written here, with its NUL */
enum { SYSNAMES_MAX = 24 };

/* "SIGKILL" for 9, "SIGRT_2" for 34 (as strace writes it), "SIG99" for what
 * Linux does not have; returns name */
char *sysnames_signal(unsigned number, char name[SYSNAMES_MAX]);
/* the number of a name that sysnames_signal() writes, 0 if it is none */
unsigned sysnames_signal_number(const char *p, size_t len);

/* Its default action ends a process, signal(7); of those that the C library has
 * for itself (32, 33) it is never taken. */
bool sysnames_signal_ends(unsigned number);

/* "SI_USER" for 0, "SEGV_MAPERR" for 1 of SIGSEGV: the si_code of a signal,
 * sigaction(2); "-99" for what has no name; returns name */
char *sysnames_signal_code(unsigned signal, int code, char name[SYSNAMES_MAX]);

/* "ENOENT" for 2, "E999" for an unknown one; returns name */
char *sysnames_errno(unsigned number, char name[SYSNAMES_MAX]);

#endif
