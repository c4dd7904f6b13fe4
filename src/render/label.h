/* label - commands, short enough to be shown beside a bar */
#ifndef LABEL_H
#define LABEL_H

#include "base/buf.h"
#include "tree/forest.h"

/* Appends UTF-8 text in which the paths of the Nix store are short: of
 * /nix/store/HASH-NAME/bin/PROGRAM remains <store>/PROGRAM, of any other
 * /nix/store/HASH-NAME remains <store>/NAME and what follows it. */
void label_store(struct buf *, const char *p, size_t n);

/* Appends the command of a process as process_command() does, the paths of the
 * Nix store short unless the environment has PROCTRACE_LONG_NIX_PATHS=1. */
void label_command(struct buf *, const struct process *,
    const struct moment *at);

/* the number of characters (code points) of UTF-8 text */
size_t label_length(const char *p, size_t n);

/* Appends UTF-8 text of at most max characters, max > 1: of longer text the
 * middle is left out, with an ellipsis in its place, so that a program and
 * its last argument can be seen. */
void label_cut(struct buf *, const char *p, size_t n, size_t max);

/* Appends "[PID] ", or "[PID/LIFE] " if it is not the first of that PID. */
void label_pid(struct buf *, const struct process *);

#endif
