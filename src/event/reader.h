/* reader - the events of recordings, whole and checked
 *
 * Every filter reads with it. It takes the lines of the files apart, makes whole
 * events of those that a bare tracer has written, and reports the bad ones. It also
 * reports a recording that begins and has no end, and, if it is asked to, a second
 * one behind the first without what tells the two apart. */
#ifndef READER_H
#define READER_H

#include "cli/linebuf.h"
#include "event/bare.h"
#include "event/event.h"
#include "event/runs.h"

/* all zero but for what reader_open() sets */
struct reader {
	struct linebuf in;
	struct bare bare;
	bool finished;
	bool one_only;	/* may be set: reports that another one begins, and
			 * leaves it out */

	/* private */
	struct runs runs;
	struct reader_run *all;	/* by the numbers of runs */
	size_t nruns, runs_cap;
	struct buf first;	/* the trace line that has no run= */
	bool other;		/* what comes is of another one */
};

/* as linebuf_open() */
void reader_open(struct reader *, char *const files[]);

/* 1: the next event is in *ev, valid until the next call; 0: no more; -1:
 * in.name cannot be read, see errno. Bad lines are reported and left out. */
int reader_next(struct reader *, struct event *ev);

/* Ends the program with a message and exit_failure if reader_next() gave -1; says
 * that a recording has no end, if all was read; frees, and says how many bad
 * lines there were: true if any. */
bool reader_close(struct reader *, int last);

#endif
