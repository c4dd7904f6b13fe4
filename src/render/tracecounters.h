/* tracecounters - the numbers of a recording over time, as counters of a trace */
#ifndef TRACECOUNTERS_H
#define TRACECOUNTERS_H

#include "render/traceline.h"
#include "tree/forest.h"

/* How many processes there were, with and without children. */
void tracecounters_processes(struct traceline *, const struct forest *);

/* How busy the machine of a run was. */
void tracecounters_machine(struct traceline *, const struct forest_run *);

#endif
