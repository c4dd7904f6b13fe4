/* said - what bpftrace, or the sudo that starts it, says on standard error
 *
 * It is kept until it is known whether it has to be shown. Linux only. */
#ifndef SAID_H
#define SAID_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"

/* Reads what it says through a descriptor, and appends it: what read(2) returns,
 * 0 at the end. Printed at once if debug. What is too much is dropped. */
ssize_t said_listen(struct buf *said, int fd, bool debug);

/* Reads what it still says, until its end; or until it is silent, or for a
 * while, when somebody else has its standard error too. */
void said_hear_out(struct buf *said, int fd);

bool said_has(const struct buf *said, const char *words);

/* Prints its errors, if it calls any so, or else all; only the first lines, and
 * how many there are; a line that is repeated once. */
void said_print(const struct buf *said);

#endif
