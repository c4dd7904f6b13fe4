/* label - commands, short enough to be shown beside a bar */
#ifndef LABEL_H
#define LABEL_H

#include "base/buf.h"
#include "tree/forest.h"

/* Appends UTF-8 text in which the paths of the Nix store are short: of
 * /nix/store/HASH-NAME/bin/PROGRAM remains <store>/PROGRAM, of any other
 * /nix/store/HASH-NAME remains <store>/NAME and what follows it. */
void label_store(struct buf *, const char *p, size_t n);

/* The environment asks for paths of the Nix store in full. */
bool label_long_paths(void);

/* Appends the command of a process as process_command() does, the paths of the
 * Nix store short unless label_long_paths(). */
void label_command(struct buf *, const struct process *,
    const struct moment *at);

/* The same of the command as a person would type it (process_title()). */
void label_title(struct buf *, const struct process *,
    const struct moment *at);

/* Appends "[PID] ", or "[PID/LIFE] " if it is not the first of that PID. */
void label_pid(struct buf *, const struct process *);

#endif
