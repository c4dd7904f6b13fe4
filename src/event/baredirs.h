/* baredirs - the directories that a CPU of the bare tracer has printed
 *
 * Each has a number, which later ones take over: proctrace-events(5), "The bare
 * tracer", dir and name. */
#ifndef BAREDIRS_H
#define BAREDIRS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum { BAREDIRS_NUMBERS = 256 };

/* of state= */
enum {
	BAREDIRS_DELETED = 1,
	BAREDIRS_UNREACHABLE = 2,	/* the root is not above it */
	BAREDIRS_CUT = 4,		/* only its last names are there */
	BAREDIRS_UNKNOWN = 8,
};

/* all zero is one that has seen nothing */
struct baredirs {
	struct baredir *dirs;	/* BAREDIRS_NUMBERS of them, or NULL */
	struct baredir *last;	/* whose names come now; NULL: of none */
};

/* A directory of this number, of which as many names will come, begins. */
void baredirs_begin(struct baredirs *, uint64_t number, uint64_t names,
    uint64_t state);

/* The next name, from the last to the first; index is how many came before. */
void baredirs_name(struct baredirs *, uint64_t index, const struct buf *name);

/* Adds its path, and what is to be said about it, as cwd= and cwdstate= of an
 * event; nothing, if not all of it is known. */
void baredirs_add(const struct baredirs *, uint64_t number, struct buf *event);

/* Appends its path to *path, without a slash in front if the state is
 * BAREDIRS_CUT; nothing, if not all of it is known. */
void baredirs_path(const struct baredirs *, uint64_t number, struct buf *path,
    uint64_t *state);

/* Adds what is to be said about a path by such a state, if there is anything. */
void baredirs_add_state(struct buf *event, const char *key, uint64_t state);

/* Lines are missing: any number may be another directory by now. */
void baredirs_forget(struct baredirs *);

void baredirs_free(struct baredirs *);

#endif
