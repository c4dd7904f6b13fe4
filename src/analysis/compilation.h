/* compilation - whether an exec compiles sources of the C family, and which
 *
 * Compilers are known by their names and sources by their suffixes, as gcc(1)
 * lists them under "Overall Options". No I/O. */
#ifndef COMPILATION_H
#define COMPILATION_H

#include <stdbool.h>
#include <stddef.h>

#include "event/event.h"

/* all zero at first; the slices are those of the event, escaped */
struct compilation {
	struct slice *args;	/* the command of the compiler, without ccache
				 * and the like before it */
	size_t nargs;
	size_t *sources;	/* which of the args are sources */
	size_t nsources;
	size_t output;		/* which of them is the output of the only
				 * source, or 0 */

	size_t args_cap, sources_cap;	/* private */
};

/* True if the exec compiles at least one source: not if it only preprocesses,
 * lists dependencies, links, or tells its version. O(n) in its arguments. */
bool compilation_find(struct compilation *, const struct event *exec);

/* Whether this argument is a source other than that number i. */
bool compilation_is_other(const struct compilation *, size_t arg, size_t i);

void compilation_free(struct compilation *);

#endif
