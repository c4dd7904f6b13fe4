/* interpreter - the script that a shell or an interpreter of a language runs */
#ifndef INTERPRETER_H
#define INTERPRETER_H

#include <stdbool.h>

#include "base/slice.h"

enum interpreter_kind {
	INTERPRETER_SHELL = 1,		/* sh, bash, ... */
	INTERPRETER_LANGUAGE = 2	/* node, perl, python3.11, ... */
};

/* Whether a program of such kinds (bits) with these arguments, those behind argv[0],
 * runs a script: its file, or the module behind python's -m. It goes off args, and
 * with it the options before it. What is given with -c or -e, on standard input or
 * as <(...) of a shell has no name, nor has what stands behind an option that is not
 * known here. */
bool interpreter_take_script(struct slice program, unsigned kinds,
    struct slice *args, struct slice *script);

#endif
