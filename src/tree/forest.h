/* forest - the processes of a recording and who forked whom, in memory
 *
 * It is for renderers that need the whole picture. One module because what an event says
 * of its process, of its run and of the whole is decided together, as it is added.
 * No I/O but for forest_load(), no recursion: walk with forest_next(). */
#ifndef FOREST_H
#define FOREST_H

#include <stdbool.h>
#include <stdint.h>

#include "event/event.h"
#include "event/timeline.h"

/* one event of a process; its line is kept as long as the forest */
struct moment {
	struct event ev;
	struct moment *next;	/* the next of the same process, or NULL */
};

/* one of the recordings that are in the stream (event/runs.h) */
struct forest_run {
	struct forest_run *next;	/* in the order in which they came */
	struct slice name;	/* of run=; len 0: the only one has none */
	struct event trace;	/* its trace line; trace.line.len 0: none */
	int32_t root_pid;	/* of its root line; -1: none */
	struct process *root;	/* whom that names, or its first; NULL: none */
	uint64_t end;		/* ns: of its last event */
	bool has_end;		/* it says where it ends (end line) */
	bool has_lost;		/* it lacks events, ... */
	uint64_t lost;		/* ... the last of them before this, ns */
	struct moment *machine, *last_machine;	/* its machine events, linked by
						 * next; NULL: none */
	struct moment *timeout;	/* when all that lived were to end, as the time
				 * was up; NULL: it was not */
	uint32_t number;	/* 0, 1, ... */
};

/* one life of a PID */
struct process {
	size_t id;		/* its index in forest.processes */
	int32_t pid, ppid;	/* ppid: who forked it, or else as first seen */
	int32_t pgid, sid;	/* as last seen */
	unsigned life;		/* of this PID in its run: 1, 2, ... */
	const struct forest_run *run;	/* never NULL */
	uint64_t start, end;	/* ns; end: of the recording if it is unknown */
	bool has_fork;		/* start is when it was forked; else it is when it
				 * was first seen */
	bool has_exit;		/* end is when it ended */
	bool lost_end;		/* no exit, but events were lost since it was last
				 * heard of; or its PID began another life, end is
				 * when: it may have ended earlier */
	uint64_t seen;		/* when it was last heard of */
	int status;		/* exit status; -1: none known, or a signal */
	unsigned signal;	/* that killed it; 0: none */
	struct moment *fatal;	/* of events: when it was sent that signal, the
				 * last time; NULL: it is not recorded */
	struct moment *events, *last_event;	/* in order of time; all of them,
						 * unless forest.kept */
	struct moment *exec;	/* the last exec of events, or NULL */
	size_t nexecs;		/* how many of them are execs */
	struct moment *inherited;	/* the exec of its parent, or of a parent
				 * before, whose command it runs until it
				 * execs; NULL: none in the recording */

	struct process *parent;		/* NULL: none in the recording */
	struct process *children, *last_child, *sibling;	/* in fork order */
	unsigned depth;			/* 0 for one without a parent */
};

#define FOREST_KIND(kind) (1U << (kind))

/* all zero is a forest without events */
struct forest {
	unsigned kept;	/* may be set before the first event: the kinds of events
			 * that are kept, as bits FOREST_KIND(), EVENT_EXEC among
			 * them. The others say what they say. 0: all */

	struct process **processes;	/* in order of their start */
	size_t n;
	struct process *roots, *last_root;	/* linked by sibling */
	struct forest_run *runs;	/* linked by next; usually one */
	size_t nruns;
	struct process *root;	/* the one that a root line names (that of the
				 * first run which has one), or the first of
				 * roots; NULL if there are no processes */
	uint64_t start, end;	/* ns: start of root (of the first root, if there
				 * are several runs), end of the recording */
	bool has_end;		/* every run says where it ends (end line) */
	uint64_t nlost;		/* sum of the lost events' counts */
	struct moment *lost;	/* the lost events, linked by next */
	struct event trace;	/* the first trace line; line.len 0: none */

	struct forest_index *index;	/* private */
};

/* Adds an event, which it copies; events come in the order of time. PIDs are
 * those of the event's run, and equal ones of two runs have nothing in common.
 * A fork of
 * a PID that lives begins another life of it, as does an event of a PID that
 * was not heard of or has ended (but its exit, and a setpgid, which its parent
 * may still do to it, are ignored then). A process that was not forked in the
 * recording is the child of the process with its ppid, if that lives. An event
 * of a kind that is unknown belongs to the process with its pid, if that
 * lives. The process whose last_event it is now, or NULL. O(1). */
struct process *forest_add(struct forest *, const struct event *);
/* The run of an event that was added. */
const struct forest_run *forest_run(struct forest *, const struct event *);
/* After the last event: sets root, start, and end of what has not ended. */
void forest_finish(struct forest *);

/* Reads whole recordings and finishes: what timeline_next() gave last is
 * returned. Bad lines are the timeline's. */
int forest_load(struct forest *, struct timeline *);

/* The process after p in depth-first fork order, within the subtree of top
 * (NULL: the whole forest, p NULL for its first): NULL at the end. */
struct process *forest_next(const struct forest *, const struct process *top,
    const struct process *p);

/* This moment, or the next of its process, that is an exec; NULL: none. */
const struct moment *forest_exec(const struct moment *);

void forest_free(struct forest *);

#endif
