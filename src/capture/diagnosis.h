/* diagnosis - why bpftrace cannot trace here, and what can be done about it
 *
 * What is returned is a static string of one line, which says what is wrong, and
 * names the command that helps. */
#ifndef DIAGNOSIS_H
#define DIAGNOSIS_H

#include <stdbool.h>
#include <stddef.h>

#define DIAGNOSIS_NO_BPFTRACE "there is no bpftrace: apt-get install bpftrace, or " \
	"name it with --bpftrace-path"

/* What can be seen without running it: NULL if nothing is in the way. */
const char *diagnosis_before(void);

/* From what it has said on its standard error before it failed: NULL if that
 * is not known here. */
const char *diagnosis_after(const char *said, size_t len);

/* From the same: it may be a fault of the types that it was given (btf.h). */
bool diagnosis_blames_types(const char *said, size_t len);

#endif
