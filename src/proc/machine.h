/* machine - how busy this machine is, and what our cgroup lacks; Linux only
 *
 * It is read from /proc/stat, meminfo and pressure, and from cpu.stat and the memory
 * files of the cgroup in which this process is, version 2 or 1 (cgroups(7)). */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdint.h>

#include "base/buf.h"

struct machine;

/* Looks for the files of the cgroup; to be freed. */
struct machine *machine_new(void);

/* Appends a machine event, a whole line: what there is to read at this time. A
 * file that is missing is a missing key. */
void machine_add(struct machine *, struct buf *events, uint64_t ts);

void machine_free(struct machine *);

#endif
