/* stracerelease - what of strace's log can be told by now, as events */
#ifndef STRACERELEASE_H
#define STRACERELEASE_H

#include "import/stracecalls.h"

/* Appends the events of all that does not have to wait any more. */
void stracerelease(struct stracecalls *, struct buf *events);

#endif
