/* kerneltypes - a file of the kernel's types for bpftrace, only those it needs
 *
 * There is one for this process; btf.h says what it is good for. Linux only. */
#ifndef KERNELTYPES_H
#define KERNELTYPES_H

#include <stdbool.h>

/* Makes a file of those types of the kernel that the script needs, unless root has
 * said where others are (BPFTRACE_BTF), or kerneltypes_drop() was called. */
void kerneltypes_find(const char *script);

/* The setting for the environment that says where this file is: whose is "self", or
 * the PID of one that has it open. NULL: there is no such file, or no /proc. Valid
 * until the next call. */
char *kerneltypes_setting(const char *whose);

/* What this process executes next has the file open, and finds it by the setting for
 * "self". False: there is none. */
bool kerneltypes_inherit(void);

/* From now on bpftrace is given no types, but looks for those of the kernel itself.
 * True if it was given some. */
bool kerneltypes_drop(void);

#endif
