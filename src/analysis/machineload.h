/* machineload - what happened to the machine between two of its events
 *
 * The numbers of machine events (proctrace-events(5)) count from when the machine
 * was started: what happened is their difference. */
#ifndef MACHINELOAD_H
#define MACHINELOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "tree/forest.h"

/* What the number of that key has grown by: true, or false if one of the two
 * does not have it, or it went back. */
bool machineload_growth(const struct moment *from, const struct moment *to,
    const char *key, uint64_t *n);

/* The same in thousandths of the time between the two: of a time that is a sum
 * over CPUs, thousandths of a CPU. */
bool machineload_rate(const struct moment *from, const struct moment *to,
    const char *key, uint64_t *thousandths);

/* How many CPUs were online: as the trace line says (cpus=), or else as many as are
 * counted in machine events. 0: not known. */
size_t machineload_cpus(const struct forest_run *);

/* How much of all CPUs others than the processes of the run used meanwhile, in
 * thousandths: true, or false if it is not known. Of a finished forest; O(n). */
bool machineload_others(const struct forest *, const struct forest_run *,
    uint64_t *thousandths);

#endif
