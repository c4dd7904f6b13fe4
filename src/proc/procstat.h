/* procstat - what /proc/PID/stat tells of a process (proc(5)); Linux only */
#ifndef PROCSTAT_H
#define PROCSTAT_H

#include <stdbool.h>
#include <stdint.h>

struct procstat {
	int32_t pid, ppid, pgid, sid;
	uint64_t start;		/* ticks since the machine started */
	bool dead;		/* a zombie */
};

/* False: there is no such process, or it is not ours to look at. */
bool procstat_read(struct procstat *, int32_t pid);

/* How many ticks there are in so many ns. */
uint64_t procstat_ticks(uint64_t ns);

#endif
