/* hosts - the recordings of several hosts, joined where ssh led from one to another
 *
 * Two things tell which ssh it was, and both only if it is the only one: the ports of
 * the connection (of a connect event, and as SSH_CONNECTION of the other host), or a
 * TRACEPARENT that stands in the arguments of that ssh and is the other recording's,
 * but not its own one's. */
#ifndef HOSTS_H
#define HOSTS_H

#include "tree/forest.h"

/* Makes the root of each recording that was begun through an ssh of another one a
 * child of that ssh. The forest is finished, and is afterwards. A recording which by
 * its clock began before that connection stays as it is, with a message on stderr. */
void hosts_join(struct forest *);

/* The recording from which ssh led to this one, perhaps over others: the first of
 * them, or itself. */
const struct forest_run *hosts_first(const struct forest_run *);

#endif
