/* property - process forests as they might have been, their recordings, and
 * what pt-ingest must make of them
 *
 * generate.c lives through a forest and writes down each event, knowing who
 * it is about. oracle.c says from that knowledge, not from PIDs, what belongs
 * to a root. property.c cuts the lines into the streams of the CPUs, mixes
 * them, and compares. */
#ifndef PROPERTY_H
#define PROPERTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum { CPUS_MAX = 6, NOBODY = -1, INIT = 0 };

enum what { FORK, EXEC, EXECFAIL, SETPGID, SETSID, EXIT, OTHER, TICK };

/* a place in a struct buf, which may move */
struct piece {
	size_t at, len;
};

struct happening {
	enum what what;
	uint64_t ts;
	int cpu;
	int who;		/* index of processes; or NOBODY */
	int parent;		/* who its parent is now, or who forks it */
	uint64_t seq;		/* of its CPU */
	struct piece line;	/* as an event, with its newline */
	struct piece raw;	/* lines of the bare tracer, with their newlines */
};

struct process {
	int pid, pgid, sid;
	int forker;		/* index of who forked it */
	int parent;		/* index of who its parent is now */
	bool alive, zombie;	/* a zombie keeps its PID */
	bool subreaper;
	bool was_there;		/* before the recording began */
	uint64_t born;
	uint64_t last_ts;	/* of the last event that has to do with it */
	int last_cpu;
	struct piece command;	/* of its last exec, as a listing shows it */
};

/* how a seed's forest is */
struct plan {
	int ncpus, npids, nsteps;
	unsigned ties, missing_exits;	/* percent */
	uint64_t step;		/* ns between events, at most */
	int nbefore;		/* processes that are there when it begins */
};

struct world {
	uint64_t random;
	struct plan plan;
	struct process *processes;
	size_t nprocesses, processes_cap;
	struct happening *happenings;
	size_t nhappenings, happenings_cap;
	struct buf text;	/* what the pieces are of */
	uint64_t now;
	uint64_t seq[CPUS_MAX];
	int last_pid;
};

/* a number below n */
uint64_t any(struct world *, uint64_t n);
/* true in so many of a hundred cases */
bool chance(struct world *, unsigned percent);

/* w->plan and w->random are set. */
void generate(struct world *w);
void forget(struct world *w);

/* a way to ask for a root */
struct question {
	int root;		/* index */
	uint64_t since;		/* the ts= of the root line */
	bool named;		/* by a root line; else -p */
};

/* The order of time: by ts, equal ones by CPU, equal ones as they came. */
struct happening **in_order(const struct world *);

/* What pt-ingest must write: all but the trace line, which comes first. */
void expect(const struct world *, const struct question *, struct buf *);

/* The lives of a PID that show up in the recording: how many, and what
 * pt-ingest says when several do. */
size_t expect_lives(const struct world *, int pid, struct buf *);

/* The begin of a process as the recording has it; false: not in it. */
bool begin_of(const struct world *, int process, uint64_t *ts);

#endif
