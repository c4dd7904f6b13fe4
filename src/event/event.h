/* event - one line of a recording: proctrace-events(5) in memory
 *
 * An event is its line. event_parse() finds the fields in it without copying
 * or unescaping; event_write() puts the line out again, byte for byte, so
 * what a program does not know passes through it. New events are built as
 * text, with event_begin() and event_add_*(). One module because nothing else
 * knows the format; the helper lines of the tracer are those of bare.h. */
#ifndef EVENT_H
#define EVENT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"

enum event_kind {
	EVENT_OTHER,	/* a kind that this version does not know */
	EVENT_TRACE, EVENT_ROOT, EVENT_FORK, EVENT_EXEC, EVENT_EXECFAIL,
	EVENT_SETPGID, EVENT_SETSID, EVENT_EXIT, EVENT_LOST, EVENT_TICK,
	EVENT_FD, EVENT_WAIT,	/* snapshots of a live process */
	EVENT_SIGNAL,		/* its process is sent one */
	EVENT_WRITE, EVENT_READ,	/* it opens a file */
	EVENT_CONNECT,		/* its process is connected to another host */
	EVENT_MACHINE,		/* how the machine fares, of no process */
	EVENT_HOLDER,		/* who else has a pipe that its process waits for */
	EVENT_TIMEOUT,		/* from now on all of the tree are ended */
	EVENT_END,
};

/* What an event of a kind says about the life of its process, as bits. Without
 * any of them it is one of the process with its pid, if that lives. */
enum {
	EVENT_BEGINS = 1,	/* this life begins with it */
	EVENT_DOES = 2,		/* the process did it, so it lives */
	EVENT_ENDS = 4,		/* this life ends with it */
	EVENT_TOLD = 8,		/* others tell it, perhaps after the end; but
				 * never of a PID that had no process */
	EVENT_MOVES = 16,	/* it is about the new pgid and sid */
};

/* bits of event.has: which of the common keys the line has */
enum {
	HAS_TS = 1, HAS_PID = 2, HAS_PPID = 4, HAS_PGID = 8, HAS_SID = 16,
	HAS_CPU = 32, HAS_SEQ = 64, HAS_RUN = 128,
	HAS_PROCESS = HAS_TS | HAS_PID | HAS_PPID | HAS_PGID | HAS_SID,
	HAS_OTHERS = 8,	/* from this bit on, of other keys: private to event.c */
};

enum {
	EVENT_PID_MAX = 1 << 22,	/* PID_MAX_LIMIT in linux/threads.h */
	EVENT_CPU_MAX = 8192,		/* the largest NR_CPUS of Linux */
};

struct event {
	enum event_kind kind;
	unsigned has;
	uint64_t ts;		/* ns since the recording began; 0 if none */
	int32_t pid, ppid, pgid, sid;	/* -1 if the line has none */
	int32_t cpu;		/* -1 if the line has none */
	uint32_t kind_len;	/* of its name, at the start of the line */
	uint64_t seq;		/* only lines of the bare tracer have it */
	struct slice line;	/* all of it, without the newline */
};

/* Takes the line apart; the event refers to it. NULL, or the reason why the
 * line is none of proctrace-events(5): an empty line, a raw control byte or
 * invalid UTF-8, a kind or a key which is no word (letters, digits, "_", ".",
 * "-"), a field without '=', no field at all, a number which is none or beyond
 * its limit, a key missing that its kind must have. */
const char *event_parse(struct event *, const char *line, size_t len);

/* Finds the ts= of a line and looks at nothing else, so it can be used on any
 * line: 1 and its time in *ts; 0 if it has none; -1 if that is no time. */
int event_line_ts(const char *line, size_t len, uint64_t *ts);

/* The word for a kind that is known, as "execfail". */
const char *event_kind_name(enum event_kind);
/* The bits EVENT_BEGINS to EVENT_MOVES of a kind. */
unsigned event_kind_rules(enum event_kind);

/* The value of a key, still escaped, into *val: true, or false if the event
 * does not have it. "argv" is found with event_argv() only. */
bool event_get(const struct event *, const char *key, struct slice *val);
/* The value as a number: true, or false if it is missing or is no number. */
bool event_get_number(const struct event *, const char *key, uint64_t *val);

/* Adds to a total, which stays at its limit, how many lines a lost event says
 * are missing: at least 1, since how many is not always known. */
void event_count_lost(const struct event *, uint64_t *total);
/* Adds n to such a total. */
void event_add_lost(uint64_t *total, uint64_t n);

/* The word for its kind, known or not. */
static inline struct slice
event_word(const struct event *ev)
{
	return (struct slice){ ev->line.p, ev->kind_len };
}

/* Where the fields begin. */
static inline const char *
event_fields(const struct event *ev)
{
	return ev->line.p + ev->kind_len + 1;
}

/* Goes through the fields in order: *iter starts as event_fields(). True with the
 * next key and its escaped value; false at the end, or at argv. */
bool event_next_field(const struct event *, const char **iter,
    struct slice *key, struct slice *val);

/* All of argv, still escaped, its arguments separated by TABs: true, or false
 * if the event has no argv= (one that is there has at least one argument,
 * perhaps empty). */
bool event_argv(const struct event *, struct slice *args);
/* Takes the next argument off *args, which is what event_argv() gave, into
 * *arg, still escaped: true, or false when none is left. */
bool event_next_arg(struct slice *args, struct slice *arg);

/* Appends the line, without a key and its value if it has that. Not argv. */
void event_add_without(struct buf *, const struct event *, const char *key);

/* The line and a newline; ferror(stdout) tells. */
void event_write(const struct event *, FILE *);

/* Building a line (without newline) in b: the kind first, then key after key
 * in the order of proctrace-events(5), argv last. Values are escaped here. */
void event_begin(struct buf *b, const char *kind);
void event_add_number(struct buf *b, const char *key, uint64_t);
void event_add(struct buf *b, const char *key, const char *p, size_t len);
void event_add_argv(struct buf *b);	/* then each argument: */
void event_add_arg(struct buf *b, bool first, const char *p, size_t len);

#endif
