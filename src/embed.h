/* embed - files that are part of a program; made by embed.sh at build time */
#ifndef EMBED_H
#define EMBED_H

#include "buf.h"

/* share/bpftrace/proctrace.bt */
extern const struct slice embed_proctrace_bt;

#endif
