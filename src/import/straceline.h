/* straceline - a line of strace's log taken apart; no state, no I/O
 *
 * The forms are those of strace 4.5 to 6.1, see strace(1): what each option
 * puts in front of a line, and how results are written. */
#ifndef STRACELINE_H
#define STRACELINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum straceline_clock {
	STRACELINE_NONE,	/* no time */
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
	bool broken;	/* a PID or a time is begun, and is none */
};

/* NULL, or the reason why it is no line of strace. */
const char *straceline_parse(struct straceline *, const char *line, size_t len);

/* Takes off the mark of a call that has not ended: it goes on in another line,
 * that of the leader when the exec of another thread has made it so. */
bool straceline_unfinished(struct slice *call);
/* Takes off the mark of a call during which strace left the process alone. */
bool straceline_detached(struct slice *call);

/* The result of a call, "(...) = RESULT": true and its value, or false if it
 * has none (it did not return, it will be restarted). An error is negative,
 * and error its name. */
struct straceline_result {
	bool cut;	/* with false: there is no "= " */
	int64_t value;
	struct slice error;
};
bool straceline_result(struct slice call, struct straceline_result *);

/* Takes an integer, decimal or hexadecimal (-e raw), off *s, with the name of
 * the process (-Y) and the ", " behind it; strace tells the number of another
 * PID namespace in its own in a comment, and then it is that one. */
bool straceline_integer(struct slice *s, uint64_t max, uint64_t *val);

#endif
