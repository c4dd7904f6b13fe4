/* btf - the part of the kernel's type information that a script needs
 *
 * Linux describes its structures in BTF (Documentation/bpf/btf.rst): 130,000
 * types. bpftrace 0.17 looks through all of them by name for each cast in a
 * script, and has clang read what the script's structures are made of, again and
 * again, as more of it turns out to be missing. With the few members that the
 * script names, where they are in this kernel, it is done in a third of the time.
 * One module because types get new numbers as they are kept: what finds them, what
 * refers to them and what writes them must count alike. Linux only. */
#ifndef BTF_H
#define BTF_H

#include <stdbool.h>

#include "base/buf.h"

/* Appends BTF to *part: the integers and their names; the structures that the
 * script names, and task_struct, with those members whose names are words of the
 * script, and what these are made of, in the same way. Sizes and offsets stay.
 * False: this is no BTF, or one of a kind that is not known. */
bool btf_reduce(struct slice btf, const char *script, struct buf *part);

#endif
