/* straceline - a line of strace's log taken apart; no state, no I/O */
#ifndef STRACELINE_H
#define STRACELINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum straceline_clock {
	STRACELINE_EPOCH,	/* -ttt: since 1970 */
	STRACELINE_DAY,		/* -tt, -t: since midnight */
	STRACELINE_DELTA,	/* -r: since the line before */
};

/* what is in front of each line */
struct straceline {
	int32_t pid;	/* 0 if it is not told */
	bool brackets;	/* it is told as [pid N] */
	enum straceline_clock clock;
	uint64_t ns;
	struct slice text;	/* what follows */
};

/* NULL, or the reason why it is no line of strace with a time. */
const char *straceline_parse(struct straceline *, const char *line, size_t len);

/* Takes off the mark of a call that has not ended: it goes on in another line,
 * that of the leader when the exec of another thread has made it so. */
bool straceline_unfinished(struct slice *call);

/* The result of a call, "(...) = RESULT": true and its value, or false if it
 * has none (it did not return, it will be restarted). An error is negative,
 * and error its name. */
struct straceline_result {
	int64_t value;
	struct slice error;
};
bool straceline_result(struct slice call, struct straceline_result *);

/* Takes an integer off *s, and the ", " behind it; strace tells the number of
 * another PID namespace in its own in a comment, and then it is that one. */
bool straceline_integer(struct slice *s, uint64_t max, uint64_t *val);

/* Appends file= and argv= of an execve or execveat ("at") to an event; what
 * strace has cut is marked. False if the arguments are not those of one. */
bool straceline_exec(struct slice args, bool at, bool with_argv,
    struct buf *event);

#endif
