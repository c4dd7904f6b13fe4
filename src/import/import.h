/* import - the lines of other formats as events */
#ifndef IMPORT_H
#define IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct import_format {
	const char *name;
	/* whether a line is of this format and of no other */
	bool (*matches)(const char *line, size_t len);
	/* a log, of which nothing has been seen */
	void *(*open)(void);
	/* Its lines are those of several logs, put into the order of the times
	 * that are in them. May be NULL: this makes no difference. */
	void (*several)(void *log);
	/* Takes the next line (without newline) of the log and appends the
	 * events that are known by now, whole lines. NULL, or the reason why
	 * the line is bad: it is left out then, and the log goes on. */
	const char *(*push)(void *log, const char *line, size_t len,
	    struct buf *events);
	/* No more lines: appends what was still waiting, and to notes what a
	 * person must know of the whole log, a line each. NULL, or the reason
	 * why nothing came of it. May be NULL: there is nothing to say. */
	const char *(*finish)(void *log, struct buf *events, struct buf *notes);
	/* The same, if that was not called; frees the log. */
	void (*close)(void *log, struct buf *events);
};

/* lines of pt-render-jsonl and of the tool that was called proctrace before */
extern const struct import_format import_jsonl;
/* what that tool's tracer printed */
extern const struct import_format import_proctrace;
/* strace -f -ttt -e trace=process,setpgid,setsid */
extern const struct import_format import_strace;

/* What else is known to whom strace writes the log. */
struct import_strace_start {
	bool all_signals;	/* tell all; else those that can end a process; */
	bool no_signals;	/* or none */
	const char *cwd;	/* the directory of the command, without symbolic
				 * links; NULL: it is not known */
};
/* For a log of import_strace that has just been opened. */
void import_strace_start(void *log, const struct import_strace_start *);

/* Why a line is not read that is of a format which is known, but cannot be
 * imported; NULL if it is not known. */
const char *import_foreign(const char *line, size_t len);

/* NULL if the event that begins at start of events is one of
 * proctrace-events(5); else the reason, and it is taken away. */
const char *import_check(struct buf *events, size_t start);

/* The event that was begun is whole: checks it and ends its line. */
const char *import_end(struct buf *events, size_t start);

#endif
