/* reader - the events of recordings, whole and checked
 *
 * What every filter reads with: the lines of the files, taken apart, folded
 * if a bare tracer wrote them, the bad ones reported. */
#ifndef READER_H
#define READER_H

#include "cli/linebuf.h"
#include "event/bare.h"
#include "event/event.h"

/* all zero but for what reader_open() sets */
struct reader {
	struct linebuf in;
	struct bare bare;
	bool finished;
};

/* as linebuf_open() */
void reader_open(struct reader *, char *const files[]);

/* 1: the next event is in *ev, valid until the next call; 0: no more; -1:
 * in.name cannot be read, see errno. Bad lines are reported and left out. */
int reader_next(struct reader *, struct event *ev);

/* Ends the program with a message and status 2 if reader_next() gave -1;
 * frees, and says how many bad lines there were: true if any. */
bool reader_close(struct reader *, int last);

#endif
