/* process - what there is to say about a process, in words */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>

#include "base/buf.h"
#include "tree/forest.h"

/* It ended with a status that is not 0, or by a signal. */
bool process_failed(const struct process *);

/* It failed after the time was up, so that this is what it failed of. */
bool process_timed_out(const struct process *);

/* Appends how it ended, in a word or two: "exit 1", "SIGKILL", "running" (not
 * before the end of the recording), "end unknown" (lost_end), "exited" (the
 * status is not known); nothing if its status is 0. */
void process_end_word(const struct process *, struct buf *);

/* The same, and who has sent the signal, unless it has done it itself: "SIGKILL
 * by systemd-oomd (pid 512)", "SIGINT by the terminal"; or that the time was up:
 * "SIGTERM, time was up". */
void process_ending(const struct process *, struct buf *);

/* Appends who has sent a signal, of a signal event: "systemd-oomd (pid 512)",
 * "itself", "the OOM killer", "the terminal", "a timer", "the kernel". */
void process_sender(const struct event *, struct buf *);

enum { PROCESS_INHERITED_MAX = 200 };

/* Appends arguments, of event_argv(), as words for a shell with blanks between
 * them (shquote_shown()). */
void process_words(struct slice args, struct buf *);

/* Appends the command that the process runs at a moment of its events, or at
 * its end (NULL): its last exec up to then, or else what it inherited.
 * Arguments are words for a shell, readable (process_words()); those that were
 * recorded as one string already are shown as they are. An
 * argv that was cut ends in "...". The file name if there is no argv, or only
 * an empty one; "(unknown)" if there is neither. Of what is inherited, at most
 * PROCESS_INHERITED_MAX bytes and "...": it stands where it was executed. Of a root
 * that has executed nothing, what it was to execute: argv of the trace line. O(1)
 * at an exec or the end. */
void process_command(const struct process *, const struct moment *at,
    struct buf *);

/* Appends the command as a person would type it, at a moment or its end (NULL):
 * without the directory of the program, and a script without the interpreter
 * that runs it and without its options, as "missing aclocal" of "/bin/sh -e
 * /src/missing aclocal". */
void process_title(const struct process *, const struct moment *at,
    struct buf *);

/* Appends the name of the program at a moment, readable: the last component
 * of argv[0], or of the file name if that is empty; or "(unknown)". What node, perl,
 * python and their like run is the program, not they: "npm" of "node /usr/bin/npm
 * run build". Shells are programs themselves: their scripts are called as often by
 * -c as by a name. */
void process_program(const struct process *, const struct moment *at,
    struct buf *);

/* The same, but the interpreter if it is one: "node". */
void process_executable(const struct process *, const struct moment *at,
    struct buf *);

/* How many of the arguments of an exec its program has taken: 1, or with an
 * interpreter 2 and more. */
size_t process_program_words(const struct event *exec);

#endif
