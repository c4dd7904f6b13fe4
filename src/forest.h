/* forest - the processes of a recording and who forked whom, in memory
 *
 * For renderers that need the whole picture. No I/O but for forest_load(),
 * no recursion: walk with forest_next(). */
#ifndef FOREST_H
#define FOREST_H

#include <stdbool.h>
#include <stdint.h>

#include "event.h"
#include "timeline.h"

/* one event of a process; its line is kept as long as the forest */
struct moment {
	struct event ev;
	struct moment *next;	/* the next of the same process, or NULL */
};

/* one life of a PID */
struct process {
	int32_t pid, ppid;	/* ppid: who forked it, or else as first seen */
	int32_t pgid, sid;	/* as last seen */
	uint64_t start, end;	/* ns; end: of the recording if it is unknown */
	bool has_fork;		/* start is when it was forked; else it is when it
				 * was first seen */
	bool has_exit;		/* end is when it ended */
	bool lost_end;		/* no exit, but events were lost since, or its PID
				 * was forked anew: it may have ended */
	int status;		/* exit status; -1: none known, or a signal */
	unsigned signal;	/* that killed it; 0: none */
	struct moment *events, *last_event;	/* in order of time */
	size_t nexecs;		/* how many of them are execs */

	struct process *parent;		/* NULL: none in the recording */
	struct process *children, *last_child, *sibling;	/* in fork order */
	unsigned depth;			/* 0 for one without a parent */
};

struct forest {
	struct process **processes;	/* in order of their start */
	size_t n;
	struct process *roots, *last_root;	/* linked by sibling */
	struct process *root;	/* the one that a root line names, or the first
				 * of roots; NULL if there are no processes */
	uint64_t start, end;	/* ns: start of root (or of the first process),
				 * end of the recording */
	bool has_end;		/* the recording says where it ends (end line) */
	uint64_t nlost;		/* sum of the lost events' counts */
	struct moment *lost;	/* the lost events, linked by next */
	struct event trace;	/* the trace line; trace.line.len 0: none */

	struct forest_index *index;	/* private */
};

/* Adds an event; events come in the order of time. */
void forest_add(struct forest *, const struct event *);
/* After the last event: sets end of what has not ended, depth, root, start. */
void forest_finish(struct forest *);

/* Reads whole recordings: what timeline_next() gave last is returned. Bad
 * lines are the timeline's. */
int forest_load(struct forest *, struct timeline *);

/* The process after p in depth-first fork order, within the subtree of top
 * (NULL: the whole forest, p NULL for its first): NULL at the end. */
struct process *forest_next(const struct forest *, const struct process *top,
    const struct process *p);

/* It ended with a status that is not 0, or by a signal. */
bool process_failed(const struct process *);

/* Appends the command that the process runs at the event (an exec), or that
 * it last ran before that (NULL: at its end); a process without an exec runs
 * its parent's command. Arguments are joined by spaces, readable
 * (text_visible), not quoted. An argv that was cut ends in "...". */
void process_command(const struct process *, const struct moment *at,
    struct buf *);

void forest_free(struct forest *);

#endif
