/* origin - where a recording comes from, for its trace line
 *
 * It is the host, the labels that the user gives, and what our environment says: the ssh
 * connection (SSH_CONNECTION), and the trace of others to which all of it belongs
 * (TRACEPARENT). */
#ifndef ORIGIN_H
#define ORIGIN_H

#include <stddef.h>

#include "base/buf.h"

/* all zero: no labels */
struct origin {
	const char **labels;	/* KEY=VALUE each, of different keys */
	size_t n, cap;
};

/* Takes a label, which stays the caller's: NULL, or the reason why it is none.
 * The key is one of proctrace-events(5). */
const char *origin_label(struct origin *, const char *label);

/* Appends the keys to a line that is being built: host, label.KEY of each
 * label, connection and traceparent if there are any. */
void origin_add(const struct origin *, struct buf *line);

#endif
