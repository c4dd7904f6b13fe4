/* bareopen - what a descriptor of an exec is, as the bare tracer has it */
#ifndef BAREOPEN_H
#define BAREOPEN_H

#include <stdbool.h>

#include "base/buf.h"

/* Adds it to an event, under this key: "MODE,INODE", two words in hexadecimal, of
 * which the upper half of the first is i_mode of the inode, and the lower half a
 * device, as the kernel keeps it, with 20 bits of minor number. False: it is
 * none. */
bool bareopen_add(struct buf *event, struct slice key, struct slice words);

#endif
